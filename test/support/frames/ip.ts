import { type FrameSet, frameSet } from './frame-set.js';
import {
  bytes,
  ethernet,
  hex,
  icmp,
  ieee8023,
  ipv4,
  ipv4Address,
  ipv6,
  ipv6Address,
  tcp,
  u16,
  u32,
  udp,
} from '../packet.js';

export const IP_FRAMES: FrameSet[] = [];

const IP = 0x0800;
const IP6 = 0x86dd;

function arp(operation: number, body = hex('020000000001 0a000001 000000000000 0a000002')) {
  return bytes(u16(1, 0x0800), 6, 4, u16(operation), body);
}

IP_FRAMES.push(
  frameSet('Ethernet and VLAN', {
    unknownType: ethernet(0x88b5, 'experimental'),
    vlan: ethernet(IP, ipv4({ protocol: 17 }, udp({}, 'data')), [[0x8100, 0x6064]]),
    qinq: ethernet(IP, ipv4({ protocol: 17 }, udp({}, 'data')), [
      [0x88a8, 0x1002],
      [0x8100, 7],
    ]),
    oldTags: ethernet(0x1234, 'x', [
      [0x9100, 1],
      [0x9200, 2],
    ]),
    snapIp: ieee8023(bytes(hex('aaaa03 000000 0800'), ipv4({ protocol: 17 }, udp({}, 'data')))),
    snapUnknown: ieee8023(hex('aaaa03 00000c 1234 0102030405')),
    snapOther: ieee8023(hex('aaaa03 123456 1234 0102030405')),
    snapType: ieee8023(hex('aaaa03 000000 88b5 0102030405')),
    snapBridged: ieee8023(
      bytes(hex('aaaa03 0080c2 0007 0000'), ethernet(IP, ipv4({ protocol: 17 }, udp({}, '')))),
    ),
    ipSap: ieee8023(bytes(hex('060603'), ipv4({ protocol: 17 }, udp({}, 'data')))),
    xid: ieee8023(hex('0001af 810100')),
    xidShort: ieee8023(hex('0001af 81')),
    xidEmpty: ieee8023(hex('0000bf')),
    test: ieee8023(hex('0400e3 0102')),
    ui: ieee8023(hex('101103 0102')),
    supervisory: ieee8023(hex('04050102')),
    information: ieee8023(hex('0405 0204 010203')),
    twoSaps: ieee8023(hex('0408 13 010203')),
    lengthTooLong: ieee8023(hex('101103 0102'), 300),
    lengthShort: ieee8023(hex('101103 01020304050607'), 4),
  }),
);

IP_FRAMES.push(
  frameSet('ARP', {
    request: ethernet(0x0806, arp(1)),
    requestWithTarget: ethernet(0x0806, arp(1, hex('020000000001 0a000001 0200000000ff 0a000002'))),
    reply: ethernet(0x0806, arp(2)),
    reverseRequest: ethernet(0x8035, arp(3)),
    reverseReply: ethernet(0x8035, arp(4)),
    inverseRequest: ethernet(0x0806, arp(8)),
    inverseReply: ethernet(0x0806, arp(9)),
    unknownOperation: ethernet(0x0806, arp(77)),
    padded: ethernet(0x0806, bytes(arp(1), new Uint8Array(18))),
    otherProtocol: ethernet(0x0806, bytes(u16(6, 0x86dd), 6, 4, u16(1), new Uint8Array(20))),
    otherHardware: ethernet(0x0806, bytes(u16(99, 0x0800), 0, 4, u16(2), new Uint8Array(20))),
    longHardware: ethernet(
      0x0806,
      bytes(u16(32, 0x0800), 8, 4, u16(2), hex('0102030405060708 0a000001'), new Uint8Array(12)),
    ),
    wrongLength: ethernet(0x0806, bytes(u16(1, 0x0800), 6, 5, u16(1), new Uint8Array(22))),
  }),
);

const OPTIONS = {
  recordRoute: hex('070b08 0a000001 00000000 00'),
  recordRouteBad: hex('070a03 0a000001 0000000101'),
  looseSource: hex('830708 0a000009 01'),
  strictSource: hex('890b04 0a000009 0a00000a 00'),
  timestamp: hex('440c0d00 00000001 00000002'),
  timestampAddress: hex('440c0511 0a000001 00000003'),
  timestampPrespecified: hex('44140d23 0a000001 00000003 0a000002 00000000'),
  timestampUnknown: hex('44080505 00000003'),
  timestampShort: hex('44030500'),
  timestampZero: hex('44080000 00000003'),
  routerAlert: hex('94040000'),
  routerAlertValue: hex('94040007'),
  routerAlertShort: hex('94030007'),
  security: hex('820b0000 00000000 00000000'),
  unknown: hex('5e040102'),
  badLength: hex('5e000102'),
  tooLong: hex('5e400102'),
  noOperations: hex('01010100'),
};

IP_FRAMES.push(
  frameSet('IPv4', {
    proto: ethernet(IP, ipv4({ protocol: 253 }, 'data')),
    nd: ethernet(IP, ipv4({ protocol: 77 }, 'data')),
    tos: ethernet(IP, ipv4({ protocol: 17, tos: 0xb9, ttl: 0 }, udp({}, 'data'))),
    ect0: ethernet(IP, ipv4({ protocol: 17, tos: 2 }, udp({}, 'data'))),
    ce: ethernet(IP, ipv4({ protocol: 17, tos: 3, fragment: 0x8000 }, udp({}, 'data'))),
    badChecksum: ethernet(IP, ipv4({ protocol: 17, checksum: 0x1234 }, udp({}, 'data'))),
    firstFragment: ethernet(
      IP,
      ipv4({ protocol: 17, fragment: 0x2000 }, udp({ length: 3000 }, 'data')),
    ),
    laterFragment: ethernet(IP, ipv4({ protocol: 17, fragment: 0x20b9 }, 'data of a fragment')),
    version: ethernet(IP, bytes(0x55, ipv4({ protocol: 17 }, 'x').subarray(1))),
    version6: ethernet(IP, bytes(0x65, ipv4({ protocol: 17 }, 'x').subarray(1))),
    shortHeader: ethernet(IP, bytes(0x44, ipv4({ protocol: 17 }, 'x').subarray(1))),
    longHeader: ethernet(
      IP,
      bytes(0x4f, ipv4({ protocol: 17, totalLength: 60 }, udp({}, 'x')).subarray(1)),
    ),
    totalTooLong: ethernet(IP, ipv4({ protocol: 17, totalLength: 100 }, udp({}, 'x'))),
    totalShort: ethernet(IP, ipv4({ protocol: 17, totalLength: 24 }, udp({}, 'x'))),
    totalTiny: ethernet(IP, ipv4({ protocol: 17, totalLength: 10 }, udp({}, 'x'))),
    totalZero: ethernet(IP, ipv4({ protocol: 17, totalLength: 0 }, udp({}, 'x'))),
    ...Object.fromEntries(
      Object.entries(OPTIONS).map(([name, options]) => [
        `option ${name}`,
        ethernet(IP, ipv4({ protocol: 17, options }, udp({}, 'data'))),
      ]),
    ),
    ipip: ethernet(IP, ipv4({ protocol: 4 }, ipv4({ protocol: 17 }, udp({}, 'data')))),
    sixInFour: ethernet(
      IP,
      ipv4({ protocol: 41 }, ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'data'))),
    ),
    icmp6: ethernet(IP, ipv4({ protocol: 58 }, 'data')),
    none: ethernet(IP, ipv4({ protocol: 59 }, 'data')),
  }),
);

IP_FRAMES.push(
  frameSet('IPv6', {
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
      ipv6(
        { nextHeader: 0 },
        bytes(hex('0000 010400000000'), hex('1100 010400000000'), udp({}, '')),
      ),
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
    tcp: ethernet(IP6, ipv6({ nextHeader: 6 }, tcp({ version: 6, flags: 0x18 }, 'data'))),
  }),
);

IP_FRAMES.push(
  frameSet('UDP', {
    empty: ethernet(IP, ipv4({ protocol: 17 }, udp({}, ''))),
    data: ethernet(IP, ipv4({ protocol: 17 }, udp({ source: 65535, destination: 0 }, 'data'))),
    noChecksum: ethernet(IP, ipv4({ protocol: 17 }, udp({ checksum: 0 }, 'data'))),
    badChecksum: ethernet(IP, ipv4({ protocol: 17 }, udp({ checksum: 0x1234 }, 'data'))),
    badChecksum6: ethernet(IP6, ipv6({ nextHeader: 17 }, udp({ checksum: 0x1234 }, 'odd'))),
    tooLong: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 100 }, 'data'))),
    tooShort: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 7 }, 'data'))),
    shorter: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 9 }, 'data'))),
    truncated: ethernet(IP, ipv4({ protocol: 17 }, hex('000100020003'))),
    source: ethernet(IP, ipv4({ protocol: 17, options: OPTIONS.strictSource }, udp({}, 'data'))),
  }),
);

const TCP_OPTIONS = {
  syn: hex('020405b4 0402 080a 0000000a 00000000 01 030307'),
  timestamp: hex('0101 080a 12345678 9abcdef0'),
  sack: hex('0101 0512 00000400 00000500 00000600 00000700'),
  sackOdd: hex('0506 00000001 0000'),
  end: hex('00 000000'),
  unknown: hex('fd05010203 010101'),
  unknownEmpty: hex('fd02 0101'),
  badLength: hex('fd01 0101'),
  lengthTooLong: hex('01 fdff 01'),
  mssWrongLength: hex('0205 05b4 01 010101'),
  wscaleShort: hex('0302 0101'),
  old: hex('0b06 00000001 0c06 00000002 0d06 00000003 0606 00000004 0706 00000005 0101'),
  signature: hex('1312 000102030405060708090a0b0c0d0e0f 0101'),
  scps: hex('1404 8001'),
  timeout: hex('1c04 8003'),
  timeoutMinutes: hex('1c04 0010'),
  authentication: hex('1d10 0102 0102030405060708090a0b0c'),
  authenticationShort: hex('1d03 01 00'),
  fastOpenRequest: hex('2202 0101'),
  fastOpen: hex('220a 0102030405060708 0101'),
  fastOpenBad: hex('2205 010203 010101'),
  experimentFastOpen: hex('fe04 f989'),
  experimentCookie: hex('fe08 f989 01020304'),
  experiment: hex('fe06 1234 0102 0101'),
  experimentShort: hex('fe03 01 00'),
};

IP_FRAMES.push(
  frameSet('TCP', {
    syn: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 2, options: TCP_OPTIONS.syn }))),
    data: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ flags: 0x18, sequence: 4_294_967_290 }, 'some data')),
    ),
    ack: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x10 }))),
    back: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ source: 5678, destination: 1234, flags: 0x18 }, 'answer')),
    ),
    samePorts: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ source: 7, destination: 7, flags: 0x18 }, 'x')),
    ),
    samePorts2: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ source: 7, destination: 7, sequence: 9, flags: 0x18 }, 'x')),
    ),
    fin: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x11 }))),
    reset: ethernet(
      IP,
      ipv4(
        { protocol: 6 },
        tcp({ flags: 0x14 }, 'go\x01 away\xff, this is far too long to be shown'),
      ),
    ),
    resetShort: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 4 }, 'no'))),
    urgent: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x30, urgent: 17 }, 'x'))),
    all: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0xff }, 'x'))),
    none: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0 }, 'x'))),
    badChecksum: ethernet(IP, ipv4({ protocol: 6 }, tcp({ checksum: 1 }, 'odd'))),
    headerShort: ethernet(IP, ipv4({ protocol: 6 }, tcp({ dataOffset: 4 }, 'x'))),
    headerLong: ethernet(IP, ipv4({ protocol: 6 }, tcp({ dataOffset: 15 }, 'x'))),
    ...Object.fromEntries(
      Object.entries(TCP_OPTIONS).map(([name, options]) => [
        `option ${name}`,
        ethernet(IP, ipv4({ protocol: 6 }, tcp({ options, source: 2000 }, 'data'))),
      ]),
    ),
    overIpv6: ethernet(IP6, ipv6({ nextHeader: 6 }, tcp({ version: 6, flags: 0x18 }, 'data'))),
    overIpv6Again: ethernet(
      IP6,
      ipv6({ nextHeader: 6 }, tcp({ version: 6, flags: 0x18, sequence: 4_000_000_004 }, 'data')),
    ),
    behindExtension: ethernet(
      IP6,
      ipv6({ nextHeader: 60 }, bytes(hex('0600 010400000000'), tcp({ version: 6 }, 'data'))),
    ),
    httpRequest: ethernet(
      IP,
      ipv4(
        { protocol: 6 },
        tcp({ destination: 80 }, 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n'),
      ),
    ),
    httpResponse: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ source: 8080 }, 'HTTP/1.1 200 OK\nServer: x\n\nbody')),
    ),
    httpBody: ethernet(IP, ipv4({ protocol: 6 }, tcp({ source: 80 }, 'just some words of a page'))),
    httpBinary: ethernet(IP, ipv4({ protocol: 6 }, tcp({ source: 80 }, 'get \x1b[31m\r\n'))),
    httpUnended: ethernet(
      IP,
      ipv4({ protocol: 6 }, tcp({ source: 80 }, 'Propfind\t/ without an end')),
    ),
    httpCr: ethernet(IP, ipv4({ protocol: 6 }, tcp({ source: 80 }, 'GET /\rx'))),
  }),
);

const QUOTED = ipv4({ protocol: 17 }, udp({ source: 33000, destination: 53 }, ''));
const ZERO = u32(0);

IP_FRAMES.push(
  frameSet('ICMP', {
    echo: ethernet(IP, ipv4({ protocol: 1 }, icmp(8, 0, u16(77, 3), 'payload'))),
    reply: ethernet(IP, ipv4({ protocol: 1 }, icmp(0, 0, u16(77, 3), 'payload'))),
    badChecksum: ethernet(IP, ipv4({ protocol: 1 }, hex('0800123400010002'))),
    ...Object.fromEntries(
      Array.from({ length: 18 }, (_, code) => [
        `unreachable ${code}`,
        ethernet(IP, ipv4({ protocol: 1 }, icmp(3, code, u16(0, code === 4 ? 1400 : 0), QUOTED))),
      ]),
    ),
    needFragmentOld: ethernet(IP, ipv4({ protocol: 1 }, icmp(3, 4, ZERO, QUOTED))),
    tcpPort: ethernet(IP, ipv4({ protocol: 1 }, icmp(3, 3, ZERO, ipv4({ protocol: 6 }, tcp({}))))),
    otherPort: ethernet(
      IP,
      ipv4({ protocol: 1 }, icmp(3, 3, ZERO, ipv4({ protocol: 99 }, 'abcdefgh'))),
    ),
    quench: ethernet(IP, ipv4({ protocol: 1 }, icmp(4, 0, ZERO, QUOTED))),
    ...Object.fromEntries(
      Array.from({ length: 5 }, (_, code) => [
        `redirect ${code}`,
        ethernet(IP, ipv4({ protocol: 1 }, icmp(5, code, ipv4Address('10.0.0.9'), QUOTED))),
      ]),
    ),
    advertisement: ethernet(
      IP,
      ipv4(
        { protocol: 1 },
        icmp(9, 0, hex('02020708'), hex('0a000001 00000001 0a000002 80000000')),
      ),
    ),
    advertisementShort: ethernet(IP, ipv4({ protocol: 1 }, icmp(9, 0, hex('0002 0037'), ''))),
    advertisementLong: ethernet(IP, ipv4({ protocol: 1 }, icmp(9, 0, hex('0003 ffff'), ''))),
    solicitation: ethernet(IP, ipv4({ protocol: 1 }, icmp(10, 0, ZERO))),
    exceeded: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 0, ZERO, QUOTED))),
    reassembly: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 1, ZERO, QUOTED))),
    exceededOther: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 2, ZERO, QUOTED))),
    parameter: ethernet(IP, ipv4({ protocol: 1 }, icmp(12, 0, hex('14000000'), QUOTED))),
    parameterCode: ethernet(IP, ipv4({ protocol: 1 }, icmp(12, 1, ZERO, QUOTED))),
    timestamp: ethernet(IP, ipv4({ protocol: 1 }, icmp(13, 0, u16(1, 2), u32(1, 0, 0)))),
    timestampReply: ethernet(
      IP,
      ipv4({ protocol: 1 }, icmp(14, 0, u16(1, 2), u32(86_399_999, 4_294_967_295, 3_600_000))),
    ),
    information: ethernet(IP, ipv4({ protocol: 1 }, icmp(15, 0, u16(1, 2)))),
    informationReply: ethernet(IP, ipv4({ protocol: 1 }, icmp(16, 0, u16(1, 2)))),
    mask: ethernet(IP, ipv4({ protocol: 1 }, icmp(17, 0, u16(1, 2), ZERO))),
    maskReply: ethernet(IP, ipv4({ protocol: 1 }, icmp(18, 0, u16(1, 2), u32(0xffffff00)))),
    unknown: ethernet(IP, ipv4({ protocol: 1 }, icmp(44, 1, ZERO))),
    extension: ethernet(
      IP,
      ipv4(
        { protocol: 1 },
        icmp(
          11,
          0,
          ZERO,
          bytes(
            QUOTED,
            new Uint8Array(128 - QUOTED.length),
            hex('2000 0000 0008 0101 00010 0fe 0006 0203 0102 00 00'),
          ),
        ),
      ),
    ),
    extensionLength: ethernet(
      IP,
      ipv4(
        { protocol: 1 },
        icmp(
          11,
          0,
          hex('00200000'),
          bytes(
            QUOTED,
            new Uint8Array(128 - QUOTED.length),
            hex('2000 1234 0008 0101 12345 1fe 0007 0203 010203 0004 0000'),
          ),
        ),
      ),
    ),
    fragment: ethernet(IP, ipv4({ protocol: 1, fragment: 0x2000 }, icmp(8, 0, u16(1, 2), 'x'))),
  }),
);
