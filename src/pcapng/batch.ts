import type { Section } from './section.js';

/** What a source yields: packets, or what has become of those that it writes to a file itself. */
export type Batch = PacketBatch | WrittenCount | SegmentEnded | Quiet | Triggered | RecordingEnded;

/**
 * Whole pcapng blocks of one section: the packets as enhanced or simple packet blocks. Batches of a
 * savefile may hold other blocks between them (statistics, names, blocks that nmcap does not know), but no
 * section header and no interface description: those are in `section`. A batch without blocks
 * announces that a section has begun, or that its list of interfaces has grown.
 */
export interface PacketBatch {
  readonly kind: 'packets';
  readonly bytes: Uint8Array;
  readonly packetCount: number;
  readonly section: Section;
  /** What a live capture has counted up to the end of the batch, by interface. */
  readonly counts?: readonly InterfaceCounts[] | undefined;
  /** The same up to its beginning, where packets before it were passed over. */
  readonly countsBefore?: readonly InterfaceCounts[] | undefined;
  /** Releases the bytes, which must not be read afterwards. */
  release(): void;
}

export interface WrittenCount {
  readonly kind: 'written';
  readonly packetCount: number;
}

/** No further packet goes into the file that the source writes: it is given another one. */
export interface SegmentEnded {
  readonly kind: 'segment-ended';
  /** Another packet had no room, or was of a later time, or somebody asked for it. */
  readonly reason: 'full' | 'time' | 'asked';
  readonly figures: SegmentFigures;
}

/** All packets of before that time have been yielded. */
export interface Quiet {
  readonly kind: 'quiet';
  /** Microseconds since 1970. */
  readonly until: number;
}

/** A flight recorder was triggered: packets follow. */
export interface Triggered {
  readonly kind: 'triggered';
  /** Microseconds since 1970. */
  readonly time: number;
  readonly bySignal: boolean;
}

/** No further packet belongs to what the last trigger was for. */
export interface RecordingEnded {
  readonly kind: 'recording-ended';
  /** Microseconds since 1970: later packets do not belong to it. */
  readonly until: number;
}

/** Of a capture so far, both directions. */
export interface InterfaceCounts {
  /** Frames taken from the rings. */
  readonly seen: number;
  /** Of these, the ones that the filter passed. */
  readonly passed: number;
  /** Of these, the ones that were thrown away. */
  readonly discarded: number;
}

/** What has gone into a file that the source writes itself. Times: microseconds since 1970. */
export interface SegmentFigures {
  readonly packets: number;
  /** On disk. */
  readonly bytes: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Of the packet that is the first of the next file, where there is one already. */
  readonly next: number | undefined;
  /** Seconds that were spent on it. */
  readonly compressing: number;
  readonly writing: number;
  /** Of the write that failed, such as `ENOSPC`. */
  readonly error: string | undefined;
  /** Interfaces that the file describes. */
  readonly interfaceCount: number;
  /** Of the whole capture up to the end of the file, by interface. */
  readonly counts: readonly InterfaceCounts[];
}
