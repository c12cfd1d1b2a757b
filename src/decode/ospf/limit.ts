import type { Packet } from '../packet.js';

/**
 * The most text that an OSPF packet may produce, in characters per byte. Ordinary packets produce a
 * tenth of it, a packet made up of the shortest elements with the longest names half.
 */
const MAX_TEXT_PER_BYTE = 64;

/**
 * Whether the packet at `at` has produced so much text, from `textStart` of the line on, that no
 * more of its advertisements are shown. Some continue past their own end, up to the packet's; with
 * many of them the text would grow with the square of the packet's length.
 */
export function isTextTooLong(packet: Packet, at: number, textStart: number): boolean {
  return packet.line.length - textStart > MAX_TEXT_PER_BYTE * packet.remaining(at);
}
