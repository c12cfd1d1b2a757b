import type { Section } from './section.js';

/** What a source yields: packets, or the number of packets that it has written to a file itself. */
export type Batch = PacketBatch | WrittenCount;

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
  /** Releases the bytes, which must not be read afterwards. */
  release(): void;
}

export interface WrittenCount {
  readonly kind: 'written';
  readonly packetCount: number;
}
