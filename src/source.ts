import type { Batch } from './pcapng/batch.js';
import type { Section } from './pcapng/section.js';
import type { CaptureStats } from './stats/stats.js';

/** Where packets come from: a monitor or a savefile. `Yield` is the type of its batches. */
export interface Source<Yield extends Batch = Batch> {
  /** The first section; each batch refers to its own, as a savefile may have several. */
  readonly section: Section;
  /**
   * The packets, in batches. Ends with the source, or soon after `signal` is aborted; frames taken
   * from the rings by then are still yielded. Every batch of packets must be released.
   */
  batches(signal: AbortSignal): AsyncIterable<Yield>;
  /**
   * Makes the source write its batches to this file or device itself. To be called before batches(),
   * and only where nothing else needs the packets: batches() then yields counts of what has been
   * written, and packets only after a write has failed.
   */
  writeTo?(descriptor: number): void;
  /** Frames so far that took the filter too many steps, and so did not pass. */
  filterOverruns?(): number;
  /** The statistics so far; final once batches() has ended. */
  stats(): CaptureStats;
  close(): void;
}
