import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { ETHERNET_FRAMES } from '../../support/frames/ethernet.js';

describeAsTcpdump(ETHERNET_FRAMES);
describeMutatedAsTcpdump(ETHERNET_FRAMES, 14, [14, 15, 16, 17, 20, 21]);
