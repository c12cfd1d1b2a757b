import { describe, it } from 'node:test';

import type { FrameSet } from './frames/frame-set.js';
import { assertSameAsTcpdump, cutAtEveryLength } from './tcpdump.js';

/**
 * Tests that frames are shown as the installed tcpdump shows them, whole and cut at every length,
 * with every option that changes what is shown.
 */
export function describeAsTcpdump({ title, frames, linkType, variants }: FrameSet): void {
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
