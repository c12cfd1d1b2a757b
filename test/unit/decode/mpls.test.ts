import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { MPLS_FRAMES } from '../../support/frames/mpls.js';

/** Of what the labels carry: its version, protocols and ports. */
const KEPT = [23, 24, 27, 35];

describeAsTcpdump(MPLS_FRAMES);
describeMutatedAsTcpdump(MPLS_FRAMES, 14, KEPT);
