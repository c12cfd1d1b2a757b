import { bytes, ethernet, hex, icmp6, ipv6, ipv6Address, tcp, u16, u32, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const ICMP6_FRAMES: FrameSet[] = [];

/** Where the messages begin: after the headers of Ethernet and IPv6. */
export const ICMP6_AT = 54;

export function icmp6Frame(
  type: number,
  code: number,
  header: Uint8Array,
  rest: Uint8Array = bytes(),
) {
  return ethernet(0x86dd, ipv6({ nextHeader: 58 }, icmp6(type, code, header, rest)));
}

const ZERO = u32(0);
const TARGET = ipv6Address('2001:db8::42');
const QUOTED = ipv6({ nextHeader: 17 }, udp({ version: 6, destination: 53 }, 'data'));
const QUOTED_TCP = ipv6({ nextHeader: 6 }, tcp({ version: 6, destination: 80 }));
const QUOTED_EXTENSIONS = ipv6(
  { nextHeader: 0 },
  bytes(
    hex('2c00 010400000000'),
    hex('3300 0000 12345678'),
    hex('1104 0000 00000001 00000002 000000000000000000000000'),
    udp({ version: 6 }, ''),
  ),
);

ICMP6_FRAMES.push(
  frameSet('ICMPv6 errors and echo', {
    ...Object.fromEntries(
      Array.from({ length: 7 }, (_, code) => [
        `unreachable ${code}`,
        icmp6Frame(1, code, ZERO, QUOTED),
      ]),
    ),
    tcpPort: icmp6Frame(1, 4, ZERO, QUOTED_TCP),
    extensions: icmp6Frame(1, 4, ZERO, QUOTED_EXTENSIONS),
    noPort: icmp6Frame(1, 4, ZERO, ipv6({ nextHeader: 59 }, 'data')),
    tooBig: icmp6Frame(2, 0, u32(1280), QUOTED),
    exceeded: icmp6Frame(3, 0, ZERO, QUOTED),
    reassembly: icmp6Frame(3, 1, ZERO, QUOTED),
    exceededOther: icmp6Frame(3, 2, ZERO, QUOTED),
    ...Object.fromEntries(
      Array.from({ length: 5 }, (_, code) => [
        `parameter ${code}`,
        icmp6Frame(4, code, u32(6), QUOTED),
      ]),
    ),
    echo: icmp6Frame(128, 0, u16(7, 1), hex('01020304')),
    reply: icmp6Frame(129, 0, u16(7, 1), hex('01020304')),
    badChecksum: ethernet(0x86dd, ipv6({ nextHeader: 58 }, hex('8000 1234 00010002 03'))),
    empty: ethernet(0x86dd, ipv6({ nextHeader: 58 }, '')),
    unknown: icmp6Frame(99, 1, ZERO, hex('0102030405060708090a0b0c0d0e0f101112')),
    mtrace: icmp6Frame(200, 0, ZERO, hex('010203')),
  }),
);

const OPTIONS = bytes(
  hex('0101 0200 0000 0001'),
  hex('0201 0200 0000 00ff'),
  hex('0304 40e0 00015180 ffffffff 00000000'),
  ipv6Address('2001:db8:1::'),
  hex('0501 0000 000005dc'),
  hex('0701 0000 00000bb8'),
  hex('0801 0000 0001 0708'),
  hex('1803 4008 00000708'),
  ipv6Address('2001:db8:2::'),
  hex('1802 2018 00000708 20010db800030000'),
  hex('1801 0010 ffffffff'),
  hex('1905 0000 0000003c'),
  ipv6Address('2001:db8::53'),
  ipv6Address('2001:db8::54'),
  hex('1f04 0000 0000003c 0765 7861 6d70 6c65 036f 7267 0003 6e65 7400 0000 0000'),
);

ICMP6_FRAMES.push(
  frameSet('Neighbour discovery', {
    routerSolicitation: icmp6Frame(133, 0, ZERO, hex('0101 020000000001')),
    routerAdvertisement: icmp6Frame(134, 0, hex('40ca 0708'), bytes(u32(30000, 1000), OPTIONS)),
    low: icmp6Frame(134, 0, hex('4018 0000'), u32(0, 0)),
    solicitation: icmp6Frame(135, 0, ZERO, bytes(TARGET, hex('0101 020000000001'))),
    solicitationPlain: icmp6Frame(135, 0, ZERO, TARGET),
    advertisement: icmp6Frame(136, 0, u32(0xe0000000), bytes(TARGET, hex('0201 020000000001'))),
    redirect: icmp6Frame(
      137,
      0,
      ZERO,
      bytes(TARGET, ipv6Address('2001:db8::43'), hex('0402 000000000000 0102030405060708')),
    ),
    optionEmpty: icmp6Frame(135, 0, ZERO, bytes(TARGET, hex('0100 020000000001'))),
    optionLong: icmp6Frame(135, 0, ZERO, bytes(TARGET, hex('0105 020000000001'))),
    optionUnknown: icmp6Frame(
      135,
      0,
      ZERO,
      bytes(TARGET, hex('0e01 010203040506'), hex('0101 020000000001')),
    ),
    mtuLong: icmp6Frame(
      134,
      0,
      hex('40c0 0708'),
      bytes(u32(0, 0), hex('0502 0000 000005dc 0000000000000000')),
    ),
    prefixShort: icmp6Frame(
      134,
      0,
      hex('40c0 0708'),
      bytes(u32(0, 0), hex('0302 40c0 00015180 00000000 00000000')),
    ),
    routeLong: icmp6Frame(
      134,
      0,
      hex('40c0 0708'),
      bytes(u32(0, 0), hex('1804 40c0 00015180'), new Uint8Array(24)),
    ),
    inverse: icmp6Frame(141, 0, ZERO, TARGET),
    inverseAdvertisement: icmp6Frame(142, 0, ZERO, TARGET),
  }),
);

const SOURCES = bytes(ipv6Address('2001:db8::1'), ipv6Address('2001:db8::2'));

ICMP6_FRAMES.push(
  frameSet('Multicast listener discovery', {
    query: icmp6Frame(130, 0, u16(10000, 0), ipv6Address('::')),
    report: icmp6Frame(131, 0, u16(0, 0), ipv6Address('ff02::1:3')),
    done: icmp6Frame(132, 0, u16(0, 0), ipv6Address('ff02::1:3')),
    queryShort: icmp6Frame(130, 0, u16(0, 0), hex('01020304')),
    query2: icmp6Frame(
      130,
      0,
      u16(0x9123, 0),
      bytes(ipv6Address('ff02::1:3'), hex('0a7d 0002'), SOURCES),
    ),
    query2Slow: icmp6Frame(130, 0, u16(1000, 0), bytes(ipv6Address('::'), hex('02ff 0000'))),
    query2Wrong: icmp6Frame(130, 0, u16(1000, 0), bytes(ipv6Address('::'), hex('0200 0009'))),
    report2: icmp6Frame(
      143,
      0,
      u16(0, 3),
      bytes(
        hex('0400 0000'),
        ipv6Address('ff02::1:3'),
        hex('0300 0002'),
        ipv6Address('ff02::fb'),
        SOURCES,
        hex('0900 0000'),
        ipv6Address('ff02::fc'),
      ),
    ),
    report2Short: icmp6Frame(143, 0, u16(0, 2), bytes(hex('0400 0000'), ipv6Address('ff02::1:3'))),
    report2Wrong: icmp6Frame(143, 0, u16(0, 1), bytes(hex('0400 0009'), ipv6Address('ff02::1:3'))),
    report2Tiny: icmp6Frame(143, 0, bytes()),
  }),
);

ICMP6_FRAMES.push(
  frameSet('Mobility messages', {
    homeAgentRequest: icmp6Frame(144, 0, u16(0x1234, 0)),
    homeAgentReply: icmp6Frame(145, 0, u16(0x1234, 0), SOURCES),
    prefixSolicitation: icmp6Frame(146, 0, u16(0x1234, 0)),
    prefixAdvertisement: icmp6Frame(147, 0, u16(0x1234, 0xc000), OPTIONS),
  }),
);
