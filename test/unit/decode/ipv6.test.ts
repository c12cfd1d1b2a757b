import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPV6_FRAMES } from '../../support/frames/ipv6.js';

describeAsTcpdump(IPV6_FRAMES);
describeMutatedAsTcpdump(IPV6_FRAMES, 14, [14, 20, 54, 55, 56, 57]);
