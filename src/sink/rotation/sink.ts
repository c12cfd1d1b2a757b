import type { FileState } from '../../output.js';
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
import { now, type SeriesFile } from './file.js';
import type { FileSource } from './files.js';
import type { FileFormat } from './format.js';
import type { SeriesOptions } from './options.js';
import { triggerLine } from './recording.js';
import { FileSequence } from './sequence.js';

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
 * Divides packets among files that follow one another, each complete by itself. Where files are of
 * pcapng and nobody else needs the packets, the source writes them, and this has it go on to the next.
 */
export class SeriesSink implements PacketSink {
  readonly #sequence: FileSequence;
  readonly #format: FileFormat;
  readonly #options: SeriesOptions;
  readonly #cursor = new PacketCursor();
  #writer: SegmentWriter | undefined;
  /** Packets that the source has written to the file that is open. */
  #announced = 0;
  #unwritten = 0;
  #switchRequested = false;

  constructor(files: FileSource, format: FileFormat, options: SeriesOptions) {
    this.#sequence = new FileSequence(files, format, options);
    this.#format = format;
    this.#options = options;
  }

  get packets(): number {
    return this.#sequence.packets + this.#announced;
  }

  get file(): FileState | undefined {
    return this.#sequence.state;
  }

  get waitsForCompression(): boolean {
    return this.#sequence.waitsForCompression;
  }

  /** Packets that arrived after the last file had ended. */
  get unwritten(): number {
    return this.#unwritten;
  }

  async begin(section: Section, stop: () => void): Promise<void> {
    this.#sequence.begin(section, stop);
    if (this.#beginsByClock) await this.#sequence.open(now());
  }

  get copiesBatches(): boolean {
    return this.#format.isPlain && this.#beginsByClock;
  }

  /** Other files begin with packets: those of a savefile, or around a trigger. */
  get #beginsByClock(): boolean {
    return this.#options.live && this.#options.recording === undefined;
  }

  handOver(writer: SegmentWriter): void {
    const { file } = this.#sequence;
    if (file === undefined) return;
    this.#writer = writer;
    // Not while the source waits for its next file.
    this.#sequence.removesLater = true;
    writer.writeTo(file.segment());
  }

  addWritten(packetCount: number): void {
    this.#announced += packetCount;
  }

  async segmentEnded({ reason, figures }: SegmentEnded): Promise<void> {
    const sequence = this.#sequence;
    this.#takeOver(figures);
    const endsAt = reason === 'time' ? (sequence.file?.opened.endsAt ?? 0) : 0;
    // This clock has only milliseconds.
    await this.#next(figures.next ?? Math.max(now(), endsAt), reason === 'full');
    if (sequence.file === undefined) {
      this.#writer?.stop();
    } else {
      this.#writer?.writeTo(sequence.file.segment());
      sequence.removeOld();
    }
  }

  async quiet(until: number): Promise<void> {
    const { file } = this.#sequence;
    if (file === undefined) return;
    if (this.#switchRequested || !file.reaches(until)) await this.#next(until, false);
  }

  /** Ends the file now, whatever it holds, if another one follows. */
  switchNow(): void {
    if (!this.#sequence.goesOn) return;
    if (this.#writer === undefined) this.#switchRequested = true;
    else this.#writer.endSegment();
  }

  triggered(trigger: Triggered): void {
    this.#options.recording?.announce(triggerLine(trigger));
  }

  async recordingEnded({ until }: RecordingEnded): Promise<void> {
    const { file, isOver } = this.#sequence;
    if (file === undefined) {
      if (!isOver) this.#options.recording?.announce('no packet came: there is no file');
      return;
    }
    this.#switchRequested = false;
    const isLast = await this.#sequence.end(false, until);
    if (!isLast) {
      this.#options.recording?.announce(`${file.opened.path} is complete: armed again`);
    }
  }

  async write(batch: PacketBatch): Promise<void> {
    const sequence = this.#sequence;
    this.#endHandOver();
    if (sequence.isOver) {
      this.#countUnwritten(batch, 0);
      return;
    }
    sequence.section = batch.section;
    if (batch.countsBefore !== undefined) sequence.tally.passOver(batch.countsBefore);
    if (!(await this.#describe(batch.section))) {
      this.#countUnwritten(batch, 0);
      return;
    }
    if (await this.#writeWhole(batch)) return;
    if (!(await this.#writePackets(batch))) return;
    if (batch.counts !== undefined) sequence.tally.reach(batch.counts);
  }

  async end(stats: CaptureStats): Promise<void> {
    if (this.#writer !== undefined && !this.#sequence.isOver) {
      this.#takeOver(this.#writer.figures());
    }
    await this.#sequence.finish(stats);
  }

  /** The source could not go on, or was stopped, and yields packets again: its figures are final. */
  #endHandOver(): void {
    if (this.#writer === undefined) return;
    const figures = this.#writer.figures();
    this.#writer = undefined;
    this.#sequence.removesLater = false;
    this.#takeOver(figures);
    if (figures !== undefined) this.#sequence.refuse(figures);
  }

  #takeOver(figures: SegmentFigures | undefined): void {
    this.#announced = 0;
    if (figures !== undefined) this.#sequence.takeOver(figures);
  }

  /** As the sequence does; a file that begins meanwhile is as good as one that was asked for. */
  async #describe(section: Section): Promise<boolean> {
    const { file } = this.#sequence;
    const goesOn = await this.#sequence.describe(section);
    if (this.#sequence.file !== file) this.#switchRequested = false;
    return goesOn;
  }

  /** Whether a live batch is in the file as it is, of which all of its packets may become part. */
  async #writeWhole(batch: PacketBatch): Promise<boolean> {
    const { bytes, packetCount, counts } = batch;
    if (counts === undefined || bytes.length === 0 || !this.#format.isPlain) return false;
    const sequence = this.#sequence;
    const first = firstTime(batch);
    const last = lastTime(batch);
    const file = sequence.file ?? (await sequence.open(first));
    if (this.#switchRequested || !file.reaches(last) || !file.hasRoom(bytes.length)) return false;
    await sequence.write(bytes, packetCount);
    file.note(first);
    file.note(last);
    sequence.tally.reach(counts);
    return true;
  }

  /** Packet by packet, each into the file that it belongs to; false once the last file is over. */
  async #writePackets(batch: PacketBatch): Promise<boolean> {
    const sequence = this.#sequence;
    const cursor = this.#cursor;
    cursor.reset(batch.bytes, batch.section);
    const run: Run = { start: 0, end: 0, packets: 0, length: 0 };
    while (cursor.next()) {
      const time = timeOf(cursor);
      const file = sequence.file ?? (await sequence.open(time));
      const length = this.#format.unitLength(cursor, run.end);
      const goesOn = file.reaches(time) && !this.#switchRequested;
      if (!goesOn || !(await this.#fits(file, batch, run, length))) {
        await this.#flush(batch, run);
        if (!(await this.#next(time, goesOn))) {
          this.#countUnwritten(batch, run.end);
          return false;
        }
      }
      (sequence.file ?? file).note(time);
      run.end = cursor.blockEnd;
      run.packets++;
      run.length += length;
      sequence.tally.add(cursor.interfaceId);
      if (run.length >= MOST_WAITING) await this.#flush(batch, run);
    }
    await this.#writeRest(batch, run);
    return true;
  }

  /** Whether the next unit fits; a file's first packet always does. */
  async #fits(file: SeriesFile, batch: PacketBatch, run: Run, length: number): Promise<boolean> {
    if (file.limit === Infinity || file.first === undefined) return true;
    if (file.hasRoom(run.length + length)) return true;
    // What is waiting may compress to less than its bound.
    await this.#flush(batch, run);
    await this.#sequence.flush();
    return file.hasRoom(length);
  }

  /** Writes a run, after which another one begins. */
  async #flush(batch: PacketBatch, run: Run): Promise<void> {
    const { start, end, packets, length } = run;
    if (end > start) {
      const bytes = batch.bytes.subarray(start, end);
      const units = this.#format.units({ ...batch, bytes, packetCount: packets }, length);
      await this.#sequence.write(units, packets);
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
      const file = this.#sequence.file ?? (await this.#sequence.open(now()));
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
  #next(time: number, isFull: boolean): Promise<boolean> {
    this.#switchRequested = false;
    return this.#sequence.next(time, isFull);
  }

  #countUnwritten({ bytes, section }: PacketBatch, from: number): void {
    const cursor = new PacketCursor();
    cursor.reset(bytes.subarray(from), section);
    while (cursor.next()) this.#unwritten++;
  }
}
