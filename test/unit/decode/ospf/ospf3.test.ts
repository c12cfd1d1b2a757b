import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { OSPF3_AT, OSPF3_FRAMES } from '../../../support/frames/ospf3.js';

OSPF3_FRAMES.forEach(describeAsTcpdump);
for (const frames of OSPF3_FRAMES) describeMutatedAsTcpdump(frames, OSPF3_AT);
