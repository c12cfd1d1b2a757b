import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { DNS_FRAMES } from '../../../support/frames/dns.js';

DNS_FRAMES.forEach(describeAsTcpdump);

/** Behind the ports. */
const DNS_AT = 38;

for (const frames of DNS_FRAMES) describeMutatedAsTcpdump(frames, DNS_AT);
