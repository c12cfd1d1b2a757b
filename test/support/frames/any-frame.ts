import fc from 'fast-check';

import { ALL_FRAMES } from './all.js';

const frame = fc.constantFrom(...ALL_FRAMES.flatMap(({ frames }) => Object.values(frames)));

/** A known frame with some bytes changed, or none of it known. */
export const anyFrame = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 9,
    arbitrary: fc
      .tuple(
        frame,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([original, changes, tail]) => {
        const bytes = Uint8Array.from([...original, ...tail]);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      }),
  },
);
