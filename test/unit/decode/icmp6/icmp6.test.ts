import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { ICMP6_AT, ICMP6_FRAMES } from '../../../support/frames/icmp6.js';
import { RARE_ICMP6_FRAMES } from '../../../support/frames/icmp6-rare.js';

for (const frames of [...ICMP6_FRAMES, ...RARE_ICMP6_FRAMES]) {
  describeAsTcpdump(frames);
  describeMutatedAsTcpdump(frames, ICMP6_AT);
}
