import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { VRRP_AT, VRRP_FRAMES, VRRP6_AT, VRRP6_FRAMES } from '../../support/frames/vrrp.js';

for (const frames of VRRP_FRAMES) {
  describeAsTcpdump(frames);
  describeMutatedAsTcpdump(frames, VRRP_AT);
}
for (const frames of VRRP6_FRAMES) {
  describeAsTcpdump(frames);
  describeMutatedAsTcpdump(frames, VRRP6_AT);
}
