import { describeAsTcpdump } from '../support/compare.js';
import { OTHER_FRAMES } from '../support/frames/other.js';

OTHER_FRAMES.forEach(describeAsTcpdump);
