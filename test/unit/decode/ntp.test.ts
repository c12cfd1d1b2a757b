import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { OTHER_FRAMES } from '../../support/frames/other.js';

OTHER_FRAMES.forEach(describeAsTcpdump);

/** Where the header begins, and behind it what says which protocol follows, by title. */
const MUTATED: Readonly<Record<string, readonly [from: number, kept: readonly number[]]>> = {
  NTP: [38, []],
  'Raw IP': [0, [0, 6, 9, 20, 21, 22, 23]],
  'BSD loopback': [0, [3, 10, 13]],
  'Linux cooked captures': [0, [14, 15, 25, 29]],
  // The interface too, whose name would be that of this machine.
  'Linux cooked captures, version 2': [0, [0, 1, 4, 5, 6, 7, 26, 29]],
};

for (const frames of OTHER_FRAMES) {
  const mutated = MUTATED[frames.title];
  if (mutated !== undefined) describeMutatedAsTcpdump(frames, ...mutated);
}
