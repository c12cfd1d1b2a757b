import type { LineBuffer } from '../text/line.js';

// A value after its label; `label` ends with the separator.

export function writeNumber(line: LineBuffer, label: string, value: number, after = ''): void {
  line.text(label);
  line.decimal(value);
  line.text(after);
}

/** At least `width` digits; the label has the `0x`. */
export function writeHex(
  line: LineBuffer,
  label: string,
  value: number,
  width = 1,
  after = '',
): void {
  line.text(label);
  line.hex(value, width);
  line.text(after);
}
