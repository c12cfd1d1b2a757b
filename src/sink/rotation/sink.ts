import { debug } from '../../debug.js';
import { type FileState, fileState, outputError } from '../../output.js';
import type {
  PacketBatch,
  RecordingEnded,
  SegmentEnded,
  SegmentFigures,
  Triggered,
} from '../../pcapng/batch.js';
import { firstTime, lastTime, timeOf } from '../../pcapng/batch-span.js';
import { PacketCursor } from '../../pcapng/cursor.js';
import type { Section } from '../../pcapng/section.js';
import type { SegmentWriter } from '../../source.js';
import type { CaptureStats } from '../../stats/stats.js';
import type { PacketSink } from '../sink.js';
import { now, SeriesFile } from './file.js';
import type { FileSource } from './files.js';
import type { FileFormat } from './format.js';
import type { SeriesOptions } from './options.js';
import { recordingFigures, triggerLine } from './recording.js';
import { Tally } from './tally.js';

/** Units are written to the file once this many bytes are waiting. */
const MOST_WAITING = 1 << 18;

/** Packets of a batch that are next to each other and go into one file. */
interface Run {
  start: number;
  end: number;
  packets: number;
  /** Of their units. */
  length: number;
}

/**
 * Writes packets to files that follow one another, each complete by itself. Where files are of
 * pcapng and nobody else needs the packets, the source writes them, and this opens and ends them.
 */
export class SeriesSink implements PacketSink {
  readonly #files: FileSource;
  readonly #format: FileFormat;
  readonly #options: SeriesOptions;
  readonly #cursor = new PacketCursor();
  readonly #tally = new Tally();
  #section: Section | undefined;
  #writer: SegmentWriter | undefined;
  #file: SeriesFile | undefined;
  /** Totals of the complete files. */
  #bytes = 0;
  #packets = 0;
  #compressing = 0;
  #writing = 0;
  #announced = 0;
  #unwritten = 0;
  #isOver = false;
  #failed = false;
  #switchRequested = false;
  #stop: () => void = () => undefined;

  constructor(files: FileSource, format: FileFormat, options: SeriesOptions) {
    this.#files = files;
    this.#format = format;
    this.#options = options;
  }

  get packets(): number {
    return this.#packets + (this.#file?.target.packets ?? 0) + this.#announced;
  }

  get file(): FileState | undefined {
    if (this.#file === undefined) return undefined;
    const { path, descriptor } = this.#file.opened;
    return fileState(path, descriptor);
  }

  /** Whether most of the time went into compressing. */
  get waitsForCompression(): boolean {
    return this.#compressing > this.#writing;
  }

  /** Packets that arrived after the last file had ended. */
  get unwritten(): number {
    return this.#unwritten;
  }

  async begin(section: Section, stop: () => void): Promise<void> {
    this.#section = section;
    this.#stop = stop;
    if (this.#beginsByClock) await this.#open(now());
  }

  get copiesBatches(): boolean {
    return this.#format.isPlain && this.#beginsByClock;
  }

  /** Other files begin with packets: those of a savefile, or around a trigger. */
  get #beginsByClock(): boolean {
    return this.#options.live && this.#options.recording === undefined;
  }

  handOver(writer: SegmentWriter): void {
    if (this.#file === undefined) return;
    this.#writer = writer;
    writer.writeTo(this.#file.segment());
  }

  addWritten(packetCount: number): void {
    this.#announced += packetCount;
  }

  async segmentEnded({ reason, figures }: SegmentEnded): Promise<void> {
    this.#takeOver(figures);
    const endsAt = reason === 'time' ? (this.#file?.opened.endsAt ?? 0) : 0;
    // This clock has only milliseconds.
    await this.#next(figures.next ?? Math.max(now(), endsAt), reason === 'full');
    if (this.#file === undefined) {
      this.#writer?.stop();
    } else {
      this.#writer?.writeTo(this.#file.segment());
      this.#files.removeOld();
    }
  }

  async quiet(until: number): Promise<void> {
    if (this.#file === undefined) return;
    if (this.#switchRequested || !this.#file.reaches(until)) await this.#next(until, false);
  }

  /** Ends the file now, whatever it holds, if another one follows. */
  switchNow(): void {
    if (this.#files.isOver) return;
    if (this.#writer === undefined) this.#switchRequested = true;
    else this.#writer.endSegment();
  }

  triggered(trigger: Triggered): void {
    this.#options.recording?.announce(triggerLine(trigger));
  }

  async recordingEnded({ until }: RecordingEnded): Promise<void> {
    if (this.#file === undefined) {
      if (!this.#isOver) this.#options.recording?.announce('no packet came: there is no file');
      return;
    }
    const { path } = this.#file.opened;
    const isLast = await this.#endFile(false, until);
    if (!isLast) this.#options.recording?.announce(`${path} is complete: armed again`);
  }

  async write(batch: PacketBatch): Promise<void> {
    if (this.#writer !== undefined) {
      // The source could not go on, or was stopped: its figures are final.
      const figures = this.#writer.figures();
      this.#writer = undefined;
      this.#takeOver(figures);
      this.#refuse(figures);
    }
    if (this.#isOver) {
      this.#countUnwritten(batch, 0);
      return;
    }
    this.#section = batch.section;
    if (batch.countsBefore !== undefined) this.#tally.passOver(batch.countsBefore);
    const { bytes } = batch;
    const cursor = this.#cursor;
    cursor.reset(bytes, batch.section);
    const run: Run = { start: 0, end: 0, packets: 0, length: 0 };
    if (!(await this.#describe(batch.section))) {
      this.#countUnwritten(batch, 0);
      return;
    }
    if (await this.#writeWhole(batch)) return;
    while (cursor.next()) {
      const time = timeOf(cursor);
      const file = this.#file ?? (await this.#open(time));
      const length = this.#format.unitLength(cursor, run.end);
      const goesOn = file.reaches(time) && !this.#switchRequested;
      if (!goesOn || !(await this.#fits(file, batch, run, length))) {
        await this.#flush(batch, run);
        if (!(await this.#next(time, goesOn))) {
          this.#countUnwritten(batch, run.end);
          return;
        }
      }
      (this.#file ?? file).note(time);
      run.end = cursor.blockEnd;
      run.packets++;
      run.length += length;
      this.#tally.add(cursor.interfaceId);
      if (run.length >= MOST_WAITING) await this.#flush(batch, run);
    }
    await this.#writeRest(batch, run);
    if (batch.counts !== undefined) this.#tally.reach(batch.counts);
  }

  async end(stats: CaptureStats): Promise<void> {
    if (this.#writer !== undefined && !this.#isOver) this.#takeOver(this.#writer.figures());
    if (this.#section !== undefined && !this.#isOver && !this.#failed) {
      if (this.#options.recording === undefined) this.#file ??= await this.#open(now());
      await this.#describe(this.#section);
    }
    await this.#finish(stats);
    const { losses } = this.#format;
    if (losses.length > 0)
      this.#options.warn(`pcap files cannot hold ${losses.join(', ')}; pcapng can`);
  }

  async #open(time: number): Promise<SeriesFile> {
    const section = this.#section;
    if (section === undefined) throw new Error('a packet before the section');
    await this.#attempt(async () => {
      const options = this.#options;
      this.#file = await SeriesFile.begin(
        this.#files,
        time,
        this.#format,
        section,
        options,
        this.#bytes,
      );
    });
    if (this.#file === undefined) throw new Error('no file although it began');
    if (this.#writer === undefined) this.#files.removeOld();
    return this.#file;
  }

  /** Adds what the source has written to the file's figures. */
  #takeOver(figures: SegmentFigures | undefined): void {
    this.#announced = 0;
    if (figures === undefined || this.#file === undefined) return;
    this.#file.takeOver(figures);
    if (this.#section !== undefined) {
      this.#format.note(this.#section, figures.interfaceCount);
      this.#file.describes(this.#section);
    }
    this.#tally.reach(figures.counts);
  }

  /** What the source failed to compress and write cannot be written again. */
  #refuse(figures: SegmentFigures | undefined): void {
    if (figures?.error === undefined || this.#file?.target.compressor === undefined) return;
    this.#failed = true;
    const cause = Object.assign(new Error(figures.error), { code: figures.error });
    throw outputError(this.#file.opened.path, cause);
  }

  /** Whether a live batch is in the file as it is, of which all of its packets may become part. */
  async #writeWhole(batch: PacketBatch): Promise<boolean> {
    const { bytes, packetCount, counts } = batch;
    if (counts === undefined || bytes.length === 0 || !this.#format.isPlain) return false;
    const first = firstTime(batch);
    const last = lastTime(batch);
    const file = this.#file ?? (await this.#open(first));
    if (this.#switchRequested || !file.reaches(last) || !file.hasRoom(bytes.length)) return false;
    await this.#attempt(() => file.target.write(bytes, packetCount));
    file.note(first);
    file.note(last);
    this.#tally.reach(counts);
    return true;
  }

  /** Whether the next unit fits; a file's first packet always does. */
  async #fits(file: SeriesFile, batch: PacketBatch, run: Run, length: number): Promise<boolean> {
    if (file.limit === Infinity || file.first === undefined) return true;
    if (file.hasRoom(run.length + length)) return true;
    // What is waiting may compress to less than its bound.
    await this.#flush(batch, run);
    await this.#attempt(() => file.target.flush());
    return file.hasRoom(length);
  }

  /** Writes a run, after which another one begins. */
  async #flush(batch: PacketBatch, run: Run): Promise<void> {
    const { start, end, packets, length } = run;
    if (end > start) {
      const bytes = batch.bytes.subarray(start, end);
      const units = this.#format.units({ ...batch, bytes, packetCount: packets }, length);
      await this.#attempt(async () => this.#file?.target.write(units, packets));
    }
    run.start = end;
    run.packets = 0;
    run.length = 0;
  }

  /** Blocks after a batch's last packet. */
  async #writeRest(batch: PacketBatch, run: Run): Promise<void> {
    const rest = batch.bytes.subarray(run.end);
    const length = this.#format.restLength(rest);
    if (length > 0) {
      const file = this.#file ?? (await this.#open(now()));
      if (!(await this.#fits(file, batch, run, length))) {
        await this.#flush(batch, run);
        if (!(await this.#next(now(), true))) return;
      }
      run.end = batch.bytes.length;
      run.length += length;
    }
    await this.#flush(batch, run);
  }

  /** Ends the file and opens the next one; false if that was the last. */
  async #next(time: number, isFull: boolean): Promise<boolean> {
    const isLast = await this.#endFile(isFull);
    if (!isLast) await this.#open(time);
    return !isLast;
  }

  /** Ends the file, for packets of up to a time where that is given; true if it was the last. */
  async #endFile(isFull: boolean, until?: number): Promise<boolean> {
    this.#switchRequested = false;
    const { sizeLimit = Infinity, isOver } = this.#files;
    const { maxSize = Infinity } = this.#options;
    const { limit = Infinity, least = 0 } = this.#file ?? {};
    await this.#finish(undefined, until);
    const isLast = isOver || (isFull && limit < sizeLimit) || maxSize - this.#bytes <= least;
    if (isLast) {
      this.#isOver = true;
      this.#stop();
    }
    return isLast;
  }

  /** Writes sections and interfaces that the file does not have yet; false if it was the last file. */
  async #describe(section: Section): Promise<boolean> {
    const file = this.#file;
    if (file === undefined) return true;
    const missing = this.#format.missing(section);
    if (missing.length === 0) return true;
    file.describes(section);
    if (!file.hasRoom(missing.length)) return this.#next(now(), true);
    this.#format.note(section);
    await this.#attempt(() => file.target.write(missing, 0));
    return true;
  }

  /** Ends the file, with the rest of the capture's statistics if it is the last. */
  async #finish(stats: CaptureStats | undefined, until = now()): Promise<void> {
    const file = this.#file;
    const section = this.#section;
    if (file === undefined || section === undefined) return;
    this.#file = undefined;
    const { target, opened, first, last } = file;
    try {
      if (!this.#failed) {
        const counted =
          stats === undefined
            ? this.#tally.take(section.interfaces.length)
            : this.#tally.takeRest(stats);
        const figures =
          this.#options.recording === undefined ? counted : recordingFigures(counted, section);
        const span = { startedAt: file.startedAt, endedAt: stats?.endedAt ?? until };
        await this.#attempt(async () => {
          if (this.#options.live) await target.write(this.#format.end(section, figures, span), 0);
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

  async #attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  #countUnwritten({ bytes, section }: PacketBatch, from: number): void {
    const cursor = new PacketCursor();
    cursor.reset(bytes.subarray(from), section);
    while (cursor.next()) this.#unwritten++;
  }
}
