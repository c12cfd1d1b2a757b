import { describeAsTcpdump } from '../support/compare.js';
import { TUNNEL_FRAMES } from '../support/frames/tunnel.js';

TUNNEL_FRAMES.forEach(describeAsTcpdump);
