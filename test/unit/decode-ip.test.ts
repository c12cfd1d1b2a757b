import { describeAsTcpdump } from '../support/compare.js';
import { IP_FRAMES } from '../support/frames/ip.js';

IP_FRAMES.forEach(describeAsTcpdump);
