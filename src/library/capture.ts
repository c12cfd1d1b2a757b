import type { PacketCursor } from '../pcapng/cursor.js';
import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from '../stats/stats.js';

/**
 * An open source of packets: a monitor or a savefile. It is read once, by iterating over its batches or
 * by writeTo(); when that ends, however it ends, the source is closed. Where it is not read at all,
 * close(), `using` or `await using` closes it.
 *
 * The iteration ends with the source, with a limit, or soon after the signal given at opening is aborted.
 *
 * @throws NmcapError while it is being read: NM_DRAIN_FAILED for a monitor that ends though its port is
 *   there; NM_BAD_SAVEFILE, after everything before the damaged place; NM_INPUT; NM_USAGE where it is
 *   read for a second time or was closed before
 */
export interface Capture extends AsyncIterable<Batch, undefined>, Disposable, AsyncDisposable {
  /** The first section: byte order and interfaces. Batches of a savefile may be of later ones. */
  readonly section: Section;
  /** Frames so far that took the filter more than {@link filterStepLimit} steps, and so did not pass. */
  readonly filterOverruns: number;
  /** The statistics so far; final once the capture has ended. */
  stats(): CaptureStats;
  /**
   * Writes all packets to outputs that were opened for this capture, until it ends; then every output
   * is complete and closed. A pcapng file that is the only output is written by native code, without
   * JavaScript for each packet or batch.
   *
   * @throws NmcapError what ended it: the errors of reading; NM_DISK_FULL, NM_OUTPUT, or NM_BROKEN_PIPE
   *   where the reader of a pipe has gone. The outputs are complete up to there nevertheless.
   */
  writeTo(outputs: Outputs): Promise<void>;
  /** Ends the reading, and with it the lifetime of the batch at hand. It may be called several times. */
  close(): void;
}

/** Monitors on netmap ports. */
export interface Monitor extends Capture {
  /** The ports' names as they were given. */
  readonly name: string;
  /** What netmap is known not to do for such monitors, a line each. */
  readonly limitations: readonly string[];
  /** Whether an application has left for good: the capture has ended, or goes on without its port. */
  readonly hasLostPorts: boolean;
  /** Whether packets are handed on only around what triggers. */
  readonly isRecorder: boolean;
  /** Triggers the flight recorder, if it is one. */
  trigger(): void;
  /** Frames so far that took the trigger's filter too many steps, and so did not trigger. */
  readonly triggerOverruns: number;
}

/** A savefile that is being read. */
export type Savefile = Capture;

/**
 * Packets that follow one another, about a megabyte of them, or fewer where no more have come.
 *
 * A batch is lent: its bytes, and what the cursor shows of them, are valid until the next step of the
 * iteration, or close(). The memory is then filled with other packets. Copy what is to be kept.
 */
export interface Batch {
  /** Stands before the batch's first packet. It is the same cursor for all batches. */
  readonly packets: PacketCursor;
  /** At least one. */
  readonly packetCount: number;
  /**
   * Whole pcapng blocks in the section's byte order: enhanced and simple packet blocks and, from a
   * savefile, others that are neither section headers nor interface descriptions.
   */
  readonly bytes: Uint8Array;
  /** What the packets refer to. Its list of interfaces may grow while a capture goes on. */
  readonly section: Section;
  /** What triggered a flight recorder, in the first batch of each recording. */
  readonly trigger?: Trigger | undefined;
}

/** What made a flight recorder hand on its packets. */
export interface Trigger {
  /** Of the packet that triggered or the call of trigger(); microseconds since 1970. */
  readonly time: number;
  /** Whether it was trigger() rather than a packet. */
  readonly byCall: boolean;
}

/** A file that is being written. */
export interface OpenFile {
  /** Its path, as it was given or made from the template. */
  readonly name: string;
  /** On disk by now. */
  readonly bytes: number;
}

/** Outputs that are open. They are complete, and closed, when writeTo() has settled. */
export interface Outputs extends Disposable {
  /** Packets that have reached every output; without one for packets, those read. */
  readonly written: number;
  /** Packets that passed the filter but came after the last file that there was to be. */
  readonly unwritten: number;
  /** Whether compressing the files has taken longer than writing them. */
  readonly waitsForCompression: boolean;
  /** The file on a disk that is being written; undefined while there is none. */
  readonly file: OpenFile | undefined;
  /** Ends the files that are being written, and begins the next ones, where others follow. */
  switchFiles(): void;
  /** Writes these statistics to outputs of statistics that take `lines`. */
  note(stats: CaptureStats): void;
  /** Closes outputs that nothing has been written to. */
  close(): void;
}
