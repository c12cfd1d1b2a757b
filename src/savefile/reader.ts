import { NmcapError, systemReason } from '../errors.js';
import type { PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { ByteInput } from './byte-input.js';
import type { BatchCut, Damage, SavefileFormat } from './format.js';
import type { Selection } from './selection.js';
import { Slab } from './slab.js';

export interface RecognisedSavefile {
  /** From the first byte of the savefile, uncompressed. */
  readonly input: ByteInput;
  readonly format: SavefileFormat;
  /** Whether the input is inflated, so that offsets in it are not offsets in the file. */
  readonly compressed: boolean;
  /** The file's name in messages. */
  readonly name: string;
  /** Bytes of input that a slab has room for. */
  readonly slabInputLength: number;
  /** Which packets the format passes on. */
  readonly selection: Selection;
  readonly warn: (message: string) => void;
}

/** Input that is read while the input before it is being processed. */
interface Ahead {
  readonly slab: Slab;
  /** Settles once the input is in the slab; with the error where it could not be read. */
  readonly read: Promise<unknown>;
}

/** The longest incomplete front, in bytes, that is copied in front of the input read ahead. */
const MAX_PREPENDED = 1 << 17;

/**
 * Passes the bytes of a savefile to its format, and the resulting batches to the caller. While one
 * slab is processed, the next one is read.
 */
export class SavefileReader {
  readonly #from: RecognisedSavefile;
  /** Unused slabs of the usual size. */
  readonly #spare: Slab[] = [];
  #slab: Slab;
  #ahead: Ahead | undefined;
  /** Where the slab's input begins in the savefile. */
  #position = 0;
  #closed = false;
  /** Whether all input has been read. */
  #ended = false;
  /** Blocks of which something was left out. */
  #damaged = 0;
  /** What begin() found after the first descriptions. */
  #pending: BatchCut | undefined;

  constructor(from: RecognisedSavefile) {
    this.#from = from;
    this.#slab = this.#takeSlab();
  }

  /**
   * Reads up to the first packet or, where none has arrived yet, the first interface description.
   * Returns their section.
   */
  async begin(): Promise<Section> {
    const { format } = this.#from;
    let first: Section | undefined;
    for (;;) {
      const cut = format.cut(this.#slab, false);
      if (cut.kind === 'batch') {
        first ??= cut.section;
        if (cut.section !== first || cut.bytes.length > 0) {
          this.#pending = cut;
          return first;
        }
        this.#advance(cut);
      } else if (cut.kind === 'malformed') {
        if (first === undefined) throw this.#damage(cut.reason);
        // next() reports it once everything before it has been handed out.
        return first;
      } else if (first !== undefined && first.interfaces.length > 0) {
        return first;
      } else if (!(await this.#fill(cut.needed))) {
        if (first === undefined) throw this.#cutOff();
        return first;
      }
    }
  }

  /** The next batch, which the caller must release; undefined when there are no more. */
  async next(): Promise<PacketBatch | undefined> {
    const { format, selection } = this.#from;
    for (;;) {
      if (this.#pending === undefined && selection.isFull) return undefined;
      const cut = this.#pending ?? format.cut(this.#slab, this.#ended);
      this.#pending = undefined;
      switch (cut.kind) {
        case 'batch':
          this.#warn();
          this.#advance(cut);
          return this.#lend(cut);
        case 'malformed':
          throw this.#damage(cut.reason);
        case 'incomplete':
          // At the end once more: the format may have waited for bytes only to decide how to read these.
          if (!this.#ended) {
            this.#ended = !(await this.#fill(cut.needed));
            break;
          }
          if (this.#closed || this.#slab.inputLength === 0) return undefined;
          throw this.#cutOff();
      }
    }
  }

  /** Reports once how many blocks could be read only in part, if there were several. */
  reportDamage(): void {
    const { name, warn } = this.#from;
    if (this.#damaged > 1) warn(`${name} has ${this.#damaged} blocks with such damage`);
    this.#damaged = 0;
  }

  /** Stops reading: next() behaves as if the file ended here. */
  cancel(): void {
    this.#closed = true;
    this.#from.input.cancel();
  }

  close(): void {
    this.#closed = true;
    // Everything needed has been read: a failing close changes nothing.
    this.#from.input.close().catch(() => undefined);
  }

  #warn(): void {
    const { name, selection, warn } = this.#from;
    for (const warning of selection.takeWarnings()) warn(`${name}: ${warning}`);
  }

  #advance({ length, damage }: BatchCut): void {
    if (damage !== undefined) this.#note(damage);
    this.#slab.inputStart += length;
    this.#position += length;
  }

  /** Reports the first block that could be read only in part; reportDamage() counts the others. */
  #note({ at, reason, count }: Damage): void {
    if (this.#damaged === 0) {
      const { name, warn } = this.#from;
      warn(`${name} is damaged at ${this.#place(at)}: left out ${reason}`);
    }
    this.#damaged += count;
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

  /** Adds input to the front, which is to be `needed` bytes long; false at the end of the file. */
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
   * Appends input to a front that is too long to be copied for every slab. Memory is allocated as the
   * bytes arrive, not for a claimed length that may be wrong.
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
    const room = Math.min(slabInputLength, MAX_PREPENDED);
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
    return this.#damage(`the compressed data ends or is corrupt (${systemReason(error)})`, error);
  }

  #damage(reason: string, cause?: unknown): NmcapError {
    return this.#badSavefile(`is damaged at ${this.#place()}: ${reason}`, cause);
  }

  #cutOff(): NmcapError {
    return this.#badSavefile(`is truncated: file ends mid-block at ${this.#place()}`);
  }

  /** Of the front, or of what is so many bytes after it. */
  #place(after = 0): string {
    return `byte ${this.#position + after}${this.#from.compressed ? ' of the uncompressed data' : ''}`;
  }

  #badSavefile(what: string, cause?: unknown): NmcapError {
    return new NmcapError('NM_BAD_SAVEFILE', `${this.#from.name} ${what}`, {
      hint: 'everything before that was read',
      cause,
    });
  }
}

/** The error for a file that could not be opened or read. */
export function readFailed(name: string, error: unknown): NmcapError {
  return new NmcapError('NM_INPUT', `cannot read ${name}: ${systemReason(error)}`, {
    hint: "check the file's name and permissions",
    cause: error,
  });
}
