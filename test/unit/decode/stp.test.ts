import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { BPDU_AT, STP_FRAMES } from '../../support/frames/stp.js';

describeAsTcpdump(STP_FRAMES);
describeMutatedAsTcpdump(STP_FRAMES, BPDU_AT);
