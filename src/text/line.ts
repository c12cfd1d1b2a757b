import { Ascii } from './ascii.js';
import { Char } from './char.js';

/** "00" to "99", first character in the low byte. */
const TWO_DIGITS = new Uint16Array(100);
for (let i = 0; i < 100; i++) TWO_DIGITS[i] = 0x3030 + Math.floor(i / 10) + ((i % 10) << 8);

/** "0000" to "9999", first character in the low byte. */
const FOUR_DIGITS = new Int32Array(10_000);
for (let i = 0; i < 10_000; i++) {
  FOUR_DIGITS[i] = (TWO_DIGITS[Math.floor(i / 100)] ?? 0) | ((TWO_DIGITS[i % 100] ?? 0) << 16);
}

/** "0." to "255.", first character in the low byte. */
const OCTETS = new Uint32Array(256);
/** How many characters each of them has. */
const OCTET_LENGTHS = new Uint8Array(256);
for (let i = 0; i < 256; i++) {
  const text = new Ascii(`${i}.`);
  OCTETS[i] = text.words[0] ?? 0;
  OCTET_LENGTHS[i] = text.length;
}

const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

const COLON: number = Char.Colon;

/** Bytes kept free after what is reserved, as whole words are written where fewer bytes count. */
const SLACK = 8;

/**
 * Lines of ASCII text, built in one byte buffer that grows as needed and is reused: writing
 * a packet creates neither a string nor any other object.
 */
export class LineBuffer {
  #bytes: Uint8Array;
  #view: DataView;
  /** Length of text at which the buffer must grow. */
  #limit: number;
  #length = 0;

  constructor(capacity = 1 << 16) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#limit = capacity - SLACK;
  }

  /** The buffer; its first `length` bytes are the text. Replaced whenever it grows. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get length(): number {
    return this.#length;
  }

  /** The text so far; valid until the next write. */
  take(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** Removes everything after the first `length` bytes. */
  cutTo(length: number): void {
    if (length < this.#length) this.#length = length;
  }

  /** One byte, as it is. */
  byte(value: number): void {
    const at = this.#length;
    if (at >= this.#limit) this.#grow(at + 1);
    this.#bytes[at] = value;
    this.#length = at + 1;
  }

  /** A prepared text. */
  put(text: Ascii): void {
    const { words } = text;
    let at = this.#reserve(text.length);
    const view = this.#view;
    for (let i = 0; i < words.length; i++, at += 4) view.setInt32(at, words[i] ?? 0, true);
  }

  /** The text of another buffer, from `from` to `to`. */
  append(other: LineBuffer, from = 0, to = other.length): void {
    let at = this.#reserve(to - from);
    const target = this.#view;
    const source = other.#view;
    // Both buffers have room for a whole word after their text.
    for (let i = from; i < to; i += 4, at += 4) target.setInt32(at, source.getInt32(i, true), true);
  }

  /** Any ASCII text. */
  text(text: string): void {
    const count = text.length;
    const at = this.#reserve(count);
    const bytes = this.#bytes;
    for (let i = 0; i < count; i++) bytes[at + i] = text.charCodeAt(i);
  }

  /** An unsigned integer up to 2^53 - 1. */
  decimal(value: number): void {
    if (value < 10_000) this.#shortDecimal(value);
    else this.#longDecimal(value);
  }

  /** A prepared text and the unsigned integer after it. */
  field(name: Ascii, value: number): void {
    this.put(name);
    if (value < 10_000) this.#shortDecimal(value);
    else this.#longDecimal(value);
  }

  /** The last `width` decimal digits of a 32-bit unsigned integer, with leading zeros. */
  paddedDecimal(value: number, width: number): void {
    const start = this.#reserve(width);
    const view = this.#view;
    let at = start + width;
    let rest = value >>> 0;
    while (at - start >= 2) {
      const quotient = (rest / 100) >>> 0;
      at -= 2;
      view.setUint16(at, TWO_DIGITS[rest - quotient * 100] ?? 0, true);
      rest = quotient;
    }
    if (at > start) view.setUint8(start, Char.Zero + (rest % 10));
  }

  /** Six decimal digits of a value below a million. */
  sixDigits(value: number): void {
    const at = this.#reserve(6);
    const high = (value / 10_000) | 0;
    this.#view.setUint16(at, TWO_DIGITS[high] ?? 0, true);
    this.#view.setInt32(at + 2, FOUR_DIGITS[value - high * 10_000] ?? 0, true);
  }

  /** Right-aligned with spaces to at least `width` characters, as C's `%5u`. */
  alignedDecimal(value: number, width: number): void {
    for (let limit = 10 ** (width - 1); limit > 1 && value < limit; limit /= 10)
      this.byte(Char.Space);
    this.decimal(value);
  }

  /** A 32-bit integer with a minus sign where it is negative. */
  signedDecimal(value: number): void {
    if (value < 0) this.byte(Char.Minus);
    this.decimal(Math.abs(value));
  }

  /** Hexadecimal digits of a 32-bit unsigned integer, at least `width` of them. */
  hex(value: number, width = 1): void {
    let digits = 1;
    for (let rest = value >>> 4; rest !== 0; rest >>>= 4) digits++;
    if (digits < width) digits = width;
    let at = this.#reserve(digits) + digits;
    const bytes = this.#bytes;
    for (let rest = value; digits > 0; digits--, rest >>>= 4) bytes[--at] = HEX[rest & 15] ?? 0;
  }

  /** Two hexadecimal digits. */
  hexByte(value: number): void {
    const at = this.#reserve(2);
    this.#bytes[at] = HEX[value >> 4] ?? 0;
    this.#bytes[at + 1] = HEX[value & 15] ?? 0;
  }

  /** Two hexadecimal digits, in capitals. */
  hexByteCapitals(value: number): void {
    this.hexByte(value);
    for (let at = this.#length - 2; at < this.#length; at++) {
      const digit = this.#view.getUint8(at);
      if (digit > Char.Nine) this.#view.setUint8(at, digit - 0x20);
    }
  }

  /** An IPv4 address in dotted form; `address` in host order, signed or not. */
  ipv4(address: number): void {
    const start = this.#reserve(16);
    const view = this.#view;
    let at = start;
    for (let shift = 24; shift >= 0; shift -= 8) {
      const octet = (address >>> shift) & 0xff;
      view.setUint32(at, OCTETS[octet] ?? 0, true);
      at += OCTET_LENGTHS[octet] ?? 0;
    }
    // Without the last dot.
    this.#length = at - 1;
  }

  /** The IPv6 address of the 16 bytes at `at`, as RFC 5952 writes it. */
  ipv6(view: DataView, at: number): void {
    let bestStart = -1;
    let bestLength = 1;
    let run = 0;
    for (let i = 0; i < 8; i++) {
      if (view.getUint16(at + 2 * i) !== 0) {
        run = 0;
      } else if (++run > bestLength) {
        bestLength = run;
        bestStart = i + 1 - run;
      }
    }
    for (let i = 0; i < 8; i++) {
      if (i === bestStart) {
        this.byte(COLON);
        i += bestLength - 1;
        continue;
      }
      if (i > 0) this.byte(COLON);
      if (i === 6 && isMappedIpv4(view, at, bestStart, bestLength)) {
        this.ipv4(view.getUint32(at + 12));
        return;
      }
      this.hex(view.getUint16(at + 2 * i));
    }
    if (bestStart >= 0 && bestStart + bestLength === 8) this.byte(COLON);
  }

  /** `length` bytes as hexadecimal pairs with colons between them: a MAC address. */
  linkAddress(view: DataView, at: number, length = 6): void {
    for (let i = 0; i < length; i++) {
      if (i > 0) this.byte(COLON);
      this.hexByte(view.getUint8(at + i));
    }
  }

  /**
   * A byte from the wire escaped for display as cat -v does it: `M-` before one with its top bit set,
   * `^` before a control character.
   */
  escaped(value: number): void {
    let character = value;
    if (character >= 0x80) {
      character &= 0x7f;
      this.byte(Char.M);
      this.byte(Char.Minus);
    }
    if (character < Char.Space || character === Char.Delete) {
      character ^= 0x40;
      this.byte(Char.Caret);
    }
    this.byte(character);
  }

  /** Two decimal digits of a value below 100. */
  twoDigits(value: number): void {
    const at = this.#reserve(2);
    this.#view.setUint16(at, TWO_DIGITS[value] ?? 0, true);
  }

  #shortDecimal(value: number): void {
    const digits = value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
    const at = this.#reserve(digits);
    const word = FOUR_DIGITS[value] ?? 0;
    this.#view.setInt32(at, word >>> (32 - 8 * digits), true);
  }

  #longDecimal(value: number): void {
    // Below 2^32 V8 need not round the quotient.
    const high = value <= 0xffffffff ? (value / 10_000) >>> 0 : Math.floor(value / 10_000);
    if (high < 10_000) this.#shortDecimal(high);
    else this.#longDecimal(high);
    const at = this.#reserve(4);
    this.#view.setInt32(at, FOUR_DIGITS[value - high * 10_000] ?? 0, true);
  }

  /** Makes room for `count` more bytes, counts them as written, and returns where they begin. */
  #reserve(count: number): number {
    const at = this.#length;
    const needed = at + count;
    if (needed > this.#limit) this.#grow(needed);
    this.#length = needed;
    return at;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed + SLACK, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
    this.#limit = larger.length - SLACK;
  }
}

/** `::a.b.c.d` or `::ffff:a.b.c.d`, going by the longest run of zero words. */
function isMappedIpv4(view: DataView, at: number, runStart: number, runLength: number): boolean {
  return (
    runStart === 0 && (runLength === 6 || (runLength === 5 && view.getUint16(at + 10) === 0xffff))
  );
}
