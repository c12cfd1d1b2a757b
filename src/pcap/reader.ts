import { BLOCK_OVERHEAD, BlockType, EPB_HEADER, LONGEST_BLOCK, padded } from '../pcapng/block.js';
import { type PcapHeader, RECORD_HEADER_LENGTH } from './header.js';

/** Bytes of the most that records can grow by when they become enhanced packet blocks. */
export function convertedLimit(recordBytes: number): number {
  // The worst is a record of one byte: 17 become 36.
  return Math.ceil((recordBytes * 36) / 17);
}

/** Bytes of the longest packet: no link that libpcap captures on has longer ones (MAXIMUM_SNAPLEN). */
const LONGEST_PACKET = 262144;

export interface Conversion {
  /** Bytes of records that were converted. */
  readonly consumed: number;
  /** Bytes of blocks that they became. */
  readonly produced: number;
  readonly packetCount: number;
  /** Why it stopped: the next record has `needed` bytes, more than there are; or is damaged. */
  readonly stop: { readonly needed: number } | { readonly reason: string };
}

/**
 * Makes enhanced packet blocks of the records from `from` to `end`, as many as are whole, in the
 * file's byte order and of interface 0. The blocks go to `out` of the same memory, where
 * `convertedLimit(end - from)` bytes are free: within one array, copyWithin moves the data at half
 * the cost of set(), which wants a subarray for every packet.
 */
export function convertRecords(
  memory: Uint8Array,
  { from, end, out }: { from: number; end: number; out: number },
  { byteOrder, ticksPerSecond, snapshotLength }: PcapHeader,
): Conversion {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const little = byteOrder === 'little';
  const longest = Math.min(Math.max(snapshotLength, LONGEST_PACKET), LONGEST_BLOCK / 2);
  let at = from;
  let to = out;
  let packetCount = 0;
  let stop: Conversion['stop'] = { needed: RECORD_HEADER_LENGTH };
  while (at + RECORD_HEADER_LENGTH <= end) {
    const capturedLength = view.getUint32(at + 8, little);
    if (capturedLength > longest) {
      stop = { reason: `a packet of ${capturedLength} bytes` };
      break;
    }
    const next = at + RECORD_HEADER_LENGTH + capturedLength;
    if (next > end) {
      stop = { needed: next - at };
      break;
    }
    const blockLength = BLOCK_OVERHEAD + (EPB_HEADER - 8) + padded(capturedLength);
    const seconds = view.getUint32(at, little);
    // Ticks since 1970 in two 32-bit halves: nanoseconds are beyond what a double holds exactly, so
    // the seconds are multiplied by 16 bits at a time.
    const upper = (seconds >>> 16) * ticksPerSecond;
    const lower =
      (seconds & 0xffff) * ticksPerSecond +
      view.getUint32(at + 4, little) +
      (upper & 0xffff) * 0x10000;
    // Zeros for the padding: whatever is not padding is written over them.
    view.setUint32(to + blockLength - 8, 0, little);
    view.setUint32(to, BlockType.EnhancedPacket, little);
    view.setUint32(to + 4, blockLength, little);
    view.setUint32(to + 8, 0, little);
    view.setUint32(
      to + 12,
      Math.floor(upper / 0x10000) + Math.floor(lower / 0x1_0000_0000),
      little,
    );
    view.setUint32(to + 16, lower >>> 0, little);
    view.setUint32(to + 20, capturedLength, little);
    view.setUint32(to + 24, view.getUint32(at + 12, little), little);
    memory.copyWithin(to + EPB_HEADER, at + RECORD_HEADER_LENGTH, next);
    view.setUint32(to + blockLength - 4, blockLength, little);
    to += blockLength;
    at = next;
    packetCount++;
  }
  return { consumed: at - from, produced: to - out, packetCount, stop };
}
