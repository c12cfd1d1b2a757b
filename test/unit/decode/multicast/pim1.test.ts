import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { IGMP_AT } from '../../../support/frames/igmp.js';
import { PIM1_FRAMES, PIM1_SHORT_FRAMES } from '../../../support/frames/pim1.js';

describeAsTcpdump(PIM1_FRAMES);
describeMutatedAsTcpdump(PIM1_FRAMES, IGMP_AT);
describeWholeAsTcpdump(PIM1_SHORT_FRAMES);
