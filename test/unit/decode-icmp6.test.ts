import { describeAsTcpdump } from '../support/compare.js';
import { ICMP6_FRAMES } from '../support/frames/icmp6.js';

ICMP6_FRAMES.forEach(describeAsTcpdump);
