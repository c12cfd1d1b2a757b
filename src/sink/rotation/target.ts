import type { NativeCompressor } from '../../binding.js';
import type { FileOutput } from '../output.js';
import { writeWhole } from '../write-whole.js';
import type { FileFormat } from './format.js';

/** The file that is being written, of a known size on disk. */
export interface FileTarget {
  /** On disk by now. */
  readonly bytes: number;
  /** Packets whose units are on disk. */
  readonly packets: number;
  /** The most bytes that the file has on disk once `length` more are written. */
  sizeWith(length: number): number;
  /** Brings whole units to the file; what does not fit there is not in it, and not counted. */
  write(units: Uint8Array, packets: number): Promise<void>;
  /** Brings what waits to the disk. */
  flush(): Promise<void>;
  /** Writes what ends the file, and what the compression has to add to it. */
  finish(): Promise<void>;
  /** What others who write to the file have to compress with. */
  readonly compressor: NativeCompressor | undefined;
  /** Others have written so much to the file, from where it stood. */
  addWritten(bytes: number, packets: number, compressing: number, writing: number): void;
  /** Seconds that went into it. */
  readonly compressing: number;
  readonly writing: number;
  close(): Promise<void>;
}

/** A file that has what is written to it, byte for byte. */
export class PlainTarget implements FileTarget {
  readonly compressing = 0;
  readonly writing = 0;
  readonly compressor = undefined;
  readonly #output: FileOutput;
  readonly #unitAt: FileFormat['unitAt'];
  #packets = 0;
  #others = 0;

  constructor(output: FileOutput, { unitAt }: Pick<FileFormat, 'unitAt'>) {
    this.#output = output;
    this.#unitAt = unitAt;
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
    await writeWhole(
      this.#output,
      units,
      (view, at) => this.#unitAt(view, at).length,
      (view, at) => {
        this.#packets += this.#unitAt(view, at).packets;
      },
    );
    this.#packets += packets;
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
