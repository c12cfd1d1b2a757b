import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import {
  PIM_AT,
  PIM_FRAMES,
  PIM_REGISTER_FRAMES,
  PIM6_AT,
  PIM6_FRAMES,
  REGISTERED_PROTOCOLS,
} from '../../../support/frames/pim.js';
import { EVERY_PIM_OPTION, PIM_SHORT_FRAMES } from '../../../support/frames/pim-short.js';

for (const frames of PIM_FRAMES) {
  describeAsTcpdump(frames);
  describeMutatedAsTcpdump(frames, PIM_AT);
}
describeAsTcpdump(PIM6_FRAMES);
describeMutatedAsTcpdump(PIM6_FRAMES, PIM6_AT);
describeAsTcpdump(PIM_REGISTER_FRAMES);
describeMutatedAsTcpdump(PIM_REGISTER_FRAMES, PIM_AT, REGISTERED_PROTOCOLS);
describeWholeAsTcpdump(EVERY_PIM_OPTION);
describeWholeAsTcpdump(PIM_SHORT_FRAMES);
