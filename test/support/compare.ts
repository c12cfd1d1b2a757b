import { describe, it } from 'node:test';

import { assertSameAsTcpdump, cutAtEveryLength } from './tcpdump.js';
import { VARIANTS } from './variants.js';

/** Frames under the names that a failure shows. */
export type Frames = Readonly<Record<string, Uint8Array>>;

interface Comparison {
  readonly linkType?: number;
  /** The options to compare with; all that change what is shown unless it says otherwise. */
  readonly variants?: typeof VARIANTS;
}

/**
 * Tests that the frames are shown as the installed tcpdump shows them, whole and cut at every
 * length, with every option that changes what is shown.
 */
export function describeAsTcpdump(
  title: string,
  frames: Frames,
  { linkType = 1, variants = VARIANTS }: Comparison = {},
): void {
  const all = Object.values(frames);
  const whole = all.map((bytes) => ({ bytes }));
  describe(`${title}, as tcpdump shows it`, () => {
    for (const [flags, options] of Object.entries(variants)) {
      it(`whole, ${flags}`, () => {
        assertSameAsTcpdump(whole, options, linkType);
      });
      it(`cut at every length, ${flags}`, () => {
        assertSameAsTcpdump(cutAtEveryLength(all), options, linkType);
      });
    }
  });
}
