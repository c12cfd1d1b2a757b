/** Entries of a new table. */
const FIRST_CAPACITY = 1 << 12;
/** Entries of the largest: half of them may be in use. */
const LAST_CAPACITY = 1 << 20;

/**
 * Where each TCP conversation's sequence numbers began, so that they can be shown relative to it.
 *
 * tcpdump keeps every conversation for ever (print-tcp.c). Here memory is bounded: at half a million
 * conversations the table is emptied, and those that go on begin anew with absolute numbers.
 *
 * Entries are words in one array (open addressing, linear probing): the key, then the two bases.
 */
export class TcpFlows {
  /** The caller writes a key here before find(). */
  readonly key: Int32Array;
  /** Whether the last find() made the entry. */
  isNew = false;

  readonly #keyWords: number;
  readonly #stride: number;
  #words: Int32Array;
  #capacity = FIRST_CAPACITY;
  #count = 0;

  /** `keyWords`: 32-bit words in a key. */
  constructor(keyWords: number) {
    this.#keyWords = keyWords;
    // A word says that the entry is in use.
    this.#stride = keyWords + 3;
    this.key = new Int32Array(keyWords);
    this.#words = new Int32Array(this.#capacity * this.#stride);
  }

  /** The entry of `key`, made if there is none. Good until the next find(). */
  find(): number {
    const { key } = this;
    const hash = hashOf(key, 0, this.#keyWords);
    let at = this.#slot(key, 0, hash);
    this.isNew = this.#words[at] === 0;
    if (!this.isNew) return at;
    if (2 * (this.#count + 1) > this.#capacity) {
      this.#makeRoom();
      at = this.#slot(key, 0, hash);
    }
    this.#words[at] = 1;
    this.#words.set(key, at + 1);
    this.#count++;
    return at;
  }

  /** What is taken from the sequence numbers of the key's first side. */
  sequenceBase(entry: number): number {
    return this.#words[entry + 1 + this.#keyWords] ?? 0;
  }

  /** What is taken from its acknowledgement numbers. */
  acknowledgementBase(entry: number): number {
    return this.#words[entry + 2 + this.#keyWords] ?? 0;
  }

  setBases(entry: number, sequence: number, acknowledgement: number): void {
    this.#words[entry + 1 + this.#keyWords] = sequence;
    this.#words[entry + 2 + this.#keyWords] = acknowledgement;
  }

  /** The entry that holds the key at `keyAt` of `keys`, or the free one where it belongs. */
  #slot(keys: Int32Array, keyAt: number, hash: number): number {
    const words = this.#words;
    const stride = this.#stride;
    const mask = this.#capacity - 1;
    for (let index = hash & mask; ; index = (index + 1) & mask) {
      const at = index * stride;
      if (words[at] === 0) return at;
      let same = 0;
      while (same < this.#keyWords && words[at + 1 + same] === keys[keyAt + same]) same++;
      if (same === this.#keyWords) return at;
    }
  }

  #makeRoom(): void {
    const old = this.#words;
    if (this.#capacity === LAST_CAPACITY) {
      old.fill(0);
      this.#count = 0;
      return;
    }
    this.#capacity *= 2;
    this.#words = new Int32Array(this.#capacity * this.#stride);
    for (let from = 0; from < old.length; from += this.#stride) {
      if (old[from] === 0) continue;
      const hash = hashOf(old, from + 1, this.#keyWords);
      const to = this.#slot(old, from + 1, hash);
      this.#words.set(old.subarray(from, from + this.#stride), to);
    }
  }
}

/** Every word is mixed in by a multiplication; all bits of the result depend on all of the last sum. */
function hashOf(words: Int32Array, at: number, count: number): number {
  let hash = 0;
  for (let i = 0; i < count; i++) {
    hash = Math.imul(hash ^ (words[at + i] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return mix(hash);
}

/** The finalizer of MurmurHash3. */
function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
