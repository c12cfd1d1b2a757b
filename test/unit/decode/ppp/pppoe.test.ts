import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { PPPOE_FRAMES } from '../../../support/frames/pppoe.js';

/** Of what PPP carries: its version and protocol. */
const KEPT = [27, 28, 30, 33];

describeAsTcpdump(PPPOE_FRAMES);
describeMutatedAsTcpdump(PPPOE_FRAMES, 14, KEPT);
