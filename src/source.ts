import type { Batch } from './pcapng/batch.js';
import type { Section } from './pcapng/section.js';
import type { CaptureStats } from './stats/stats.js';

/** Where packets come from: a monitor or a savefile. `Yield`: what its batches are. */
export interface Source<Yield extends Batch = Batch> {
  /** The first section, where a savefile has several: each batch names its own. */
  readonly section: Section;
  /**
   * The packets, in batches. Ends when the source does, or soon after `signal` is aborted; what was
   * taken from the rings until then is still handed out. Every batch of packets must be released.
   */
  batches(signal: AbortSignal): AsyncIterable<Yield>;
  /**
   * Makes the source write its batches to this file or device itself. Call it before batches(), and
   * only where nothing else needs the packets' bytes: batches() then yields counts of what was
   * written, and packets only once a write has failed.
   */
  writeTo?(descriptor: number): void;
  /** The statistics so far; final once batches() has ended. */
  stats(): CaptureStats;
  close(): void;
}
