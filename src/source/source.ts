import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from './stats.js';

/** Where packets come from: a monitor or a savefile. */
export interface Source {
  readonly section: Section;
  /**
   * The packets, in batches. Ends when the source does, or soon after `signal` is aborted; what was
   * taken from the rings until then is still handed out. Every batch must be released.
   */
  batches(signal: AbortSignal): AsyncIterable<Batch>;
  /** The accounts so far; final once batches() has ended. */
  stats(): CaptureStats;
  close(): void;
}

/** Whole pcapng packet blocks of one section, and nothing else. */
export interface Batch {
  readonly bytes: Uint8Array;
  readonly packetCount: number;
  readonly section: Section;
  /** Gives the bytes back; nothing may read them after. */
  release(): void;
}
