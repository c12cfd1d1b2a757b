import { Char } from '../../text/char.js';
import { writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writeShortPrefix } from '../short-prefix.js';

const HEADER = 4;
const MAX_SIZE = 16;

const OPTIONS: BitNames = [
  [0x01, 'No Unicast'],
  [0x02, 'Local address'],
  [0x04, 'Deprecated'],
  [0x08, 'Propagate'],
  [0x10, 'Down'],
  [0x20, 'N-bit'],
];

/** `count` of them in `length` bytes. False if they do not fit. */
export function printPrefixes(
  packet: Packet,
  count: number,
  start: number,
  length: number,
): boolean {
  const end = start + length;
  let at = start;
  for (let i = 0; i < count; i++) {
    const size = printPrefix(packet, at, end - at);
    if (size === 0) return false;
    at += size;
  }
  return true;
}

/** An address prefix (RFC 5340, A.4.1), of at most `length` bytes. Returns its length; 0 if too long. */
export function printPrefix(packet: Packet, at: number, length: number): number {
  const { line } = packet;
  if (length < HEADER || !packet.need(at, HEADER)) return 0;
  const bits = packet.u8(at);
  const size = ((bits + 31) >> 5) * 4;
  if (size > MAX_SIZE) {
    writeNumber(line, ' bogus prefixlen /', bits);
    return 0;
  }
  if (length < HEADER + size || !packet.need(at + HEADER, size)) return 0;
  line.text('\n\t\t');
  writeShortPrefix(packet, at + HEADER, size);
  writeNumber(line, '/', bits);
  const options = packet.u8(at + 1);
  if (options !== 0) {
    line.text(', Options [');
    writeBits(line, OPTIONS, options);
    line.byte(Char.RightBracket);
  }
  writeNumber(line, ', metric ', packet.u16(at + 2));
  return HEADER + size;
}
