import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { SLL_FRAMES, SLL2_FRAMES } from '../../support/frames/sll.js';

describeAsTcpdump(SLL_FRAMES);
describeMutatedAsTcpdump(SLL_FRAMES, 0, [14, 15, 25, 29]);

describeAsTcpdump(SLL2_FRAMES);
// The interface is kept too: its name would be one of this machine's.
describeMutatedAsTcpdump(SLL2_FRAMES, 0, [0, 1, 4, 5, 6, 7, 26, 29]);
