import { printEthernet } from './ethernet.js';
import { printEtherType } from './ethertype-payload.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import type { Decoders } from './packet.js';
import { printPpp } from './ppp/ppp.js';

/** What tunnels can carry. Only through this table can a decoder end up calling itself. */
export const DECODERS: Decoders = {
  ethernet: printEthernet,
  etherType: printEtherType,
  ipv4: printIpv4,
  ipv6: printIpv6,
  ppp: printPpp,
};
