import { printEthernet } from './ethernet.js';
import { printEtherType } from './ethertype-payload.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import type { Decoders } from './packet.js';
import { printPpp } from './ppp/ppp.js';

/** What tunnels carry: the one place where a decoder's payload may be what carried it. */
export const DECODERS: Decoders = {
  ethernet: printEthernet,
  etherType: printEtherType,
  ipv4: printIpv4,
  ipv6: printIpv6,
  ppp: printPpp,
};
