import { binding, type Compression, type NativeCompressor } from '../../binding.js';
import type { FileOutput } from '../../output.js';
import { type FileTarget, isDiskFull } from './target.js';

/** Waiting data is compressed when there is this much of it, or after this time. */
const PIECE = 1 << 20;
const FLUSH_AFTER_MS = 1000;

/** A file that is compressed, in pieces of which each can be read without those after it. */
export class CompressedTarget implements FileTarget {
  readonly #output: FileOutput;
  readonly #makeRoom: () => boolean;
  readonly compressor: NativeCompressor;
  #waiting: Uint8Array = new Uint8Array(0);
  #length = 0;
  #waitingPackets = 0;
  #packets = 0;
  #others = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Pieces are written one after the other. */
  #last: Promise<void> = Promise.resolve();
  #compressing = 0;
  #writing = 0;

  /** `makeRoom`: see FileSource. */
  constructor(output: FileOutput, compression: Compression, makeRoom: () => boolean) {
    this.#output = output;
    this.#makeRoom = makeRoom;
    this.compressor = new (binding().Compressor)(compression);
  }

  get bytes(): number {
    return this.#output.written + this.#others;
  }

  get packets(): number {
    return this.#packets;
  }

  get compressing(): number {
    return this.#compressing;
  }

  get writing(): number {
    return this.#writing;
  }

  sizeWith(length: number): number {
    return this.bytes + this.compressor.bound(this.#length + length);
  }

  async write(units: Uint8Array, packets: number): Promise<void> {
    this.#append(units, packets);
    if (this.#length >= PIECE) await this.flush();
    else this.#timer ??= setTimeout(() => void this.#flushSoon(), FLUSH_AFTER_MS).unref();
  }

  flush(): Promise<void> {
    return this.#writeSoon(false);
  }

  finish(): Promise<void> {
    return this.#writeSoon(true);
  }

  addWritten(bytes: number, packets: number, compressing: number, writing: number): void {
    this.#others += bytes;
    this.#packets += packets;
    this.#compressing += compressing;
    this.#writing += writing;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#last.catch(() => undefined);
    await this.#output.close();
  }

  #append(units: Uint8Array, packets: number): void {
    const length = this.#length + units.length;
    if (length > this.#waiting.length) {
      const larger = new Uint8Array(Math.max(PIECE, 2 * length));
      larger.set(this.#waiting.subarray(0, this.#length));
      this.#waiting = larger;
    }
    this.#waiting.set(units, this.#length);
    this.#length = length;
    this.#waitingPackets += packets;
  }

  #writeSoon(isLast: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = this.#last.then(() => this.#writePiece(isLast));
    return this.#last;
  }

  async #writePiece(isLast: boolean): Promise<void> {
    if (this.#length === 0 && !isLast) return;
    const piece = this.#waiting.subarray(0, this.#length);
    const packets = this.#waitingPackets;
    // What arrives in the meantime goes to another buffer.
    this.#waiting = new Uint8Array(0);
    this.#length = 0;
    this.#waitingPackets = 0;
    const before = this.#output.written;
    const startedAt = performance.now();
    const compressed = await this.compressor.compress(piece, isLast);
    const compressedAt = performance.now();
    for (;;) {
      try {
        await this.#output.write(compressed);
        break;
      } catch (error) {
        this.#output.cutBack(this.#output.written - before);
        if (!isDiskFull(error) || !this.#makeRoom()) throw error;
      }
    }
    this.#compressing += (compressedAt - startedAt) / 1000;
    this.#writing += (performance.now() - compressedAt) / 1000;
    this.#packets += packets;
  }

  /** An error is thrown by the next flush, which comes after this one. */
  async #flushSoon(): Promise<void> {
    await this.flush().catch(() => undefined);
  }
}
