import { OspfLayer, PimLayer } from './fields.js';
import { type Names, writeName } from './names.js';
import type { Packet } from './packet.js';

// Routing protocols of which the first line is shown: what it is, and how long.

const OSPF_AUTHENTICATION_MD5 = 2;
const OSPF_MD5_TRAILER = 16;

const OSPF_NAMES: Names = new Map([
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

/** OSPF over IPv6 (RFC 5340, A.3.1). */
export function printOspf6(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ospf3';
  packet.fields?.layer(OspfLayer);
  const type = packet.u8(at + 1);
  const version = packet.u8(at);
  if (packet.isTruncated()) return;
  line.text('OSPFv');
  line.decimal(version);
  line.text(', ');
  writeName(line, OSPF_NAMES, type, 'unknown packet type (', ')');
  line.text(', length ');
  line.decimal(length);
}

const PIM_NAMES: Names = new Map([
  [0, 'Hello'],
  [1, 'Register'],
  [2, 'Register Stop'],
  [3, 'Join / Prune'],
  [4, 'Bootstrap'],
  [5, 'Assert'],
  [6, 'Graft'],
  [7, 'Graft Acknowledgement'],
  [8, 'Candidate RP Advertisement'],
  [9, 'Prune Refresh'],
  [10, 'DF Election'],
  [11, 'ECMP Redirect'],
]);

/** PIM (RFC 7761, 4.9). */
export function printPim(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'pim';
  packet.fields?.layer(PimLayer);
  const first = packet.u8(at);
  if (packet.isTruncated()) return;
  const version = first >> 4;
  line.text('PIMv');
  line.decimal(version);
  if (version === 2) {
    line.text(', ');
    line.text(PIM_NAMES.get(first & 15) ?? 'Unknown Type');
  }
  line.text(', length ');
  line.decimal(length);
}
