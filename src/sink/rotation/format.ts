import { RECORD_HEADER_LENGTH } from '../../pcap/header.js';
import { PcapWriter } from '../../pcap/writer.js';
import type { PacketBatch } from '../../pcapng/batch.js';
import { BlockType } from '../../pcapng/block.js';
import type { PacketCursor } from '../../pcapng/cursor.js';
import { FilePreamble } from '../../pcapng/file-preamble.js';
import type { Section } from '../../pcapng/section.js';
import type { PacketPrinter } from '../../print/summary.js';
import { Char } from '../../text/char.js';
import { LineBuffer } from '../../text/line.js';
import { type InterfaceFigures, statisticsBlocks, type TimeSpan } from '../statistics-blocks.js';

const NOTHING = new Uint8Array(0);

/**
 * What files are made of: units that are never cut, blocks, records or lines. One format writes all
 * files of a series, one after the other.
 */
export interface FileFormat {
  /** Whether units are the batches' own blocks, which a source may write itself. */
  readonly isPlain: boolean;
  /** A file begins: what it must have before the first packet. */
  begin(section: Section): Uint8Array;
  /** What the file that has begun must have before packets of this section, and does not have yet. */
  missing(section: Section): Uint8Array;
  /** It has that now: for so many of the section's interfaces, or all of them. */
  note(section: Section, interfaceCount?: number): void;
  /** Bytes of the unit of the cursor's packet, and of the blocks before it from `from` on. */
  unitLength(cursor: PacketCursor, from: number): number;
  /** Bytes of the blocks that come after a batch's last packet. */
  restLength(blocks: Uint8Array): number;
  /**
   * The first `length` bytes of the units for which a length was asked, which are those of the run's
   * packets. The next call may use the same memory.
   */
  units(run: PacketBatch, length: number): Uint8Array;
  /** Of the unit that begins at `at`, and how many packets that is. */
  unitAt(view: DataView, at: number): { readonly length: number; readonly packets: number };
  /** What ends a file; its length depends on the number of figures alone. */
  end(section: Section, figures: readonly InterfaceFigures[], span: TimeSpan): Uint8Array;
  /** What the format could not hold, in words for a list. */
  readonly losses: readonly string[];
}

export class PcapngFileFormat implements FileFormat {
  readonly isPlain = true;
  readonly losses = [];
  #preamble = new FilePreamble();
  #little = true;

  begin(section: Section): Uint8Array {
    this.#preamble = new FilePreamble();
    this.#little = section.byteOrder === 'little';
    return this.#preamble.before(section) ?? NOTHING;
  }

  missing(section: Section): Uint8Array {
    return this.#preamble.missing(section) ?? NOTHING;
  }

  note(section: Section, interfaceCount?: number): void {
    this.#little = section.byteOrder === 'little';
    this.#preamble.note(section, interfaceCount);
  }

  unitLength({ blockEnd }: PacketCursor, from: number): number {
    return blockEnd - from;
  }

  restLength(blocks: Uint8Array): number {
    return blocks.length;
  }

  units(run: PacketBatch): Uint8Array {
    return run.bytes;
  }

  unitAt(view: DataView, at: number) {
    const isPacket = view.getUint32(at, this.#little) === BlockType.EnhancedPacket;
    return { length: view.getUint32(at + 4, this.#little), packets: isPacket ? 1 : 0 };
  }

  end(section: Section, figures: readonly InterfaceFigures[], span: TimeSpan): Uint8Array {
    const described = figures.filter(
      ({ interfaceId }) => interfaceId < this.#preamble.interfaceCount,
    );
    return Buffer.concat(statisticsBlocks(section, described, span));
  }
}

export class PcapFileFormat implements FileFormat {
  readonly isPlain = false;
  #writer: PcapWriter | undefined;
  #little = true;

  get losses(): readonly string[] {
    return this.#writer?.losses ?? [];
  }

  begin(section: Section): Uint8Array {
    this.#writer ??= new PcapWriter(section);
    this.#little = section.byteOrder === 'little';
    return this.#writer.header();
  }

  missing(): Uint8Array {
    return NOTHING;
  }

  note(): void {
    // There is nothing to describe.
  }

  unitLength(cursor: PacketCursor): number {
    const isHeld = cursor.linkType === this.#writer?.linkType;
    return isHeld ? RECORD_HEADER_LENGTH + cursor.capturedLength : 0;
  }

  restLength(): number {
    return 0;
  }

  units(run: PacketBatch): Uint8Array {
    return this.#writer?.records(run) ?? NOTHING;
  }

  unitAt(view: DataView, at: number) {
    return { length: RECORD_HEADER_LENGTH + view.getUint32(at + 8, this.#little), packets: 1 };
  }

  end(): Uint8Array {
    return NOTHING;
  }
}

/** Lines of any kind. */
export class TextFileFormat implements FileFormat {
  readonly isPlain = false;
  readonly losses = [];
  readonly #printer: PacketPrinter;
  #lines = new LineBuffer();
  #spare = new LineBuffer();

  constructor(printer: PacketPrinter) {
    this.#printer = printer;
  }

  begin(): Uint8Array {
    const { header } = this.#printer;
    return header === undefined ? NOTHING : Buffer.from(header);
  }

  missing(): Uint8Array {
    return NOTHING;
  }

  note(): void {
    // There is nothing to describe.
  }

  unitLength(cursor: PacketCursor): number {
    const before = this.#lines.length;
    this.#printer.print(cursor, this.#lines);
    return this.#lines.length - before;
  }

  restLength(): number {
    return 0;
  }

  units(_run: PacketBatch, length: number): Uint8Array {
    const lines = this.#lines;
    // What is longer than that is for the next file.
    this.#spare.clear();
    this.#spare.append(lines, length, lines.length);
    this.#lines = this.#spare;
    this.#spare = lines;
    return lines.bytes.subarray(0, length);
  }

  /** A packet may have several lines: which of them are whole packets cannot be told any more. */
  unitAt(view: DataView, at: number) {
    let end = at;
    while (end < view.byteLength && view.getUint8(end) !== Char.LineFeed) end++;
    return { length: end + 1 - at, packets: 0 };
  }

  end(): Uint8Array {
    return NOTHING;
  }
}
