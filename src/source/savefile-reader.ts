import { NmcapError } from '../errors.js';
import type { Section } from '../pcapng/section.js';
import { systemReason } from '../system-error.js';
import type { ByteInput } from './byte-input.js';
import type { BatchCut, SavefileFormat } from './savefile-format.js';
import { Slab } from './slab.js';
import type { Batch } from './source.js';

export interface SavefileInput {
  /** From the first byte of the savefile, uncompressed. */
  readonly input: ByteInput;
  readonly format: SavefileFormat;
  /** Whether the input was inflated, so that offsets in it are not those in the file. */
  readonly compressed: boolean;
  /** As messages call the file. */
  readonly name: string;
  /** Bytes of input that a slab has room for. */
  readonly slabInputLength: number;
}

/** Brings the bytes of a savefile to its format, and the batches that this makes of them out. */
export class SavefileReader {
  readonly #from: SavefileInput;
  /** Slabs of the usual size that nobody uses. */
  readonly #spare: Slab[] = [];
  #slab: Slab;
  /** Where the slab's input begins in the savefile. */
  #position = 0;
  #closed = false;
  /** What begin() found behind the first descriptions. */
  #pending: BatchCut | undefined;

  constructor(from: SavefileInput) {
    this.#from = from;
    this.#slab = this.#takeSlab(from.slabInputLength);
  }

  /**
   * Reads up to the first packet or, where that has yet to come, the first interface description;
   * the section that they are in.
   */
  async begin(): Promise<Section> {
    const { format } = this.#from;
    let first: Section | undefined;
    for (;;) {
      const cut = format.cut(this.#slab);
      if (cut.kind === 'batch') {
        first ??= cut.section;
        if (cut.section !== first || cut.bytes.length > 0) {
          this.#pending = cut;
          return first;
        }
        this.#advance(cut.length);
      } else if (cut.kind === 'malformed') {
        if (first === undefined) throw this.#damage(cut.reason);
        // next() tells, once all before it was handed out.
        return first;
      } else if (first !== undefined && first.interfaces.length > 0) {
        return first;
      } else if (!(await this.#fill(cut.needed))) {
        if (first === undefined) throw this.#damage(CUT_OFF);
        return first;
      }
    }
  }

  /** The next batch, to be released; undefined when there are no more. */
  async next(): Promise<Batch | undefined> {
    const { format } = this.#from;
    for (;;) {
      const cut = this.#pending ?? format.cut(this.#slab);
      this.#pending = undefined;
      switch (cut.kind) {
        case 'batch':
          this.#advance(cut.length);
          return this.#lend(cut);
        case 'malformed':
          throw this.#damage(cut.reason);
        case 'incomplete':
          if (await this.#fill(cut.needed)) break;
          if (this.#closed || this.#slab.inputStart === this.#slab.inputEnd) return undefined;
          throw this.#damage(CUT_OFF);
      }
    }
  }

  /** No more is read: next() ends as if the file did. */
  cancel(): void {
    this.#closed = true;
    this.#from.input.cancel();
  }

  close(): void {
    this.#closed = true;
    // All that was wanted of the file was read: that closing it failed changes nothing.
    this.#from.input.close().catch(() => undefined);
  }

  #advance(length: number): void {
    this.#slab.inputStart += length;
    this.#position += length;
  }

  #lend({ bytes, packetCount, section }: BatchCut): Batch {
    const slab = this.#slab;
    slab.retain();
    return {
      bytes,
      packetCount,
      section,
      release: () => {
        slab.release();
      },
    };
  }

  /**
   * Reads more input, with room for a front of `needed` bytes; false at the end. The room is taken
   * as the bytes come, not for a length that may be a lie.
   */
  async #fill(needed: number): Promise<boolean> {
    const { input, slabInputLength, name } = this.#from;
    const waiting = this.#slab.input;
    if (this.#slab.free.length === 0 || waiting.length === 0) {
      const room = Math.min(needed, Math.max(2 * waiting.length, slabInputLength));
      this.#changeSlab(waiting, Math.max(room, slabInputLength));
    }
    try {
      const count = await input.read(this.#slab.free);
      this.#slab.inputEnd += count;
      return count > 0;
    } catch (error) {
      if (this.#closed) return false;
      if (!this.#from.compressed) throw readFailed(name, error);
      this.#position += this.#slab.input.length;
      throw this.#damage(`the compressed data cannot be read on (${systemReason(error)})`, error);
    }
  }

  #changeSlab(waiting: Uint8Array, inputLength: number): void {
    const old = this.#slab;
    this.#slab = this.#takeSlab(inputLength);
    this.#slab.restart(waiting);
    old.release();
  }

  #takeSlab(inputLength: number): Slab {
    const usual = inputLength === this.#from.slabInputLength;
    const slab =
      (usual ? this.#spare.pop() : undefined) ??
      new Slab(this.#from.format.outputLength(inputLength), inputLength, (unused) => {
        if (usual) this.#spare.push(unused);
      });
    slab.retain();
    return slab;
  }

  #damage(reason: string, cause?: unknown): NmcapError {
    const { name, compressed } = this.#from;
    const place = `byte ${this.#position}${compressed ? ' of the uncompressed data' : ''}`;
    return new NmcapError('NM_BAD_SAVEFILE', `${name} is damaged at ${place}: ${reason}`, {
      hint: 'everything before that place was read',
      cause,
    });
  }
}

const CUT_OFF = 'the file ends inside of a block';

/** The error of a file that the system would not open or read. */
export function readFailed(name: string, error: unknown): NmcapError {
  return new NmcapError('NM_INPUT', `cannot read ${name}: ${systemReason(error)}`, {
    hint: 'check the name and the permissions of the file',
    cause: error,
  });
}
