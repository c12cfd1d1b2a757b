import { bytes, ethernet, hex, IP6, ipv6, ipv6Address, tcp, udp } from '../packet.js';
import { frameSet } from './frame-set.js';

export const IPV6_FRAMES = frameSet('IPv6', {
  udp: ethernet(IP6, ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'data'))),
  classAndFlow: ethernet(
    IP6,
    ipv6({ nextHeader: 17, trafficClass: 0xb8, flowLabel: 0x12345 }, udp({ version: 6 }, 'data')),
  ),
  addresses: ethernet(IP6, ipv6({ nextHeader: 253, source: '::', destination: '::1' }, 'data')),
  mapped: ethernet(
    IP6,
    ipv6({ nextHeader: 59, source: '::ffff:a00:1', destination: '::a00:1' }, 'data'),
  ),
  zeros: ethernet(
    IP6,
    ipv6({ nextHeader: 59, source: '1:0:0:2:0:0:0:3', destination: '1:0:2:0:3:0:4:0' }, ''),
  ),
  trailing: ethernet(
    IP6,
    ipv6({ nextHeader: 59, source: '2001:db8::', destination: '1:0:0:2:3:0:0:4' }, ''),
  ),
  version: ethernet(IP6, bytes(0x50, ipv6({ nextHeader: 17 }, 'x').subarray(1))),
  tooLong: ethernet(IP6, ipv6({ nextHeader: 17, payloadLength: 100 }, udp({ version: 6 }, 'x'))),
  short: ethernet(IP6, ipv6({ nextHeader: 17, payloadLength: 9 }, udp({ version: 6 }, 'xyz'))),
  zeroLength: ethernet(IP6, ipv6({ nextHeader: 17, payloadLength: 0 }, udp({ version: 6 }, 'x'))),
  icmp4: ethernet(IP6, ipv6({ nextHeader: 1 }, 'data')),
  hopByHop: ethernet(
    IP6,
    ipv6({ nextHeader: 0 }, bytes(hex('1100 05020000 0100'), udp({ version: 6 }, 'data'))),
  ),
  hopByHopKinds: ethernet(
    IP6,
    ipv6(
      { nextHeader: 0 },
      bytes(hex('1101 00 0101 00 c2040001 0000 1e020304 00'), udp({ version: 6 }, '')),
    ),
  ),
  hopByHopTwice: ethernet(
    IP6,
    ipv6({ nextHeader: 0 }, bytes(hex('0000 010400000000'), hex('1100 010400000000'), udp({}, ''))),
  ),
  hopByHopLate: ethernet(
    IP6,
    ipv6(
      { nextHeader: 60 },
      bytes(hex('0000 010400000000'), hex('1100 010400000000'), udp({}, '')),
    ),
  ),
  hopByHopBad: ethernet(IP6, ipv6({ nextHeader: 0 }, hex('1100 01ff00000000'))),
  routerAlertBad: ethernet(IP6, ipv6({ nextHeader: 0 }, hex('1100 050300000000'))),
  jumboAbsent: ethernet(IP6, ipv6({ nextHeader: 0, payloadLength: 0 }, hex('1100 010400000000'))),
  jumbo: ethernet(
    IP6,
    ipv6({ nextHeader: 0, payloadLength: 0 }, bytes(hex('1100 c20400010001'), udp({}, 'data'))),
  ),
  jumboSmall: ethernet(
    IP6,
    ipv6({ nextHeader: 0, payloadLength: 0 }, bytes(hex('1100 c20400000001'), udp({}, 'data'))),
  ),
  destination: ethernet(
    IP6,
    ipv6(
      { nextHeader: 60 },
      bytes(
        hex('1103 0102 0000 c910'),
        ipv6Address('2001:db8::5'),
        hex('c204000000ff 0000'),
        udp({ version: 6 }, ''),
      ),
    ),
  ),
  homeAddress: ethernet(
    IP6,
    ipv6(
      { nextHeader: 60 },
      bytes(
        hex('1102 c914'),
        ipv6Address('2001:db8::5'),
        hex('010205 00'),
        udp({ version: 6 }, ''),
      ),
    ),
  ),
  fragmentFirst: ethernet(
    IP6,
    ipv6(
      { nextHeader: 44 },
      bytes(hex('1100 0001 12345678'), udp({ version: 6, length: 2000 }, 'data')),
    ),
  ),
  fragmentLater: ethernet(IP6, ipv6({ nextHeader: 44 }, hex('1100 05a9 12345678 010203'))),
  fragmentWrong: ethernet(
    IP6,
    ipv6({ nextHeader: 44, payloadLength: 4 }, hex('1100 05a9 12345678')),
  ),
  routing0: ethernet(
    IP6,
    ipv6(
      { nextHeader: 43 },
      bytes(hex('1102 0001 00000000'), ipv6Address('2001:db8::9'), udp({ version: 6 }, 'data')),
    ),
  ),
  routing2: ethernet(
    IP6,
    ipv6(
      { nextHeader: 43 },
      bytes(hex('1102 0201 0000abcd'), ipv6Address('2001:db8::9'), udp({ version: 6 }, 'data')),
    ),
  ),
  segments: ethernet(
    IP6,
    ipv6(
      { nextHeader: 43 },
      bytes(
        hex('1104 0401 01 08 0007'),
        ipv6Address('2001:db8::9'),
        ipv6Address('2001:db8::a'),
        udp({ version: 6 }, 'data'),
      ),
    ),
  ),
  routingOdd: ethernet(IP6, ipv6({ nextHeader: 43 }, hex('1101 0001 00000000 0000000000000000'))),
  routingUnknown: ethernet(IP6, ipv6({ nextHeader: 43 }, hex('1100 0901 00000000'))),
  mobilityBehindOptions: ethernet(
    IP6,
    ipv6({ nextHeader: 60 }, hex('8700 010400000000 3b01 0600 1234 0080 0007 0e10 0000 0000')),
  ),
  tcp: ethernet(IP6, ipv6({ nextHeader: 6 }, tcp({ version: 6, flags: 0x18 }, 'data'))),
});
