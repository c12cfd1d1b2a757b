import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPV4_KEPT } from '../../support/frames/ipv4.js';
import { UDP_FRAMES } from '../../support/frames/udp.js';

describeAsTcpdump(UDP_FRAMES);
describeMutatedAsTcpdump(UDP_FRAMES, 14, IPV4_KEPT);
