import type { Packet } from './packet.js';

const PADDED = new DataView(new ArrayBuffer(16));

/** An IPv6 address whose last bytes are left out, being zero. */
export function writeShortPrefix(packet: Packet, at: number, count: number): void {
  for (let i = 0; i < 16; i++) PADDED.setUint8(i, i < count ? packet.u8(at + i) : 0);
  packet.line.ipv6(PADDED, 0);
}
