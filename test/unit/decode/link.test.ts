import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import {
  LOOPBACK_FRAMES,
  RAW_IP_FRAMES,
  UNSUPPORTED_LINK_FRAMES,
} from '../../support/frames/link.js';

describeAsTcpdump(RAW_IP_FRAMES);
describeMutatedAsTcpdump(RAW_IP_FRAMES, 0, [0, 6, 9, 20, 21, 22, 23]);

describeAsTcpdump(LOOPBACK_FRAMES);
describeMutatedAsTcpdump(LOOPBACK_FRAMES, 0, [3, 10, 13]);

describeAsTcpdump(UNSUPPORTED_LINK_FRAMES);
