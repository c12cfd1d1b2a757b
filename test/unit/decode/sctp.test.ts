import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { SCTP_AT, SCTP_FRAMES } from '../../support/frames/sctp.js';

SCTP_FRAMES.forEach(describeAsTcpdump);
for (const frames of SCTP_FRAMES) describeMutatedAsTcpdump(frames, SCTP_AT);
