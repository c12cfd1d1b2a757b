import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { EVERY_LINK_PART, OSPF_AT, OSPF_FRAMES } from '../../../support/frames/ospf.js';
import { OSPF3_AT, OSPF3_FRAMES } from '../../../support/frames/ospf3.js';

describeWholeAsTcpdump(EVERY_LINK_PART);

OSPF_FRAMES.forEach(describeAsTcpdump);
for (const frames of OSPF_FRAMES) describeMutatedAsTcpdump(frames, OSPF_AT);

OSPF3_FRAMES.forEach(describeAsTcpdump);
for (const frames of OSPF3_FRAMES) describeMutatedAsTcpdump(frames, OSPF3_AT);
