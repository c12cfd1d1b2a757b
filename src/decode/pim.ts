import { PimLayer } from './fields.js';
import type { Names } from './names.js';
import type { Packet } from './packet.js';

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
