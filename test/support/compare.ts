import { describe, it } from 'node:test';

import { assertSameAsTcpdump, cutAtEveryLength } from './tcpdump.js';
import { VARIANTS } from './variants.js';

/** Frames under the names that a failure shows. */
export type Frames = Readonly<Record<string, Uint8Array>>;

/**
 * Tests that the frames are shown as the installed tcpdump shows them, whole and cut at every
 * length, with every option that changes what is shown.
 */
export function describeAsTcpdump(title: string, frames: Frames, linkType = 1): void {
  const all = Object.values(frames);
  describe(`${title}, as tcpdump shows it`, () => {
    for (const [flags, options] of Object.entries(VARIANTS)) {
      it(`whole, ${flags}`, () => {
        assertSameAsTcpdump(
          all.map((bytes) => ({ bytes })),
          options,
          linkType,
        );
      });
      it(`cut at every length, ${flags}`, () => {
        assertSameAsTcpdump(cutAtEveryLength(all), options, linkType);
      });
    }
  });
}
