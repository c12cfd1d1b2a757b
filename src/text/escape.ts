import { Char } from './char.js';
import type { LineBuffer } from './line.js';

const FIRST_PRINTABLE: number = Char.Space;
const LAST_PRINTABLE: number = Char.Tilde;
const BACKSLASH: number = Char.Backslash;

/** What follows the backslash of characters that have a short escape in JSON (RFC 8259, 7). */
const SHORT = new Uint8Array(0x80);
for (const [character, letter] of ['""', '\\\\', '\bb', '\tt', '\nn', '\ff', '\rr']) {
  SHORT[character?.charCodeAt(0) ?? 0] = letter?.charCodeAt(0) ?? 0;
}

/** Whether a character (UTF-16) is printable ASCII other than a backslash. */
export function isPlain(code: number): boolean {
  return code >= FIRST_PRINTABLE && code <= LAST_PRINTABLE && code !== BACKSLASH;
}

/** The character as JSON escapes it: `\n`, `\u001b`. */
export function writeEscape(line: LineBuffer, code: number): void {
  line.byte(BACKSLASH);
  const letter = SHORT[code] ?? 0;
  if (letter !== 0) {
    line.byte(letter);
  } else {
    line.byte(Char.LowerU);
    line.hex(code, 4);
  }
}
