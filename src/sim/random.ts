/**
 * A small seeded generator, for traffic that varies and yet is the same in every run: Marsaglia's
 * xorshift32 ("Xorshift RNGs", 2003, triple 13, 17, 5). Not for secrets.
 */
export class Random {
  #state: number;

  /** Any 32-bit seed. */
  constructor(seed: number) {
    // Neighbouring seeds would start alike, so the seed is mixed with MurmurHash3's finalizer; the
    // state must not be 0, which maps to itself.
    let state = (seed ^ 0x9e3779b9) | 0;
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    this.#state = (state ^ (state >>> 16)) | 0 || 1;
  }

  /** From 1 to 2^32 - 1. */
  uint32(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** From `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + (this.uint32() % (to - from + 1));
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.uint32() % choices.length] ?? choices[0];
  }
}
