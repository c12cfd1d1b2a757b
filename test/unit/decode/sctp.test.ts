import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { SCTP_AT, SCTP_FRAMES } from '../../support/frames/sctp.js';

describeAsTcpdump(SCTP_FRAMES);
describeMutatedAsTcpdump(SCTP_FRAMES, SCTP_AT);
