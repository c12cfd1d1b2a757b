/**
 * Memory that a part of a savefile passes through. The input is read into its end; where blocks have
 * to be made of it, they are written to its front. It is reused once its reader and all batches in
 * it have let go.
 */
export class Slab {
  readonly bytes: Uint8Array;
  /** What was read and not yet taken. */
  inputStart: number;
  inputEnd: number;
  /** Where the next output goes. */
  outputEnd = 0;

  readonly #inputArea: number;
  #users = 0;
  readonly #onUnused: (slab: Slab) => void;

  constructor(outputLength: number, inputLength: number, onUnused: (slab: Slab) => void) {
    this.bytes = new Uint8Array(outputLength + inputLength);
    this.#inputArea = outputLength;
    this.inputStart = outputLength;
    this.inputEnd = outputLength;
    this.#onUnused = onUnused;
  }

  /** Bytes of input that it can hold in all. */
  get inputCapacity(): number {
    return this.bytes.length - this.#inputArea;
  }

  get input(): Uint8Array {
    return this.bytes.subarray(this.inputStart, this.inputEnd);
  }

  /** Where more input goes. */
  get free(): Uint8Array {
    return this.bytes.subarray(this.inputEnd);
  }

  /** Starts over with `input` as the first of the input. */
  restart(input: Uint8Array): void {
    this.bytes.set(input, this.#inputArea);
    this.inputStart = this.#inputArea;
    this.inputEnd = this.#inputArea + input.length;
    this.outputEnd = 0;
  }

  retain(): void {
    this.#users++;
  }

  release(): void {
    if (--this.#users === 0) this.#onUnused(this);
  }
}
