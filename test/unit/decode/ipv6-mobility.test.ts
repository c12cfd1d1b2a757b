import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { MOBILITY_AT, MOBILITY_FRAMES } from '../../support/frames/mobility.js';

describeAsTcpdump(MOBILITY_FRAMES);
describeMutatedAsTcpdump(MOBILITY_FRAMES, MOBILITY_AT);
