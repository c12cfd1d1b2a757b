import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { DVMRP_FRAMES } from '../../../support/frames/dvmrp.js';
import { IGMP_AT, IGMP_FRAMES } from '../../../support/frames/igmp.js';
import { PIM1_FRAMES, PIM1_SHORT_FRAMES } from '../../../support/frames/pim1.js';

for (const frames of [IGMP_FRAMES, DVMRP_FRAMES, PIM1_FRAMES]) {
  describeAsTcpdump(frames);
  describeMutatedAsTcpdump(frames, IGMP_AT);
}
describeWholeAsTcpdump(PIM1_SHORT_FRAMES);
