import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../../support/compare.js';
import { MPTCP_AT, MPTCP_FRAMES } from '../../../support/frames/mptcp.js';

describeAsTcpdump(MPTCP_FRAMES);
describeMutatedAsTcpdump(MPTCP_FRAMES, MPTCP_AT);
