import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { EVERY_LINK_PART, OSPF_AT, OSPF_FRAMES } from '../../../support/frames/ospf.js';

describeWholeAsTcpdump(EVERY_LINK_PART);
OSPF_FRAMES.forEach(describeAsTcpdump);
for (const frames of OSPF_FRAMES) describeMutatedAsTcpdump(frames, OSPF_AT);
