import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { GRE_FRAMES } from '../../support/frames/gre.js';

/** The protocols of the datagrams that are carried. */
const KEPT = [47, 67];

describeAsTcpdump(GRE_FRAMES);
describeMutatedAsTcpdump(GRE_FRAMES, 34, KEPT);
