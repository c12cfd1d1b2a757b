import type { PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from '../stats/stats.js';

/** Where packets go: a savefile, the terminal, a count. */
export interface Sink {
  /**
   * `stop` ends the capture: for a sink that fails while none of its methods is running. The next
   * call of one throws the reason.
   */
  begin(section: Section, stop: () => void): Promise<void> | void;
  /**
   * Finished with the batch's bytes when it returns, or when its promise settles. What it made of
   * them may still be on its way out.
   */
  write(batch: PacketBatch): Promise<void> | void;
  end(stats: CaptureStats): Promise<void> | void;
}

/** A sink that knows what has become of the packets. */
export interface PacketSink extends Sink {
  /** Packets that it has finished with: those still on their way out are not counted. */
  readonly packets: number;
  /**
   * The file that batches are written to as they are, which the source may then do itself; known
   * once begin() has settled. Undefined where the sink has to see every packet.
   */
  readonly descriptor?: number | undefined;
  /** The source has written that many packets to `descriptor`. */
  addWritten?(packetCount: number): void;
}
