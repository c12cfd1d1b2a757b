import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { M3UA_FRAMES, SCTP_AT } from '../../support/frames/sctp.js';

describeAsTcpdump(M3UA_FRAMES);
describeMutatedAsTcpdump(M3UA_FRAMES, SCTP_AT);
