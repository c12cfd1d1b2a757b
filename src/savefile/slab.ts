/**
 * Memory through which a savefile passes, piece by piece. Input is read into its end, after room for
 * the incomplete front that the previous slab leaves over; where the input has to be converted to
 * blocks, these are written to the slab's start. A slab is reused once its reader and all batches in
 * it have released it.
 */
export class Slab {
  readonly bytes: Uint8Array;
  /** The range of input that has been read but not consumed. */
  inputStart: number;
  inputEnd: number;
  /** Where the next output goes. */
  outputEnd = 0;

  readonly #room: number;
  readonly #inputArea: number;
  #users = 0;
  readonly #onUnused: (slab: Slab) => void;

  /** `room`: bytes in front of the input; `outputLength`: bytes for the blocks made from both. */
  constructor(
    outputLength: number,
    room: number,
    inputLength: number,
    onUnused: (slab: Slab) => void,
  ) {
    this.bytes = new Uint8Array(outputLength + room + inputLength);
    this.#room = room;
    this.#inputArea = outputLength + room;
    this.inputStart = this.#inputArea;
    this.inputEnd = this.#inputArea;
    this.#onUnused = onUnused;
  }

  get input(): Uint8Array {
    return this.bytes.subarray(this.inputStart, this.inputEnd);
  }

  get inputLength(): number {
    return this.inputEnd - this.inputStart;
  }

  /** Where the next input is read to. */
  get free(): Uint8Array {
    return this.bytes.subarray(this.inputEnd);
  }

  /** Copies `front` in front of the input; false where there is no room for it. */
  prepend(front: Uint8Array): boolean {
    if (front.length > this.#room) return false;
    this.inputStart -= front.length;
    this.bytes.set(front, this.inputStart);
    return true;
  }

  append(more: Uint8Array): void {
    this.bytes.set(more, this.inputEnd);
    this.inputEnd += more.length;
  }

  retain(): void {
    this.#users++;
  }

  release(): void {
    if (--this.#users > 0) return;
    this.inputStart = this.#inputArea;
    this.inputEnd = this.#inputArea;
    this.outputEnd = 0;
    this.#onUnused(this);
  }
}
