import type { Section } from '../pcapng/section.js';
import type { Batch } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';

/** Where packets go: a savefile, the terminal, a table. */
export interface Sink {
  /**
   * `stop` ends the capture: for a sink that fails while none of its methods is at work. The next one
   * throws why.
   */
  begin(section: Section, stop: () => void): Promise<void> | void;
  /**
   * Done with the batch's bytes when it returns, or when its promise settles. What it has made of
   * them may still be on its way out.
   */
  write(batch: Batch): Promise<void> | void;
  end(stats: CaptureStats): Promise<void> | void;
}

/** A sink that knows what has become of the packets. */
export interface PacketSink extends Sink {
  /** Packets that it is done with: those that are still on their way out are none of them. */
  readonly packets: number;
}
