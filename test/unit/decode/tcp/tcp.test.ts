import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { IPV4_KEPT } from '../../../support/frames/ipv4.js';
import { TCP_FRAMES } from '../../../support/frames/tcp.js';

describeAsTcpdump(TCP_FRAMES);
describeMutatedAsTcpdump(TCP_FRAMES, 14, IPV4_KEPT);
