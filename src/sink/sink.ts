import type { FileState } from '../output.js';
import type { PacketBatch, RecordingEnded, SegmentEnded, Triggered } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { SegmentWriter } from '../source.js';
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
  /** The statistics so far, for a sink that writes them from time to time; between begin() and end(). */
  note?(stats: CaptureStats): void;
}

/** A sink that counts the packets it has dealt with. */
export interface PacketSink extends Sink {
  /** Packets that it is finished with; those still on their way out are not counted. */
  readonly packets: number;
  /** The file on a disk that it is writing, as it is by now. */
  readonly file?: FileState | undefined;
  /** Whether its file gets the batches unchanged, so that the source may write them itself. */
  readonly copiesBatches?: boolean;
  /** Makes the source write the file, after begin() has settled; only where `copiesBatches`. */
  handOver?(writer: SegmentWriter): void;
  /** The source has written that many packets. */
  addWritten?(packetCount: number): void;
  /** The source has finished a file: gives it the next one, or stops it. */
  segmentEnded?(ended: SegmentEnded): Promise<void>;
  /** Ends the file that is being written, and begins the next one. */
  switchNow?(): void;
  /** Whether compressing has taken longer than writing. */
  readonly waitsForCompression?: boolean;
  /** Packets that arrived after the sink had reached its limit. */
  readonly unwritten?: number;
  /** Where the sink has to do something at a time, packets or not: all before `until` were written. */
  quiet?(until: number): Promise<void>;
  /** A flight recorder was triggered: the packets that follow go into a file of their own. */
  triggered?(trigger: Triggered): void;
  /** Ends that file. */
  recordingEnded?(recording: RecordingEnded): Promise<void>;
}
