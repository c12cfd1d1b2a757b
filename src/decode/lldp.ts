import { LldpLayer } from './fields.js';
import type { Packet } from './packet.js';

const TLV_HEADER = 2;
const SYSTEM_NAME = 5;

/** LLDP (IEEE 802.1AB): a line with the system's name. */
export function printLldp(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'lldp';
  packet.fields?.layer(LldpLayer);
  line.text('LLDP, length ');
  line.decimal(length);
  const end = start + length;
  for (let at = start; end - at >= TLV_HEADER;) {
    if (!packet.has(at, TLV_HEADER)) {
      packet.writeTruncated();
      return;
    }
    const type = packet.u16(at) >> 9;
    const size = packet.u16(at) & 0x1ff;
    if (type === 0 || size === 0) return;
    at += TLV_HEADER;
    if (!packet.has(at, size) || end - at < size) {
      packet.writeTruncated();
      return;
    }
    if (type === SYSTEM_NAME) writeSystemName(packet, at, size);
    at += size;
  }
}

/** Padded with zeros. */
function writeSystemName(packet: Packet, at: number, length: number): void {
  packet.line.text(': ');
  for (let i = 0; i < length; i++) {
    const character = packet.u8(at + i);
    if (character === 0) return;
    packet.line.escaped(character);
  }
}
