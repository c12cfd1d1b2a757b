import { describe, it } from 'node:test';

import type { FrameSet } from './frames/frame-set.js';
import { withoutKnownDifferences } from './known-differences.js';
import { mutatedFrames } from './mutate.js';
import type { TestPacket } from './pcap.js';
import { assertSameAsTcpdump, cutAtEveryLength } from './tcpdump.js';

/**
 * Tests that frames are shown as the installed tcpdump shows them, whole and cut at every length,
 * with every option that changes what is shown.
 */
export function describeAsTcpdump(set: FrameSet): void {
  const all = Object.values(set.frames);
  describe(`${set.title}, as tcpdump shows it`, () => {
    compare('whole', whole(all), set);
    compare('cut at every length', cutAtEveryLength(all), set);
  });
}

/** The same of frames too long to be cut at every length. */
export function describeWholeAsTcpdump(set: FrameSet): void {
  describe(`${set.title}, as tcpdump shows it`, () => {
    compare('whole', whole(Object.values(set.frames)), set);
  });
}

const MUTATIONS = 3000;

/**
 * The same for frames with bytes after the first `from` changed at random; not those at the
 * offsets `kept`, that would make them a protocol that nmcap does not decode.
 */
export function describeMutatedAsTcpdump(
  set: FrameSet,
  from: number,
  kept: readonly number[] = [],
): void {
  const frames = Object.values(set.frames).filter(({ length }) => length > from);
  describe(`${set.title}, as tcpdump shows it`, () => {
    compare('mutated', mutatedFrames(frames, from, MUTATIONS, kept), set);
  });
}

function whole(frames: readonly Uint8Array[]): TestPacket[] {
  return frames.map((bytes) => ({ bytes }));
}

function compare(
  what: string,
  packets: readonly TestPacket[],
  { linkType, variants }: FrameSet,
): void {
  const compared = withoutKnownDifferences(packets, linkType);
  for (const [flags, options] of Object.entries(variants)) {
    it(`${what}, ${flags}`, () => {
      assertSameAsTcpdump(compared, options, linkType);
    });
  }
}
