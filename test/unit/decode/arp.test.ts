import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { ARP_FRAMES } from '../../support/frames/arp.js';

describeAsTcpdump(ARP_FRAMES);
describeMutatedAsTcpdump(ARP_FRAMES, 14, [14, 15]);
