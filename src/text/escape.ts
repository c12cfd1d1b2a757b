import { Char, isPrintable } from './char.js';
import type { LineBuffer } from './line.js';

/** What follows the backslash of characters that have a short escape in JSON (RFC 8259, 7). */
const SHORT = new Uint8Array(0x80);
for (const [character, letter] of ['""', '\\\\', '\bb', '\tt', '\nn', '\ff', '\rr']) {
  SHORT[character?.charCodeAt(0) ?? 0] = letter?.charCodeAt(0) ?? 0;
}

/**
 * Writes text with JSON's escapes (RFC 8259, 7) for the backslash, for `others`, and for all that is
 * not printable ASCII.
 */
export class Escaper {
  /** 1 for each byte that is escaped. */
  readonly #isEscaped = new Uint8Array(256);

  constructor(others = '') {
    for (let code = 0; code < 256; code++) {
      const isSpecial = code === Char.Backslash || others.includes(String.fromCharCode(code));
      this.#isEscaped[code] = isPrintable(code) && !isSpecial ? 0 : 1;
    }
  }

  /** One character, as UTF-16. */
  character(out: LineBuffer, code: number): void {
    if (this.#isEscaped[code] === 0) out.byte(code);
    else writeEscape(out, code);
  }

  /** The bytes of another line from `from` to `to`, each of them a character. */
  written(out: LineBuffer, line: LineBuffer, from: number, to: number): void {
    const isEscaped = this.#isEscaped;
    const { bytes } = line;
    // Nearly always the whole of it is copied in one go.
    let copied = from;
    for (let i = from; i < to; i++) {
      const code = bytes[i] ?? 0;
      if (isEscaped[code] === 0) continue;
      out.append(line, copied, i);
      writeEscape(out, code);
      copied = i + 1;
    }
    out.append(line, copied, to);
  }
}

/** The character as JSON escapes it: `\n`, `\u001b`. */
function writeEscape(line: LineBuffer, code: number): void {
  line.byte(Char.Backslash);
  const letter = SHORT[code] ?? 0;
  if (letter !== 0) {
    line.byte(letter);
  } else {
    line.byte(Char.LowerU);
    line.hex(code, 4);
  }
}
