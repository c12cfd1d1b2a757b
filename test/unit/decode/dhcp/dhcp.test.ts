import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { DHCP_AT, DHCP_FRAMES, EVERY_DHCP_OPTION } from '../../../support/frames/dhcp.js';

describeWholeAsTcpdump(EVERY_DHCP_OPTION);
DHCP_FRAMES.forEach(describeAsTcpdump);
for (const frames of DHCP_FRAMES) describeMutatedAsTcpdump(frames, DHCP_AT);
