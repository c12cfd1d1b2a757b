import { OspfLayer } from './fields.js';
import { writeName } from './names.js';
import { OSPF_NAMES } from './ospf.js';
import type { Packet } from './packet.js';

/** OSPF over IPv6 (RFC 5340, A.3.1). */
export function printOspf3(packet: Packet, at: number, length: number): void {
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
