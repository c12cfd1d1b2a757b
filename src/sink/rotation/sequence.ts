import { debug } from '../../debug.js';
import { type FileState, fileState, outputError } from '../../output.js';
import type { SegmentFigures } from '../../pcapng/batch.js';
import type { Section } from '../../pcapng/section.js';
import type { CaptureStats } from '../../stats/stats.js';
import { now, SeriesFile } from './file.js';
import type { FileSource } from './files.js';
import type { FileFormat } from './format.js';
import type { SeriesOptions } from './options.js';
import { recordingFigures } from './recording.js';
import { Tally } from './tally.js';

/**
 * The files of an output, one at a time: begins and describes each, ends it with what belongs to its
 * end, and knows when the last one is over. What goes into them is decided by its owner.
 */
export class FileSequence {
  /** Which of the capture's figures are those of the file that is open. */
  readonly tally = new Tally();
  /** The last section that packets came from. */
  section: Section | undefined;
  /** Old files are removed by removeOld(), not as soon as the next one has begun. */
  removesLater = false;
  readonly #files: FileSource;
  readonly #format: FileFormat;
  readonly #options: SeriesOptions;
  #file: SeriesFile | undefined;
  /** Totals of the complete files. */
  #bytes = 0;
  #packets = 0;
  #compressing = 0;
  #writing = 0;
  #isOver = false;
  #failed = false;
  #ended: () => void = () => undefined;

  constructor(files: FileSource, format: FileFormat, options: SeriesOptions) {
    this.#files = files;
    this.#format = format;
    this.#options = options;
  }

  /** The file that is open. */
  get file(): SeriesFile | undefined {
    return this.#file;
  }

  /** The same as it is on the disk. */
  get state(): FileState | undefined {
    if (this.#file === undefined) return undefined;
    const { path, descriptor } = this.#file.opened;
    return fileState(path, descriptor);
  }

  /** Packets in all of them. */
  get packets(): number {
    return this.#packets + (this.#file?.target.packets ?? 0);
  }

  /** Whether most of the time went into compressing. */
  get waitsForCompression(): boolean {
    return this.#compressing > this.#writing;
  }

  /** Whether the last file is complete: there is no place for further packets. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether another file may follow the one that is open. */
  get goesOn(): boolean {
    return !this.#files.isOver;
  }

  /** `ended` is called once the last file is complete, before the capture's end. */
  begin(section: Section, ended: () => void): void {
    this.section = section;
    this.#ended = ended;
  }

  /** Opens the first file, or the next one, for packets from `time` on. */
  async open(time: number): Promise<SeriesFile> {
    const section = this.section;
    if (section === undefined) throw new Error('a packet before the section');
    const file = await this.#attempt(() => {
      return SeriesFile.begin(this.#files, time, this.#format, section, this.#options, this.#bytes);
    });
    this.#file = file;
    if (!this.removesLater) this.#files.removeOld();
    return file;
  }

  /** Ends the file and opens the next one; false if that was the last. */
  async next(time: number, isFull: boolean): Promise<boolean> {
    const isLast = await this.end(isFull);
    if (!isLast) await this.open(time);
    return !isLast;
  }

  /** Ends the file, for packets of up to a time where that is given; true if it was the last. */
  async end(isFull: boolean, until?: number): Promise<boolean> {
    const { sizeLimit = Infinity, isOver } = this.#files;
    const { maxSize = Infinity } = this.#options;
    const { limit = Infinity, least = 0 } = this.#file ?? {};
    await this.#complete(undefined, until);
    const isLast = isOver || (isFull && limit < sizeLimit) || maxSize - this.#bytes <= least;
    if (isLast) {
      this.#isOver = true;
      this.#ended();
    }
    return isLast;
  }

  /** Writes sections and interfaces that the file does not have yet; false if it was the last file. */
  async describe(section: Section): Promise<boolean> {
    const file = this.#file;
    if (file === undefined) return true;
    const missing = this.#format.missing(section);
    if (missing.length === 0) return true;
    file.describes(section);
    if (!file.hasRoom(missing.length)) return this.next(now(), true);
    this.#format.note(section);
    await this.write(missing, 0);
    return true;
  }

  /** Writes whole units, which have room in the file. */
  async write(units: Uint8Array, packets: number): Promise<void> {
    await this.#attempt(async () => this.#file?.target.write(units, packets));
  }

  /** Writes what waits to be compressed. */
  async flush(): Promise<void> {
    await this.#attempt(async () => this.#file?.target.flush());
  }

  /** Adds what the source has written to the file itself. */
  takeOver(figures: SegmentFigures): void {
    if (this.#file === undefined) return;
    this.#file.takeOver(figures);
    if (this.section !== undefined) {
      this.#format.note(this.section, figures.interfaceCount);
      this.#file.describes(this.section);
    }
    this.tally.reach(figures.counts);
  }

  /** What the source failed to compress and write cannot be written again. */
  refuse({ error }: SegmentFigures): void {
    if (error === undefined || this.#file?.target.compressor === undefined) return;
    this.#failed = true;
    throw outputError(this.#file.opened.path, Object.assign(new Error(error), { code: error }));
  }

  /** Removes the files that need not be kept. */
  removeOld(): void {
    this.#files.removeOld();
  }

  /** The capture has ended: completes the last file, which is begun where there is to be one. */
  async finish(stats: CaptureStats): Promise<void> {
    if (this.section === undefined) this.#files.release?.();
    else if (!this.#isOver && !this.#failed) {
      if (this.#options.recording === undefined && this.#file === undefined) await this.open(now());
      await this.describe(this.section);
    }
    await this.#complete(stats);
    const { losses } = this.#format;
    if (losses.length > 0) {
      this.#options.warn(`pcap files cannot hold ${losses.join(', ')}; pcapng can`);
    }
  }

  /** Does something that fails where the file cannot be written: then it is left as it is. */
  async #attempt<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  /** Ends the file, with the rest of the capture's statistics if it is the last. */
  async #complete(stats: CaptureStats | undefined, until = now()): Promise<void> {
    const file = this.#file;
    const section = this.section;
    if (file === undefined || section === undefined) return;
    this.#file = undefined;
    const { target, opened, first, last } = file;
    try {
      if (!this.#failed) {
        const end = this.#format.end(section, this.#figures(section, stats), {
          startedAt: file.startedAt,
          endedAt: stats?.endedAt ?? until,
        });
        await this.#attempt(async () => {
          if (this.#options.live) await target.write(end, 0);
          await target.finish();
        });
      }
    } finally {
      this.#packets += target.packets;
      this.#compressing += target.compressing;
      this.#writing += target.writing;
      await target.close();
    }
    const { bytes, packets } = target;
    this.#bytes += bytes;
    this.#files.finished({ path: opened.path, packets, bytes, first, last });
    debug(() => `${opened.path}: complete, ${packets} packets, ${bytes} bytes`);
  }

  /** Of the file that ends. */
  #figures(section: Section, stats: CaptureStats | undefined) {
    const counted =
      stats === undefined ? this.tally.take(section.interfaces.length) : this.tally.takeRest(stats);
    return this.#options.recording === undefined ? counted : recordingFigures(counted, section);
  }
}
