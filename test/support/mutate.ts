import { Random } from '../../src/sim/random.js';
import type { TestPacket } from './pcap.js';

/** What is most likely to be a length, a count or a type that decoders treat specially. */
const LIKELY = [0, 1, 2, 3, 4, 6, 8, 0x20, 0x7f, 0x80, 0xff] as const;

/**
 * `count` copies of the frames, each with up to four bytes after the first `from` changed, except
 * those at the offsets `kept`, and every third cut off somewhere after them. The same at every run.
 */
export function mutatedFrames(
  frames: readonly Uint8Array[],
  from: number,
  count: number,
  kept: readonly number[] = [],
): TestPacket[] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, index) => {
    const original = frames[index % frames.length] ?? new Uint8Array(from + 1);
    const bytes = Uint8Array.from(original);
    for (let changes = random.between(1, 4); changes > 0; changes--) {
      const value = random.between(0, 1) === 0 ? random.pick(LIKELY) : random.between(0, 255);
      const at = random.between(from, bytes.length - 1);
      if (!kept.includes(at)) bytes[at] = value;
    }
    const isCut = random.between(0, 2) === 0;
    const captured = isCut ? random.between(from + 1, bytes.length) : bytes.length;
    return { bytes: bytes.subarray(0, captured), originalLength: bytes.length };
  });
}
