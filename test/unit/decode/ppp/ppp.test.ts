import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import {
  EVERY_PPP_OPTION,
  PPP_DATA_AT,
  PPP_FRAMES,
  PPP_SESSION_FRAMES,
} from '../../../support/frames/ppp.js';

describeWholeAsTcpdump(EVERY_PPP_OPTION);
PPP_FRAMES.forEach(describeAsTcpdump);
for (const frames of PPP_SESSION_FRAMES) describeMutatedAsTcpdump(frames, PPP_DATA_AT);
