import { describeAsTcpdump } from '../support/compare.js';
import { DNS_FRAMES } from '../support/frames/dns.js';

DNS_FRAMES.forEach(describeAsTcpdump);
