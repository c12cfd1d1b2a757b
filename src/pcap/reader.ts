import os from 'node:os';

import type { NativeSelection } from '../binding.js';
import { MAX_BLOCK_LENGTH, MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import type { PcapFile } from './header.js';

/** Bytes of the most that records can grow by when they become enhanced packet blocks. */
export function convertedLimit(recordBytes: number): number {
  // The worst is a record of one byte: 17 become 36.
  return Math.ceil((recordBytes * 36) / 17);
}

export interface Conversion {
  /** Bytes of records that were taken. */
  readonly consumed: number;
  /** Bytes of blocks that they became. */
  readonly produced: number;
  readonly packetCount: number;
  /** Of these, the ones whose time is none: its fraction is a second or more. */
  readonly timeless: number;
  /** Why it stopped: the next record has `needed` bytes, more than there are; or is damaged. */
  readonly stop: { readonly needed: number } | { readonly reason: string };
}

/**
 * Makes enhanced packet blocks of the records from `from` to `end`, as many as are whole, in the
 * file's byte order and of interface 0; of those that `selection` wants, and `limit` of these at the
 * most. Packets are cut to the file's snapshot length. The blocks go to `out` of the same memory,
 * between which and `from` there are `convertedLimit(end - from)` bytes.
 */
export function convertRecords(
  memory: Uint8Array,
  { from, end, out }: { from: number; end: number; out: number },
  file: PcapFile,
  selection: NativeSelection,
  limit: number,
): Conversion {
  const snapshotLength = file.snapshotLength || MAX_SNAPSHOT_LENGTH;
  const { needed, tooLong, ...counts } = selection.convert(
    memory,
    from,
    end,
    out,
    {
      swapped: (os.endianness() === 'LE') !== (file.byteOrder === 'little'),
      ticksPerSecond: file.ticksPerSecond,
      longestPacket: Math.min(Math.max(snapshotLength, MAX_SNAPSHOT_LENGTH), MAX_BLOCK_LENGTH / 2),
      snapshotLength,
      recordHeaderLength: file.recordHeaderLength,
      lengthOrder: file.lengthOrder,
      linkType: file.linkType,
    },
    limit,
  );
  const stop = tooLong > 0 ? { reason: `a packet of ${tooLong} bytes` } : { needed };
  return { ...counts, stop };
}
