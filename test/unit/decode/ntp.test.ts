import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { NTP_FRAMES } from '../../support/frames/ntp.js';

describeAsTcpdump(NTP_FRAMES);
describeMutatedAsTcpdump(NTP_FRAMES, 38);
