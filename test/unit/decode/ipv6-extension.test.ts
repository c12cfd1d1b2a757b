import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { IPV6_EXTENSION_AT, IPV6_EXTENSION_FRAMES } from '../../support/frames/ipv6-extension.js';

describeAsTcpdump(IPV6_EXTENSION_FRAMES);
describeMutatedAsTcpdump(IPV6_EXTENSION_FRAMES, IPV6_EXTENSION_AT);
