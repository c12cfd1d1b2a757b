import type { NativeCompressor } from '../../binding.js';
import { NmcapError } from '../../errors.js';
import type { FileOutput } from '../../output.js';
import { writeWhole } from '../write-whole.js';
import type { FileFormat } from './format.js';

/** The file being written, whose size on disk is known. */
export interface FileTarget {
  /** On disk by now. */
  readonly bytes: number;
  /** Packets whose units are on disk. */
  readonly packets: number;
  /** The most bytes that the file has on disk once `length` more are written. */
  sizeWith(length: number): number;
  /** Writes whole units; those that do not fit are neither in the file nor counted. */
  write(units: Uint8Array, packets: number): Promise<void>;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Completes the file, compression included. */
  finish(): Promise<void>;
  /** The compressor, for others who write to the file. */
  readonly compressor: NativeCompressor | undefined;
  /** Others have appended this much to the file. */
  addWritten(bytes: number, packets: number, compressing: number, writing: number): void;
  /** Seconds spent on it. */
  readonly compressing: number;
  readonly writing: number;
  close(): Promise<void>;
}

/** A file that holds what is written to it, byte for byte. */
export class PlainTarget implements FileTarget {
  readonly compressing = 0;
  readonly writing = 0;
  readonly compressor = undefined;
  readonly #output: FileOutput;
  readonly #format: FileFormat;
  readonly #makeRoom: () => boolean;
  #packets = 0;
  #others = 0;

  /** `makeRoom`: see FileSource. */
  constructor(output: FileOutput, format: FileFormat, makeRoom: () => boolean) {
    this.#output = output;
    this.#format = format;
    this.#makeRoom = makeRoom;
  }

  get bytes(): number {
    return this.#output.written + this.#others;
  }

  get packets(): number {
    return this.#packets;
  }

  sizeWith(length: number): number {
    return this.bytes + length;
  }

  async write(units: Uint8Array, packets: number): Promise<void> {
    let rest = units;
    let packetsLeft = packets;
    for (;;) {
      let kept = 0;
      const before = this.#packets;
      try {
        await writeWhole(
          this.#output,
          rest,
          (view, at) => this.#format.unitAt(view, at).length,
          (view, at) => {
            const unit = this.#format.unitAt(view, at);
            this.#packets += unit.packets;
            kept = at + unit.length;
          },
        );
        this.#packets += packetsLeft;
        return;
      } catch (error) {
        if (!isDiskFull(error) || !this.#makeRoom()) throw error;
        packetsLeft -= this.#packets - before;
        rest = rest.subarray(kept);
      }
    }
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  finish(): Promise<void> {
    return Promise.resolve();
  }

  addWritten(bytes: number, packets: number): void {
    this.#others += bytes;
    this.#packets += packets;
  }

  close(): Promise<void> {
    return this.#output.close();
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof NmcapError && error.code === 'NM_DISK_FULL';
}
