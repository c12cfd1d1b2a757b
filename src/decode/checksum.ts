import type { Packet } from './packet.js';

/**
 * The Internet checksum (RFC 1071) over the bytes and a partial sum: 0 if they include a correct
 * checksum.
 */
export function checksum(packet: Packet, at: number, length: number, partial = 0): number {
  const { view } = packet;
  const even = at + (length & ~1);
  let sum = partial;
  for (let i = at; i < even; i += 2) sum += view.getUint16(i);
  if (length & 1) sum += view.getUint8(even) << 8;
  return ~fold(sum) & 0xffff;
}

/** The correct value of a checksum field that holds `found`, given the `result` of checksum(). */
export function rightChecksum(found: number, result: number): number {
  return fold(found + result);
}

/** Sum of `count` bytes (an even number) as 16-bit words, for a pseudo-header. */
export function sumWords(packet: Packet, at: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 2) sum += packet.u16(at + i);
  return sum;
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x1_0000);
  return folded;
}
