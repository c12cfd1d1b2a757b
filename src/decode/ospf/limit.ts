import type { Packet } from '../packet.js';

/**
 * What an OSPF packet may have in text, in characters a byte. Usual packets come to a tenth of it,
 * one of nothing but the shortest parts with the longest names to a half.
 */
const MAX_TEXT_PER_BYTE = 64;

/**
 * Whether the packet whose header is at `at` has so much text, from `textStart` of the line on, that
 * no more of its advertisements are shown. Some go on past their own end, as far as the packet
 * does; the text of many that all do would grow with the square of the packet.
 */
export function isTextTooLong(packet: Packet, at: number, textStart: number): boolean {
  return packet.line.length - textStart > MAX_TEXT_PER_BYTE * packet.remaining(at);
}
