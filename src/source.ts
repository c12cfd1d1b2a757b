import type { NativeCompressor } from './binding.js';
import type { Batch, SegmentFigures } from './pcapng/batch.js';
import type { Section } from './pcapng/section.js';
import type { CaptureStats } from './stats/stats.js';

/** Where packets come from: a monitor or a savefile. `Yield` is the type of its batches. */
export interface Source<Yield extends Batch = Batch> {
  /** The first section; each batch refers to its own, as a savefile may have several. */
  readonly section: Section;
  /**
   * The packets, in batches. Ends with the source, or soon after `signal` is aborted; frames taken
   * from the rings by then are still yielded. Every batch of packets must be released.
   * `reportQuiet`: a live source also yields when no packets come for a moment.
   */
  batches(signal: AbortSignal, reportQuiet?: boolean): AsyncIterable<Yield>;
  /** Where the source can write its batches to a file itself. */
  readonly writer?: SegmentWriter;
  /** Frames so far that took the filter too many steps, and so did not pass. */
  filterOverruns?(): number;
  /** The statistics so far; final once batches() has ended. */
  stats(): CaptureStats;
  close(): void;
}

/**
 * Writes a source's batches to a file or device. To be used before batches(), and only where nothing
 * else needs the packets' bytes: batches() then yields counts of what was written and the ends of
 * files, and packets only once a write has failed or stop() was called.
 */
export interface SegmentWriter {
  /**
   * Before writeTo() for the first time, and before any file is emptied: it fails where the system has
   * no thread for the writing. Without writeTo(), batches() yields packets nevertheless.
   */
  prepare(): void;
  /** The first file, or the one after another that has ended. */
  writeTo(segment: Segment): void;
  /** Ends the file soon. */
  endSegment(): void;
  /** No file follows the one that has ended. */
  stop(): void;
  /** Of the last file, once batches() has yielded packets or ended; undefined where none was given. */
  figures(): SegmentFigures | undefined;
}

/** A file to be written, and what may go into it. */
export interface Segment {
  readonly descriptor: number;
  /** The most bytes on disk; a first packet may be larger. */
  readonly bytesLeft?: number | undefined;
  /** In use for the file already. */
  readonly compressor?: NativeCompressor | undefined;
  /** Packets of this time, microseconds since 1970, or later ones belong to the next file. */
  readonly endsAt?: number | undefined;
  /** Interfaces that it describes already. */
  readonly interfaceCount: number;
}
