import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';

/** Type and length. */
export const TLV_HEAD = 4;

/** How the heads of an advertisement's TLVs are worded. */
export interface TlvWording {
  readonly names: Names;
  /** Before and after the length. */
  readonly length: string;
  readonly value: string;
  /** Between a length and the number of bytes left, if fewer. */
  readonly excess: string;
}

/**
 * The head of a TLV at `at`, with `left` bytes of the advertisement from there. Returns the length
 * of the value, no more than is left after the head; -1 if it would be more or the head does not
 * fit.
 *
 * The caller checks whether the head was captured, because advertisements differ in what they print
 * if it was not. The sub-TLVs of a link and the TLVs of link-local signaling have heads of their
 * own: the former are checked before anything is printed, the latter end with the packet and are
 * printed piece by piece.
 */
export function printTlvHead(
  packet: Packet,
  wording: TlvWording,
  at: number,
  left: number,
): number {
  const { line } = packet;
  if (left < TLV_HEAD) {
    writeNumber(line, '\n\t    Remaining LS length ', left, ' < 4');
    return -1;
  }
  const type = packet.u16(at);
  const size = packet.u16(at + 2);
  line.text('\n\t    ');
  line.text(wording.names.get(type) ?? 'unknown');
  writeNumber(line, ' TLV (', type);
  writeNumber(line, wording.length, size, wording.value);
  if (size <= left - TLV_HEAD) return size;
  writeNumber(line, '\n\t    Bogus length ', size);
  writeNumber(line, wording.excess, left - TLV_HEAD);
  return -1;
}
