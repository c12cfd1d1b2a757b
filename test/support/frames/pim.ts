import { bytes, hex, ipv4, ipv6, ipv6Address, u16, u32, udp, withChecksum } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import {
  GROUP,
  GROUP6,
  masked,
  message,
  METRICS,
  option,
  overIp,
  overIp6,
  type Part,
  PIM,
  pim,
  pim6,
  pimOf,
  ROUTER,
  ROUTER6,
  RP,
  rp,
  RP6,
  SOURCE,
  SOURCE6,
  sources,
  unicast,
} from './pim-message.js';

/** Bytes of Ethernet and IP in front of what is here. */
export const PIM_AT = 34;
export const PIM6_AT = 54;

const HELLO = {
  usual: pim(
    0,
    option(1, u16(105)),
    option(2, u16(0x81f4, 2500)),
    option(19, u32(1)),
    option(20, u32(0x0badcafe)),
    option(24, unicast('10.0.0.3'), unicast('10.0.0.4')),
  ),
  empty: pim(0),
  forEver: pim(0, option(1, u16(0xffff))),
  leave: pim(0, option(1, u16(0))),
  lanDelay: pim(0, option(2, u16(500, 2500))),
  priorities: pim(0, option(18, u32(0xffffffff)), option(19), option(18)),
  stateRefresh: pim(0, option(21, hex('013c0000')), option(21, hex('02004242'))),
  bidirectional: pim(0, option(22), option(22, 'odd')),
  addresses: pim(0, option(24), option(65001, ROUTER, ROUTER6)),
  addressUnknown: pim(0, option(24, hex('0300 01020304'))),
  addressEncoded: pim(0, option(24, hex('0101 01020304'))),
  addressShort: pim(0, option(24, hex('0100 0102'))),
  addressPastOption: pim(0, option(24, hex('0100 0102')), option(1, u16(105))),
  addressOf4: pimOf(4, 0, option(24, hex('0a000003 0a000004'))),
  addressOf16: pimOf(16, 0, option(24, ipv6Address('fe80::3'))),
  addressOf5: pimOf(5, 0, option(24, hex('0102030405'))),
  unknown: pim(0, option(77), option(17, new Uint8Array(40).fill(0x41)), option(1, u16(1))),
  lengthPastEnd: pim(0, u16(1, 9, 105)),
  headerCut: pim(0, option(1, u16(105)), hex('0002')),
  badChecksum: overIp(bytes(hex('2000 1234'), option(1, u16(105)))),
  noChecksum: overIp(bytes(hex('2000 0000'), option(1, u16(105)))),
};

function joinOf(type: number, ...groups: readonly Uint8Array[]): Uint8Array {
  return pim(type, ROUTER, 0, groups.length, u16(210), ...groups);
}

const JOINS = {
  join: joinOf(3, bytes(GROUP, sources([SOURCE], []))),
  prune: joinOf(3, bytes(GROUP, sources([], [masked('10.1.1.2', 32, 7)]))),
  several: joinOf(
    3,
    bytes(GROUP, sources([SOURCE, masked('10.9.9.9', 24, 6)], [masked('10.9.9.9', 32, 1)])),
    bytes(masked('239.0.0.0', 8, 0x80), sources([], [])),
    bytes(masked('239.9.0.0', 16, 1), sources([masked('10.9.9.8', 32, 0xf9)], [])),
  ),
  forEver: pim(3, ROUTER, 0, 0, u16(0xffff)),
  atOnce: pim(3, ROUTER, 0, 0, u16(0)),
  groupMissing: pim(3, ROUTER, 0, 1, u16(210)),
  countsMissing: pim(3, ROUTER, 0, 1, u16(210), GROUP, u16(1)),
  sourceMissing: pim(3, ROUTER, 0, 1, u16(210), GROUP, u16(2, 1), SOURCE),
  prunedMissing: pim(3, ROUTER, 0, 1, u16(210), GROUP, u16(1, 1), SOURCE),
  neighborUnknown: pim(3, hex('0500 0a000002'), 0, 0, u16(210)),
  groupUnknown: pim(3, ROUTER, 0, 1, u16(210), hex('0101 0020 ef010203'), u16(0, 0)),
  headerShort: pim(3, ROUTER, 0, 1),
  graft: joinOf(6, bytes(GROUP, sources([SOURCE], []))),
  graftAck: pim(7, 0, 1, u16(0), GROUP, sources([SOURCE], [])),
  graftAckNeighbor: joinOf(7, bytes(GROUP, sources([SOURCE], []))),
  graftAckShort: pim(7, 0, 1),
  addressesOf4: pimOf(
    4,
    3,
    hex('0a000002 0001 00d2 0020 ef010203'),
    u16(1, 1),
    hex('0420 0a010101 0018 0a010100'),
  ),
};

const RENDEZVOUS = {
  bootstrap: pim(
    4,
    u16(0xbeef),
    30,
    64,
    RP,
    bytes(masked('224.0.0.0', 4), 2, 2, u16(0), rp(RP, 150, 192), rp(ROUTER, 75, 0)),
    bytes(masked('239.0.0.0', 8, 0x81), 1, 0, u16(0)),
  ),
  noGroups: pim(4, u16(1), 30, 64, RP),
  rpsMissing: pim(4, u16(1), 30, 64, RP, GROUP, 9, 9, u16(0), rp(RP, 150, 192)),
  bootstrapOf4: pimOf(
    4,
    4,
    u16(1),
    30,
    64,
    hex('0a090909 0020 ef010203 0101 0000 0a090909 0096 c000'),
  ),
  candidate: pim(8, 2, 192, u16(150), RP, masked('239.0.0.0', 8), masked('224.0.0.0', 4)),
  candidateAll: pim(8, 0, 192, u16(0), RP),
  groupsMissing: pim(8, 5, 192, u16(150), RP, GROUP),
  groupsMore: pim(8, 1, 192, u16(150), RP, GROUP, GROUP),
  groupShort: pim(8, 2, 192, u16(150), RP, GROUP, GROUP.subarray(0, 7)),
};

function election(subtype: number, ...body: readonly Part[]): Uint8Array {
  return overIp(message(10, bytes(...body), subtype << 4));
}

const FORWARDERS = {
  registerStop: pim(2, GROUP, unicast('10.1.1.1')),
  registerStopAny: pim(2, masked('0.0.0.0', 0, 0x42), unicast('0.0.0.0')),
  assert: pim(5, GROUP, unicast('10.1.1.1'), METRICS),
  assertTree: pim(5, GROUP, unicast('0.0.0.0'), u32(0xffffffff, 0xffffffff)),
  refresh: pim(9, unicast('10.1.1.1'), GROUP, ROUTER, u16(4242)),
  refreshLong: pim(9, unicast('10.1.1.1'), GROUP, ROUTER, u16(60), METRICS),
  offer: election(1, RP, METRICS),
  winner: election(2, RP, u32(0xffffffff, 0xffffffff)),
  backoff: election(3, RP, METRICS, ROUTER, METRICS, u16(1000)),
  pass: election(4, RP, METRICS, ROUTER, METRICS),
  subtypeUnknown: election(9, RP, METRICS),
  electionShort: election(1, RP),
  backoffShort: election(3, RP, METRICS, ROUTER, METRICS),
  passShort: election(4, RP, METRICS, ROUTER),
  electionOf4: overIp(message(10, bytes(hex('0a090909'), METRICS), 0x14)),
  redirect: pim(11, GROUP),
  unknownType: pim(15, u32(1)),
  headerAlone: overIp(hex('2b00 d4ff')),
  bytes3: overIp(hex('2400 d4')),
  bytes2: overIp(hex('2404')),
  byte: overIp(hex('20')),
  nothing: overIp(bytes()),
  version1: overIp(hex('1000 1234')),
  version3: overIp(hex('3f00 1234 00000000')),
};

const OVER_IPV6 = {
  hello: pim6(0, option(1, u16(105)), option(24, ROUTER6, unicast('2001:db8::2'))),
  helloBad: overIp6(bytes(hex('2000 1234'), option(1, u16(105)))),
  join: pim6(3, ROUTER6, 0, 1, u16(210), GROUP6, sources([SOURCE6], [masked('::', 0, 3)])),
  bootstrap: pim6(4, u16(1), 126, 64, RP6, masked('ff00::', 8), 1, 1, u16(0), rp(RP6, 150, 192)),
  candidate: pim6(8, 1, 192, u16(150), RP6, GROUP6),
  assert: pim6(5, GROUP6, unicast('2001:db8::77'), METRICS),
  registerStop: pim6(2, GROUP6, unicast('2001:db8::77')),
  refresh: pim6(9, ROUTER6, GROUP6, ROUTER6, u16(60)),
};

const IPV4_PACKET = ipv4({ protocol: 17, destination: '239.1.2.3' }, udp({}, 'data'));
const IPV6_PACKET = ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'data'));

/** The checksum is over the header alone, of eight bytes. */
function register(flags: number, datagram: Uint8Array): Uint8Array {
  return overIp(bytes(withChecksum(bytes(hex('2100 0000'), u32(flags)), 2), datagram));
}

const REGISTERS = {
  ipv4: register(0, IPV4_PACKET),
  border: register(0x80000000, IPV4_PACKET),
  ipv6: register(0, IPV6_PACKET),
  null: register(0x40000000, ipv4({ protocol: PIM }, '')),
  nullHeader: register(0x40000000, bytes(new Uint8Array(12), hex('0a010101 ef010203'))),
  nullHeaderShort: register(0x40000000, bytes(new Uint8Array(12), hex('0a010101 ef01'))),
  bothFlags: register(0xc0000000, IPV4_PACKET),
  otherVersion: register(0, hex('50000000')),
  empty: register(0, bytes()),
  flagsShort: overIp(hex('2100 deff 0000')),
  whole: pim(1, u32(0), IPV4_PACKET),
  badChecksum: overIp(bytes(hex('2100 1234'), u32(0), IPV4_PACKET)),
  noChecksum: overIp(bytes(hex('2100 0000'), u32(0), IPV4_PACKET)),
  nested: register(0, ipv4({ protocol: PIM }, message(1, bytes(u32(0), IPV4_PACKET)))),
  datagramCut: register(0, IPV4_PACKET.subarray(0, 30)),
  overIpv6: pim6(1, u32(0), IPV6_PACKET),
  overIpv6Bad: overIp6(bytes(hex('2100 1234'), u32(0), IPV6_PACKET)),
};

export const PIM_FRAMES: readonly FrameSet[] = [
  frameSet('PIM hello', HELLO),
  frameSet('PIM joins', JOINS),
  frameSet('PIM rendezvous points', RENDEZVOUS),
  frameSet('PIM forwarders', FORWARDERS),
];

export const PIM6_FRAMES = frameSet('PIM over IPv6', OVER_IPV6);

export const PIM_REGISTER_FRAMES = frameSet('PIM registers', REGISTERS);

/** Offsets of what determines the protocol in a register: version, protocol and UDP ports. */
export const REGISTERED_PROTOCOLS = [
  42, 48, 51, 62, 63, 64, 65, 68, 70, 79, 82, 83, 84, 85, 90, 91, 92, 93, 102, 103, 104, 105,
];
