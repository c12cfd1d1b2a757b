import type { TestPacket } from './pcap.js';
import { PLAIN_OPTIONS, summaryTexts } from './tcpdump.js';

/**
 * What shows that a packet is one of those of which tcpdump 4.99.3 has it wrong: the rows of
 * docs/summaries.md that are the wire's. test/unit/decode/known-differences.test.ts has the right lines.
 */
const MARKS: readonly RegExp[] = [
  / \[was 0, presumed (TSO|BIG TCP)\]/,
  /Flags \[[A-Z.]*e\]/,
  /frag \([^)]*\|-\d+\) \(invalid\)/,
  / \[!?RST\+? /,
  /\.8472: .*VXLAN/,
  /[. ]6081 > (?!\S+\.6081: )/,
  /IPv6-Only-Preferred|Auto-Config/,
  // NTP's second era begins in February 2036.
  /\((20[4-9]\d|203[6-9]|210\d)-\d\d-\d\dT/,
];

/** The packets that tcpdump is expected to show as nmcap does. */
export function withoutKnownDifferences(
  packets: readonly TestPacket[],
  linkType = 1,
): readonly TestPacket[] {
  // A packet that is cut off may be shown further without -v.
  const short = summaryTexts(packets, PLAIN_OPTIONS, linkType);
  const long = summaryTexts(packets, { ...PLAIN_OPTIONS, verbosity: 3 }, linkType);
  return packets.filter((_, index) => {
    const text = `${short[index]}${long[index]}`;
    return !MARKS.some((mark) => mark.test(text));
  });
}
