import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { GENEVE_FRAMES } from '../../support/frames/geneve.js';

/** Of the frame that is carried: its protocols and ports. */
const KEPT = [59, 73, 85];

describeAsTcpdump(GENEVE_FRAMES);
describeMutatedAsTcpdump(GENEVE_FRAMES, 38, KEPT);
