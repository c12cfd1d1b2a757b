import { Char } from './char.js';
import type { LineBuffer } from './line.js';

const BYTES_PER_ROW = 16;
/** Columns of a full row's hexadecimal part: " 0011" eight times. */
const HEX_COLUMNS = 40;

/** Rows of offset and hexadecimal, each starting with `indent` (tcpdump's -x). */
export function hexDump(
  line: LineBuffer,
  view: DataView,
  at: number,
  length: number,
  indent = '\n\t',
): void {
  for (let row = 0; row < length; row += BYTES_PER_ROW) {
    rowStart(line, indent, row);
    rowHex(line, view, at + row, Math.min(BYTES_PER_ROW, length - row));
  }
}

/** The same with the ASCII text beside it (tcpdump's -X). */
export function hexAsciiDump(
  line: LineBuffer,
  view: DataView,
  at: number,
  length: number,
  indent = '\n\t',
): void {
  for (let row = 0; row < length; row += BYTES_PER_ROW) {
    const count = Math.min(BYTES_PER_ROW, length - row);
    rowStart(line, indent, row);
    const columns = rowHex(line, view, at + row, count);
    for (let column = columns; column < HEX_COLUMNS + 2; column++) line.byte(Char.Space);
    for (let i = 0; i < count; i++) {
      const value = view.getUint8(at + row + i);
      line.byte(isGraphic(value) ? value : Char.Dot);
    }
  }
}

/** The bytes as text, with dots for those that cannot be printed (tcpdump's -A). */
export function asciiDump(line: LineBuffer, view: DataView, at: number, length: number): void {
  line.byte(Char.LineFeed);
  const end = at + length;
  for (let i = at; i < end; i++) {
    const value = view.getUint8(i);
    if (value === Char.CarriageReturn) {
      // Dropped at the end of a line and of the packet, as ascii_print of print-ascii.c does.
      if (i + 2 < end && view.getUint8(i + 1) !== Char.LineFeed) line.byte(Char.Dot);
    } else if (
      isGraphic(value) ||
      value === Char.Space ||
      value === Char.Tab ||
      value === Char.LineFeed
    ) {
      line.byte(value);
    } else {
      line.byte(Char.Dot);
    }
  }
}

function rowStart(line: LineBuffer, indent: string, offset: number): void {
  line.text(indent);
  line.text('0x');
  line.hex(offset, 4);
  line.text(': ');
}

/** Returns the number of columns written. */
function rowHex(line: LineBuffer, view: DataView, at: number, count: number): number {
  for (let i = 0; i < count; i++) {
    if (i % 2 === 0) line.byte(Char.Space);
    line.hexByte(view.getUint8(at + i));
  }
  return 2 * count + ((count + 1) >> 1);
}

function isGraphic(value: number): boolean {
  return value > Char.Space && value <= Char.Tilde;
}
