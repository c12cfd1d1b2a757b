import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPSEC_FRAMES } from '../../support/frames/ipsec.js';

/** The next header after AH. */
const KEPT = [34];

describeAsTcpdump(IPSEC_FRAMES);
describeMutatedAsTcpdump(IPSEC_FRAMES, 34, KEPT);
