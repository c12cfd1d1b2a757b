import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { IGMP_AT, IGMP_FRAMES } from '../../../support/frames/igmp.js';

describeAsTcpdump(IGMP_FRAMES);
describeMutatedAsTcpdump(IGMP_FRAMES, IGMP_AT);
