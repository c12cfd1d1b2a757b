import { NmcapError, systemReason } from '../errors.js';
import type { PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { ByteInput } from './byte-input.js';
import type { BatchCut, SavefileFormat } from './format.js';
import type { Selection } from './selection.js';
import { Slab } from './slab.js';

export interface RecognisedSavefile {
  /** From the first byte of the savefile, uncompressed. */
  readonly input: ByteInput;
  readonly format: SavefileFormat;
  /** Whether the input was inflated, so that offsets in it are not those in the file. */
  readonly compressed: boolean;
  /** As messages call the file. */
  readonly name: string;
  /** Bytes of input that a slab has room for. */
  readonly slabInputLength: number;
  /** Which packets the format lets through. */
  readonly selection: Selection;
}

/** Input that was asked for while the input before it is being worked on. */
interface Ahead {
  readonly slab: Slab;
  /** Settles once the slab has it; with the error where it could not be read. */
  readonly read: Promise<unknown>;
}

/** Bytes of an unfinished front that are copied before the input that is read ahead. */
const MOST_PREPENDED = 1 << 17;

/**
 * Brings the bytes of a savefile to its format, and the batches that this makes of them out. While
 * one slab is worked on, the next one is read.
 */
export class SavefileReader {
  readonly #from: RecognisedSavefile;
  /** Slabs of the usual size that nobody uses. */
  readonly #spare: Slab[] = [];
  #slab: Slab;
  #ahead: Ahead | undefined;
  /** Where the slab's input begins in the savefile. */
  #position = 0;
  #closed = false;
  /** What begin() found behind the first descriptions. */
  #pending: BatchCut | undefined;

  constructor(from: RecognisedSavefile) {
    this.#from = from;
    this.#slab = this.#takeSlab();
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
  async next(): Promise<PacketBatch | undefined> {
    const { format, selection } = this.#from;
    for (;;) {
      if (this.#pending === undefined && selection.isFull) return undefined;
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
          if (this.#closed || this.#slab.inputLength === 0) return undefined;
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

  #lend({ bytes, packetCount, section }: BatchCut): PacketBatch {
    const slab = this.#slab;
    slab.retain();
    return {
      kind: 'packets',
      bytes,
      packetCount,
      section,
      release: () => {
        slab.release();
      },
    };
  }

  /** Brings more input behind what waits, which lacks some of `needed` bytes; false at the end. */
  async #fill(needed: number): Promise<boolean> {
    const { slab, read } = this.#ahead ?? this.#readAhead();
    const error = await read;
    this.#ahead = undefined;
    if (error !== undefined || slab.inputLength === 0) {
      slab.release();
      if (error !== undefined && !this.#closed) throw this.#unreadable(error);
      return false;
    }
    if (slab.prepend(this.#slab.input)) {
      this.#slab.release();
      this.#slab = slab;
    } else {
      this.#append(slab.input, needed);
      slab.release();
    }
    this.#ahead = this.#readAhead();
    return true;
  }

  #readAhead(): Ahead {
    const slab = this.#takeSlab();
    const read = this.#from.input.read(slab.free).then(
      (count) => {
        slab.inputEnd += count;
        return undefined;
      },
      (error: unknown) => error,
    );
    return { slab, read };
  }

  /**
   * Puts input behind a front that is too long to be copied for every slab. The room for it is taken
   * as the bytes come, not for a length that may be a lie.
   */
  #append(input: Uint8Array, needed: number): void {
    const old = this.#slab;
    if (old.free.length < input.length) {
      const least = old.inputLength + input.length;
      const room = Math.max(least, Math.min(needed, 2 * old.inputLength));
      this.#slab = new Slab(this.#from.format.outputLength(room), 0, room, () => undefined);
      this.#slab.retain();
      this.#slab.append(old.input);
      old.release();
    }
    this.#slab.append(input);
  }

  #takeSlab(): Slab {
    const { format, slabInputLength } = this.#from;
    const room = Math.min(slabInputLength, MOST_PREPENDED);
    const slab =
      this.#spare.pop() ??
      new Slab(format.outputLength(room + slabInputLength), room, slabInputLength, (unused) => {
        this.#spare.push(unused);
      });
    slab.retain();
    return slab;
  }

  #unreadable(error: unknown): NmcapError {
    if (!this.#from.compressed) return readFailed(this.#from.name, error);
    this.#position += this.#slab.inputLength;
    return this.#damage(`the compressed data cannot be read on (${systemReason(error)})`, error);
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
