import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { VXLAN_FRAMES } from '../../support/frames/vxlan.js';

/** Of the frame that is carried: its protocols and ports. */
const KEPT = [59, 73, 85];

describeAsTcpdump(VXLAN_FRAMES);
describeMutatedAsTcpdump(VXLAN_FRAMES, 38, KEPT);
