import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { DVMRP_FRAMES } from '../../../support/frames/dvmrp.js';
import { IGMP_AT } from '../../../support/frames/igmp.js';

describeAsTcpdump(DVMRP_FRAMES);
describeMutatedAsTcpdump(DVMRP_FRAMES, IGMP_AT);
