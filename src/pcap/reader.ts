import os from 'node:os';

import type { NativeSelection } from '../binding.js';
import { MAX_BLOCK_LENGTH, MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import type { PcapFile } from './header.js';

/** The most bytes that records can take as enhanced packet blocks. */
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
  /** Of these, those without a time: its fraction is a second or more. */
  readonly timeless: number;
  /** Why it stopped: the next record has `needed` bytes, more than there are; or is damaged. */
  readonly stop: { readonly needed: number } | { readonly reason: string };
}

/**
 * Converts the whole records from `from` to `end` that `selection` wants, at most `limit` of them, to
 * enhanced packet blocks of interface 0 in the file's byte order. Packets are cut to the file's snapshot
 * length. The blocks go to `out` in the same memory, at least `convertedLimit(end - from)` bytes before
 * `from`.
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
