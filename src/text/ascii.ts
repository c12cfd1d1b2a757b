/**
 * A constant text, prepared so that it is written four characters at a time: what appears in nearly
 * every line is kept as one of these. (A string has to be copied character by character.)
 */
export class Ascii {
  readonly length: number;
  /** Little-endian words, the last one padded; signed, so that V8 keeps them as small integers. */
  readonly words: readonly number[];

  constructor(text: string) {
    this.length = text.length;
    this.words = Array.from({ length: Math.ceil(text.length / 4) }, (_, word) => {
      let packed = 0;
      for (let i = 0; i < 4 && 4 * word + i < text.length; i++) {
        packed |= text.charCodeAt(4 * word + i) << (8 * i);
      }
      return packed;
    });
  }
}

export function ascii(text: string): Ascii {
  return new Ascii(text);
}
