import { bytes, ethernet, hex, ipv4, ipv6, withChecksum } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

/** Bytes of Ethernet and IP in front of what is here. */
export const IGMP_AT = 34;

function overIp(payload: Uint8Array): Uint8Array {
  return ethernet(0x0800, ipv4({ protocol: 2, ttl: 1 }, payload));
}

/** A message, which gets its checksum; parts that are texts are hexadecimal. */
export function igmp(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const message = bytes(...parts.map((part) => (typeof part === 'string' ? hex(part) : part)));
  return overIp(withChecksum(message, 2));
}

const SOURCES = '0a000005 0a000006';
const ADDRESS = 'e8010203';

export const IGMP_FRAMES: FrameSet = frameSet('IGMP', {
  query1: igmp('1100 0000 00000000'),
  query1Group: igmp('1100 0000', ADDRESS),
  query2: igmp('1164 0000 e0000001'),
  query2Time: igmp('1132 0000 00000000'),
  query2Long: igmp('1132 0000 00000000 0000'),
  query3: igmp('1164 0000 00000000 02 7d 0000'),
  query3Group: igmp('1118 0000 e8010203 0a 7d 0002', SOURCES),
  query3Slow: igmp('11ff 0000 e8010203 0a 7d 0000'),
  query3Minute: igmp('11a3 0000 e8010203 0a 7d 0000'),
  query3Wrong: igmp('1164 0000 e8010203 0a 7d 0009'),
  query3Odd: overIp(hex('1164 0000 e8010203 0a 7d 0000 01')),
  report1: igmp('1200 0000', ADDRESS),
  report1Long: igmp('1200 0000 e8010203 00000000'),
  report2: igmp('1600 0000', ADDRESS),
  leave: igmp('1700 0000', ADDRESS),
  badChecksum: overIp(hex('1700 1234 e8010203')),
  report3: igmp(
    '2200 0000 0000 0003 04000000 e8010203 01000002 e8010204',
    SOURCES,
    '09000000 e8010205',
  ),
  report3All: igmp(
    '2200 0000 0000 0006',
    ...[1, 2, 3, 4, 5, 6].map((type) => `0${type}000000 e801020${type}`),
  ),
  report3Short: igmp('2200 0000 0000 0002 04000000 e8010203'),
  report3Wrong: igmp('2200 0000 0000 0001 04000009 e8010203'),
  report3Tiny: igmp('2200 0000 0000 0001'),
  trace: igmp('1f00 0000 e8010203', SOURCES, 'e0000002 20 000007'),
  traceResponse: igmp('1e00 0000 e8010203', SOURCES, '0a000002 20 000007'),
  traceHops: igmp(
    '1e02 0000 e8010203',
    SOURCES,
    '0a000002 20 000007',
    '01020304 0a000001 0a000002 0a000003 00000001 00000002 00000003 03 01 20 00',
  ),
  traceShort: igmp('1f00 0000', ADDRESS),
  dvmrpShort: igmp('1301 0000 0000'),
  unknown: igmp('3000 0000', ADDRESS),
  tiny: overIp(hex('16')),
  overIpv6: ethernet(0x86dd, ipv6({ nextHeader: 2 }, hex('1700 0000 e8010203'))),
});
