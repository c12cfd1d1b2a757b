/** Slots of a new table. */
const FIRST_CAPACITY = 1 << 12;
/** Slots of the largest, of which half may be in use: 25 MB for IPv6. */
const MAX_CAPACITY = 1 << 19;

/**
 * The first sequence numbers of each TCP conversation, so that later ones can be shown relative to
 * them.
 *
 * tcpdump keeps every conversation forever (print-tcp.c). Here memory is bounded: there are two
 * tables; when the young one is full it replaces the old one, whose conversations are forgotten. A
 * conversation that continues moves from the old table to the young one, so that those forgotten
 * have been idle longest: while at least a quarter of a million others had segments (several
 * minutes of connections on a busy server). A forgotten conversation that continues starts over,
 * with absolute numbers.
 */
export class TcpFlows {
  /** The caller writes a key here before find(). */
  readonly key: Int32Array;
  /** Whether the last find() made the entry. */
  isNew = false;

  readonly #keyWords: number;
  readonly #maxCapacity: number;
  readonly #hash: KeyHash;
  #young: Table;
  #old: Table | undefined;

  /** `keyWords`: 32-bit words in a key. `maxCapacity`: a power of two. */
  constructor(keyWords: number, maxCapacity = MAX_CAPACITY) {
    this.#keyWords = keyWords;
    this.#maxCapacity = maxCapacity;
    this.#hash = new KeyHash(keyWords);
    this.key = new Int32Array(keyWords);
    this.#young = new Table(keyWords, Math.min(FIRST_CAPACITY, maxCapacity));
  }

  /** The entry of `key`, made if there is none. Valid until the next find(). */
  find(): number {
    const hash = this.#hash.of(this.key, 0);
    const at = this.#young.slot(this.key, 0, hash);
    this.isNew = false;
    return this.#young.words[at] === 0 ? this.#enter(hash, at) : at;
  }

  /** What is subtracted from the sequence numbers of the key's first side. */
  sequenceBase(entry: number): number {
    return this.#young.words[entry + 1 + this.#keyWords] ?? 0;
  }

  /** What is subtracted from its acknowledgement numbers. */
  acknowledgementBase(entry: number): number {
    return this.#young.words[entry + 2 + this.#keyWords] ?? 0;
  }

  setBases(entry: number, sequence: number, acknowledgement: number): void {
    const { words } = this.#young;
    words[entry + 1 + this.#keyWords] = sequence;
    words[entry + 2 + this.#keyWords] = acknowledgement;
  }

  /** Puts the key, which the young table does not have, into the slot at `free` or another. */
  #enter(hash: number, free: number): number {
    const { key } = this;
    const old = this.#old;
    const known = old?.slot(key, 0, hash) ?? 0;
    this.isNew = old === undefined || old.words[known] === 0;
    // Read before the old table is emptied.
    const sequence = old?.words[known + 1 + this.#keyWords] ?? 0;
    const acknowledgement = old?.words[known + 2 + this.#keyWords] ?? 0;
    let at = free;
    if (this.#young.isFull()) {
      this.#makeRoom();
      at = this.#young.slot(key, 0, hash);
    }
    this.#young.enter(at, key);
    this.setBases(at, sequence, acknowledgement);
    return at;
  }

  #makeRoom(): void {
    const full = this.#young;
    if (full.capacity < this.#maxCapacity) {
      this.#young = full.enlarged(this.#hash);
      return;
    }
    this.#young = this.#old ?? new Table(this.#keyWords, this.#maxCapacity);
    this.#young.clear();
    this.#old = full;
  }
}

/**
 * Entries in one array (open addressing, linear probing): a word that is 1 if the entry is in use,
 * the key, and the two bases.
 */
class Table {
  readonly capacity: number;
  readonly words: Int32Array;
  readonly #keyWords: number;
  readonly #stride: number;
  #count = 0;

  constructor(keyWords: number, capacity: number) {
    this.#keyWords = keyWords;
    this.#stride = keyWords + 3;
    this.capacity = capacity;
    this.words = new Int32Array(capacity * this.#stride);
  }

  isFull(): boolean {
    return 2 * (this.#count + 1) > this.capacity;
  }

  clear(): void {
    this.words.fill(0);
    this.#count = 0;
  }

  /** The entry that holds the key at `keyAt` of `keys`, or the free one where it belongs. */
  slot(keys: Int32Array, keyAt: number, hash: number): number {
    const { words } = this;
    const mask = this.capacity - 1;
    for (let index = hash & mask; ; index = (index + 1) & mask) {
      const at = index * this.#stride;
      if (words[at] === 0) return at;
      let same = 0;
      while (same < this.#keyWords && words[at + 1 + same] === keys[keyAt + same]) same++;
      if (same === this.#keyWords) return at;
    }
  }

  enter(at: number, key: Int32Array): void {
    this.words[at] = 1;
    this.words.set(key, at + 1);
    this.#count++;
  }

  /** A table of twice the capacity with the same entries. */
  enlarged(hash: KeyHash): Table {
    const { words } = this;
    const larger = new Table(this.#keyWords, 2 * this.capacity);
    for (let from = 0; from < words.length; from += this.#stride) {
      if (words[from] === 0) continue;
      const to = larger.slot(words, from + 1, hash.of(words, from + 1));
      larger.words.set(words.subarray(from, from + this.#stride), to);
    }
    larger.#count = this.#count;
    return larger;
  }
}

/**
 * Tabulation hashing: every byte of the key selects a random word. With it linear probing takes
 * constant time on average whatever the keys are (Pătraşcu and Thorup, "The Power of Simple
 * Tabulation Hashing", 2012), as long as whoever chooses them does not know the random words:
 * anybody on the wire can choose addresses and ports.
 */
class KeyHash {
  readonly #keyWords: number;
  readonly #random: Int32Array;

  constructor(keyWords: number) {
    this.#keyWords = keyWords;
    this.#random = crypto.getRandomValues(new Int32Array(keyWords * 4 * 256));
  }

  of(keys: Int32Array, at: number): number {
    const random = this.#random;
    let hash = 0;
    for (let i = 0, table = 0; i < this.#keyWords; i++, table += 1024) {
      const word = keys[at + i] ?? 0;
      hash ^=
        (random[table + (word & 0xff)] ?? 0) ^
        (random[table + 256 + ((word >>> 8) & 0xff)] ?? 0) ^
        (random[table + 512 + ((word >>> 16) & 0xff)] ?? 0) ^
        (random[table + 768 + (word >>> 24)] ?? 0);
    }
    return hash;
  }
}
