/**
 * Memory that a part of a savefile passes through. The input is read into its end, behind room for
 * the unfinished front that another slab leaves over; where blocks have to be made of the input, they
 * are written to the slab's front. It is reused once its reader and all batches in it have let go.
 */
export class Slab {
  readonly bytes: Uint8Array;
  /** What was read and not yet taken. */
  inputStart: number;
  inputEnd: number;
  /** Where the next output goes. */
  outputEnd = 0;

  readonly #room: number;
  readonly #inputArea: number;
  #users = 0;
  readonly #onUnused: (slab: Slab) => void;

  /** `room`: bytes in front of the input; `outputLength`: for what becomes of both. */
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

  /** Where more input goes. */
  get free(): Uint8Array {
    return this.bytes.subarray(this.inputEnd);
  }

  /** Puts `front` before what was read; false where there is no room for it. */
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
