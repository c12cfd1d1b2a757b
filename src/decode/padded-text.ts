import type { Packet } from './packet.js';

/** Text of up to `length` bytes, padded with zeros, escaped for display. */
export function writePaddedText(packet: Packet, at: number, length: number): void {
  for (let i = 0; i < length && !packet.isTruncated(); i++) {
    const character = packet.u8(at + i);
    if (character === 0) return;
    packet.line.escaped(character);
  }
}
