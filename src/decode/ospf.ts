import { OspfLayer } from './fields.js';
import { type Names, writeName } from './names.js';
import type { Packet } from './packet.js';

const OSPF_AUTHENTICATION_MD5 = 2;
const OSPF_MD5_TRAILER = 16;

/** Of version 2 and 3 alike. */
export const OSPF_NAMES: Names = new Map([
  [1, 'Hello'],
  [2, 'Database Description'],
  [3, 'LS-Request'],
  [4, 'LS-Update'],
  [5, 'LS-Ack'],
]);

/** OSPF over IPv4 (RFC 2328, A.3.1). */
export function printOspf(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ospf2';
  packet.fields?.layer(OspfLayer);
  // The digest behind the packet is not part of it.
  const trailer = packet.u16(at + 14) === OSPF_AUTHENTICATION_MD5 ? OSPF_MD5_TRAILER : 0;
  packet.end -= trailer;
  const type = packet.u8(at + 1);
  const version = packet.u8(at);
  if (packet.isTruncated()) return;
  line.text('OSPFv');
  line.decimal(version);
  line.text(', ');
  writeName(line, OSPF_NAMES, type, 'unknown LS-type ');
  line.text(', length ');
  line.decimal((length - trailer) >>> 0);
}
