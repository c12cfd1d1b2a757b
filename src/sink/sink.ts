import type { PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from '../stats/stats.js';

/** Where packets go: a savefile, the terminal, a count. */
export interface Sink {
  /**
   * `stop` ends the capture, for a sink that fails while none of its methods is running. The next
   * method called throws the error.
   */
  begin(section: Section, stop: () => void): Promise<void> | void;
  /**
   * Does not use the batch's bytes after it has returned or its promise has settled. The output made
   * from them may still be on its way.
   */
  write(batch: PacketBatch): Promise<void> | void;
  end(stats: CaptureStats): Promise<void> | void;
}

/** A sink that counts the packets it has dealt with. */
export interface PacketSink extends Sink {
  /** Packets that it is finished with; those still on their way out are not counted. */
  readonly packets: number;
  /**
   * The file to which batches are written unchanged, so that the source may do it itself once begin()
   * has settled. Undefined where the sink needs to see every packet.
   */
  readonly descriptor?: number | undefined;
  /** The source has written that many packets to `descriptor`. */
  addWritten?(packetCount: number): void;
}
