import { debug } from '../../debug.js';
import { FileOutput } from '../../output.js';
import type { SegmentFigures } from '../../pcapng/batch.js';
import type { Section } from '../../pcapng/section.js';
import { interfaceStatisticsLength } from '../../pcapng/writer.js';
import type { Segment } from '../../source.js';
import { CompressedTarget } from './compressed-target.js';
import type { FileSource } from './files.js';
import type { FileFormat } from './format.js';
import type { SeriesOptions } from './options.js';
import type { OpenedFile } from './series.js';
import { type FileTarget, PlainTarget } from './target.js';

/** The file that packets go into, and how many it can take. */
export class SeriesFile {
  readonly opened: OpenedFile;
  readonly target: FileTarget;
  /** The most bytes that it may have on disk. */
  readonly limit: number;
  /** Bytes that it has on disk without packets. */
  readonly least: number;
  /** Microseconds since 1970. */
  readonly startedAt: number;
  /** Times of its packets. */
  first: number | undefined;
  last: number | undefined;
  /** Bytes kept free for what ends the file. */
  #reserve: number;
  /** Whether it ends with the statistics of each interface. */
  readonly #hasStatistics: boolean;
  /** Interfaces that it describes. */
  #interfaceCount: number;

  private constructor(
    startedAt: number,
    opened: OpenedFile,
    target: FileTarget,
    limit: number,
    frame: { readonly begin: number; readonly end: number },
    interfaceCount: number,
  ) {
    this.startedAt = startedAt;
    this.opened = opened;
    this.target = target;
    this.limit = limit;
    this.#reserve = target.sizeWith(frame.end);
    this.#hasStatistics = frame.end > 0;
    this.#interfaceCount = interfaceCount;
    this.least = target.sizeWith(frame.begin) + this.#reserve;
  }

  /**
   * Opens the next of `files`, for packets from `time` on, and writes what it begins with.
   *
   * @param bytesBefore that the files before it have on disk
   */
  static async begin(
    files: FileSource,
    time: number,
    format: FileFormat,
    section: Section,
    { compression, maxSize = Infinity, live }: SeriesOptions,
    bytesBefore: number,
  ): Promise<SeriesFile> {
    const opened = files.open(time);
    const output = new FileOutput(opened.path, opened.descriptor, opened);
    const makeRoom = () => files.makeRoom();
    const target =
      compression === undefined
        ? new PlainTarget(output, format, makeRoom)
        : new CompressedTarget(output, compression, makeRoom);
    const begin = format.begin(section);
    const limit = Math.min(files.sizeLimit ?? Infinity, maxSize - bytesBefore);
    const end = live ? lengthOfEnd(format, section) : 0;
    const { length: interfaceCount } = section.interfaces;
    const frame = { begin: begin.length, end };
    const file = new SeriesFile(time, opened, target, limit, frame, interfaceCount);
    try {
      await target.write(begin, 0);
      await target.flush();
    } catch (error) {
      await target.close();
      if (target.bytes === 0) files.abandon(opened);
      throw error;
    }
    debug(() => `${opened.path}: begun`);
    return file;
  }

  /** Whether a packet of this time belongs to it, or to an earlier file. */
  reaches(time: number): boolean {
    const { endsAt } = this.opened;
    return endsAt === undefined || time < endsAt;
  }

  /** Whether so many bytes can be added. */
  hasRoom(length: number): boolean {
    return this.target.sizeWith(length) + this.#reserve <= this.limit;
  }

  /** The section has got more interfaces, whose statistics will need room as well. */
  describes(section: Section): void {
    const added = section.interfaces.length - this.#interfaceCount;
    if (this.#hasStatistics && added > 0) {
      const length = added * interfaceStatisticsLength(section);
      this.#reserve += this.target.sizeWith(length) - this.target.bytes;
    }
    this.#interfaceCount = section.interfaces.length;
  }

  /** It has one more packet. */
  note(time: number): void {
    this.first ??= time;
    this.last = time;
  }

  /** For a source that writes it itself. */
  segment(): Segment {
    const { limit, target } = this;
    const { descriptor, endsAt } = this.opened;
    const bytesLeft = limit === Infinity ? undefined : limit - target.bytes - this.#reserve;
    const interfaceCount = this.#interfaceCount;
    return { descriptor, endsAt, bytesLeft, compressor: target.compressor, interfaceCount };
  }

  /** What the source has written itself. */
  takeOver({ bytes, packets, compressing, writing, first, last }: SegmentFigures): void {
    this.target.addWritten(bytes, packets, compressing, writing);
    this.first = first;
    this.last = last;
  }
}

/** Bytes of what ends a file. */
function lengthOfEnd(format: FileFormat, section: Section): number {
  const figures = section.interfaces.map((_, interfaceId) => {
    return { interfaceId, seen: 0, passed: 0, delivered: 0 };
  });
  return format.end(section, figures, { startedAt: 0, endedAt: 0 }).length;
}

/** Microseconds since 1970. */
export function now(): number {
  return Date.now() * 1000;
}
