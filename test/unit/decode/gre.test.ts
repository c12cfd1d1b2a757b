import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { TUNNEL_FRAMES } from '../../support/frames/tunnel.js';

TUNNEL_FRAMES.forEach(describeAsTcpdump);

/** Where the tunnel's header begins, and behind it what says which protocol follows, by title. */
const MUTATED: Readonly<Record<string, readonly [from: number, kept: readonly number[]]>> = {
  MPLS: [14, [23, 24, 27, 35]],
  GRE: [34, [47, 67]],
  'VXLAN and Geneve': [38, [59, 73, 85]],
  IPsec: [34, [34]],
  PPPoE: [14, [27, 28, 30, 33]],
};

for (const frames of TUNNEL_FRAMES) {
  const [from, kept] = MUTATED[frames.title] ?? [14, []];
  describeMutatedAsTcpdump(frames, from, kept);
}
