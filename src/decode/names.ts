import type { LineBuffer } from '../text/line.js';

/** Names of a field's values. */
export type Names = ReadonlyMap<number, string>;

/** Names of a field's bits, in the order they are listed. */
export type BitNames = readonly (readonly [bits: number, name: string])[];

/** A value's name; if it has none, `before`, the number in decimal and `after`. */
export function writeName(
  line: LineBuffer,
  names: Names,
  value: number,
  before: string,
  after = '',
): void {
  const name = names.get(value);
  if (name !== undefined) {
    line.text(name);
    return;
  }
  line.text(before);
  line.decimal(value);
  line.text(after);
}

/** A value's name; if it has none, `before`, at least `width` hexadecimal digits and `after`. */
export function writeNameOrHex(
  line: LineBuffer,
  names: Names,
  value: number,
  before: string,
  width: number,
  after = '',
): void {
  const name = names.get(value);
  if (name !== undefined) {
    line.text(name);
    return;
  }
  line.text(before);
  line.hex(value, width);
  line.text(after);
}

/** The names of the bits that are set; `none` if none of them is known. */
export function writeBits(
  line: LineBuffer,
  names: BitNames,
  value: number,
  none = 'none',
  separator = ', ',
): void {
  let any = false;
  for (const [bits, name] of names) {
    if ((value & bits) !== bits) continue;
    if (any) line.text(separator);
    line.text(name);
    any = true;
  }
  if (!any) line.text(none);
}
