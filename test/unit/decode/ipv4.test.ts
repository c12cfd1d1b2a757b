import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPV4_FRAMES, IPV4_KEPT } from '../../support/frames/ipv4.js';

describeAsTcpdump(IPV4_FRAMES);
describeMutatedAsTcpdump(IPV4_FRAMES, 14, IPV4_KEPT);
