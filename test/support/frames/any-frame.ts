import fc from 'fast-check';

import { Random } from '../../../src/sim/random.js';
import { ALL_FRAMES } from './all.js';
import { nestedAtRandom } from './nested.js';

const knownFrame = fc.constantFrom(...ALL_FRAMES.flatMap(({ frames }) => Object.values(frames)));

/** A known frame with a piece of it repeated, and the lengths in its headers to match. */
const grownFrame = fc
  .tuple(
    knownFrame,
    fc.nat(),
    fc.integer({ min: 1, max: 64 }),
    fc.integer({ min: 1, max: 500 }),
    fc.integer({ min: 0, max: 8 }),
  )
  .map(([original, place, length, times, tail]) => {
    const at = place % original.length;
    const part = original.subarray(at, at + length);
    const parts = new Array<Uint8Array>(times).fill(part);
    const bytes = Buffer.concat([original.subarray(0, at), ...parts, original.subarray(-1 - tail)]);
    setLengths(bytes);
    return bytes;
  });

/** Those of IP and UDP after an Ethernet header without tags, and without options of IP. */
function setLengths(frame: Buffer): void {
  if (frame.length < 62) return;
  const type = frame.readUInt16BE(12);
  if (type === 0x0800) {
    frame.writeUInt16BE(frame.length - 14, 16);
    if (frame[23] === 17) frame.writeUInt16BE(frame.length - 34, 38);
  } else if (type === 0x86dd) {
    frame.writeUInt16BE(frame.length - 54, 18);
    if (frame[20] === 17) frame.writeUInt16BE(frame.length - 54, 58);
  }
}

const nestedFrame = fc
  .tuple(fc.nat(), fc.integer({ min: 34, max: 9000 }))
  .map(([seed, size]) => nestedAtRandom(size, new Random(seed)));

/** A known frame with some bytes changed, one made of known frames, or random bytes. */
export const anyFrame = fc.oneof(
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 18,
    arbitrary: fc
      .tuple(
        fc.oneof(
          { weight: 30, arbitrary: knownFrame },
          { weight: 5, arbitrary: grownFrame },
          { weight: 1, arbitrary: nestedFrame },
        ),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([original, changes, tail]) => {
        const bytes = new Uint8Array(original.length + tail.length);
        bytes.set(original);
        bytes.set(tail, original.length);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      }),
  },
);
