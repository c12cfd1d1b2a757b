import type { Section } from './pcapng/section.js';
import type { CaptureStats } from './stats/stats.js';

/** Where packets come from: a monitor or a savefile. */
export interface Source {
  /** The first, where a savefile has several: a batch says which it belongs to. */
  readonly section: Section;
  /**
   * The packets, in batches. Ends when the source does, or soon after `signal` is aborted; what was
   * taken from the rings until then is still handed out. Every batch must be released.
   */
  batches(signal: AbortSignal): AsyncIterable<Batch>;
  /**
   * To be called before batches(), by a sink that would write the batches as they are to this file or
   * device, where nobody else needs their bytes: the source writes them itself. Of these, batches()
   * yields no more than the packets' number; what could not be written comes as ever.
   */
  writeTo?(descriptor: number): void;
  /** The accounts so far; final once batches() has ended. */
  stats(): CaptureStats;
  close(): void;
}

/**
 * Whole pcapng blocks of one section: the packets as enhanced packet blocks. Batches of a savefile
 * may hold other blocks between them (statistics, names, what nmcap does not know), but no section
 * header and no interface description: the section has these. A batch without a block tells that
 * a section has begun, that more interfaces have come to it, or that the source has written packets
 * itself.
 */
export interface Batch {
  readonly bytes: Uint8Array;
  readonly packetCount: number;
  readonly section: Section;
  /** Gives the bytes back; nothing may read them after. */
  release(): void;
}
