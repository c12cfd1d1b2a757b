import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import {
  EVERY_TCP_OPTION,
  TCP_OPTION_FRAMES,
  TCP_OPTIONS_AT,
} from '../../../support/frames/tcp-options.js';

describeWholeAsTcpdump(EVERY_TCP_OPTION);
describeAsTcpdump(TCP_OPTION_FRAMES);
describeMutatedAsTcpdump(TCP_OPTION_FRAMES, TCP_OPTIONS_AT);
