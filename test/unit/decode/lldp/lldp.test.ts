import {
  describeAsTcpdump,
  describeMutatedAsTcpdump,
  describeWholeAsTcpdump,
} from '../../../support/compare.js';
import { EVERY_LLDP_TLV, LLDP_AT, LLDP_FRAMES } from '../../../support/frames/lldp.js';

describeWholeAsTcpdump(EVERY_LLDP_TLV);
LLDP_FRAMES.forEach(describeAsTcpdump);
for (const frames of LLDP_FRAMES) describeMutatedAsTcpdump(frames, LLDP_AT);
