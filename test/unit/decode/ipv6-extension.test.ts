import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPV6_EXTENSION_AT, IPV6_EXTENSION_FRAMES } from '../../support/frames/ipv6-extension.js';
import { MOBILITY_AT, MOBILITY_FRAMES } from '../../support/frames/mobility.js';

describeAsTcpdump(IPV6_EXTENSION_FRAMES);
describeMutatedAsTcpdump(IPV6_EXTENSION_FRAMES, IPV6_EXTENSION_AT);

describeAsTcpdump(MOBILITY_FRAMES);
describeMutatedAsTcpdump(MOBILITY_FRAMES, MOBILITY_AT);
