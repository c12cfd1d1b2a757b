import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { ICMP_FRAMES } from '../../../support/frames/icmp.js';
import { IPV4_KEPT } from '../../../support/frames/ipv4.js';

describeAsTcpdump(ICMP_FRAMES);
// Those of the quoted datagram too.
describeMutatedAsTcpdump(ICMP_FRAMES, 14, [...IPV4_KEPT, 51, 62, 63, 64, 65]);
