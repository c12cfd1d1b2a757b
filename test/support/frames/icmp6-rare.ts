import { bytes, hex, ipv4Address, ipv6Address, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { icmp6Frame } from './icmp6.js';

/** Messages that are seldom seen. */
export const RARE_ICMP6_FRAMES: FrameSet[] = [];

const ADDRESS = ipv6Address('2001:db8::42');
const NONCE = hex('0102030405060708');

const NAME = hex('03777777 076578616d706c65 036f7267 00');

function query(type: number, flags: number, code: number, subject: Uint8Array = bytes()) {
  return icmp6Frame(139, code, u16(type, flags), bytes(NONCE, subject));
}

function reply(type: number, flags: number, code: number, answer: Uint8Array = bytes()) {
  return icmp6Frame(140, code, u16(type, flags), bytes(NONCE, answer));
}

RARE_ICMP6_FRAMES.push(
  frameSet('ICMPv6 node information queries', {
    whoAreYou: icmp6Frame(139, 0, u32(0), u32(0)),
    noop: query(0, 0, 1),
    noopLong: query(0, 0, 1, u32(1)),
    supported: query(1, 0, 1),
    supportedCompressed: query(1, 1, 1),
    supportedFlags: query(1, 2, 1),
    nameOfAddress: query(2, 0, 0, ADDRESS),
    nameOfName: query(2, 0, 1, NAME),
    nameOfIpv4: query(2, 0, 2, ipv4Address('192.0.2.1')),
    draft3: query(2, 0, 0),
    addresses: query(3, 0, 0, ADDRESS),
    everyAddress: query(3, 0x7f, 0, ADDRESS),
    ipv4Addresses: query(4, 2, 0, ADDRESS),
    unknown: query(9, 0, 0, ADDRESS),
    unknownSubject: query(3, 0, 7, ADDRESS),
    addressShort: query(3, 0, 0, u32(1)),
    addressLong: query(3, 0, 0, bytes(ADDRESS, 1)),
    ipv4Short: query(3, 0, 2, u16(1)),
    ipv4Long: query(3, 0, 2, u32(1, 2)),
    pascal: query(2, 0, 1, bytes(4, 'h\x01\xffx')),
    nameShort: query(2, 0, 1, bytes(NAME, 0)),
    nameEndless: query(2, 0, 1, NAME.subarray(0, -1)),
    nameLabelLong: query(2, 0, 1, hex('09 616263')),
    nameAndMore: query(2, 0, 1, bytes(NAME, 'more')),
    nameAndZeros: query(2, 0, 1, bytes(NAME, 0, 0)),
    nameEmpty: query(2, 0, 1, hex('00')),
    short: icmp6Frame(139, 0, u32(0), u16(0)),
    tiny: icmp6Frame(139, 0, bytes()),
  }),
  frameSet('ICMPv6 node information replies', {
    noop: reply(0, 0, 0),
    noopLong: reply(0, 0, 0, u32(1)),
    refused: reply(3, 0, 1),
    refusedLong: reply(3, 0, 1, u32(1)),
    unknownType: reply(3, 0, 2),
    unknownTypeLong: reply(3, 0, 2, u32(1)),
    code: reply(3, 0, 3, u32(1)),
    supported: reply(1, 0, 0, u32(31)),
    supportedCompressed: reply(1, 3, 0, u32(31)),
    name: reply(2, 0, 0, bytes(u32(60), NAME)),
    nameWithTimeToLive: reply(2, 1, 0, bytes(u32(60), NAME)),
    pascal: reply(2, 1, 0, bytes(u32(60), 4, 'host')),
    nameMissing: reply(2, 1, 0, u32(60)),
    addresses: reply(3, 0, 0, bytes(u32(60), ADDRESS, u32(0xffffffff), ADDRESS)),
    everyAddress: reply(3, 0x7f, 0, bytes(u32(60), ADDRESS, u32(1))),
    ipv4Addresses: reply(4, 2, 0, bytes(u32(60), ipv4Address('192.0.2.1'))),
    unknown: reply(9, 0, 0, ADDRESS),
    short: icmp6Frame(140, 0, u32(0), u16(0)),
  }),
);

function renumbering(code: number, flags: number, rest: Uint8Array = bytes(), reserved = 0) {
  const header = bytes(7, flags, u16(1000), u32(reserved));
  return icmp6Frame(138, code, u32(77), bytes(header, rest));
}

function match(operation: number, length: number) {
  return bytes(operation, length, hex('02 30 20 40 0000'), ipv6Address('2001:db8::'));
}

const USE = bytes(hex('30 10 c0 80 00015180 ffffffff c0000000'), ipv6Address('2001:db8:1::'));
const USE_PLAIN = bytes(hex('30 10 00 00 ffffffff 00000e10 00000000'), ipv6Address('::'));
const USE_FLAGGED = bytes(hex('30 10 00 00 00000001 00000002 01000000'), ipv6Address('::1'));

RARE_ICMP6_FRAMES.push(
  frameSet('ICMPv6 router renumbering', {
    add: renumbering(0, 0, bytes(match(1, 7), USE)),
    change: renumbering(0, 0xf8, bytes(match(2, 11), USE_PLAIN, USE_FLAGGED)),
    setGlobal: renumbering(0, 0x80, match(3, 3)),
    operation: renumbering(0, 0x07, match(9, 3), 0x1234),
    lengthOdd: renumbering(0, 0, bytes(match(1, 6), USE)),
    lengthShort: renumbering(0, 0, match(1, 2)),
    lengthLong: renumbering(0, 0, bytes(match(1, 11), USE)),
    matchMissing: renumbering(0, 0),
    result: renumbering(1, 0x48, bytes(hex('0003 01 30 00000002'), ADDRESS)),
    reset: renumbering(255, 0),
    code: renumbering(9, 0),
    short: icmp6Frame(138, 0, u32(77), u32(0)),
  }),
);

const DODAG = ipv6Address('2001:db8::da6');
const RPL_OPTIONS = bytes(
  hex('00 0102 0000'),
  hex('020600 00000000 00'),
  hex('0307 3000 00015180 20'),
  hex('040e 00080c0a 070001 00000100 ff ffff'),
  hex('0504 0010 2001'),
  hex('0604 00000a1e'),
  hex('0704 00000001'),
  hex('0806 4040 00015180'),
  hex('0904 00000001'),
);

function rpl(code: number, message: Uint8Array, rest: Uint8Array = bytes()) {
  return icmp6Frame(155, code, message.subarray(0, 4), bytes(message.subarray(4), rest));
}

function object(mode: number) {
  return bytes(hex('1e f0 0100'), mode, hex('f1 00 00'), DODAG);
}

RARE_ICMP6_FRAMES.push(
  frameSet('ICMPv6 RPL', {
    solicitation: rpl(0, hex('0000 00 00')),
    object: rpl(1, object(0x88), RPL_OPTIONS),
    ...Object.fromEntries(
      Array.from({ length: 8 }, (_, mode) => [`mode ${mode}`, rpl(1, object((mode << 3) | 3))]),
    ),
    objectShort: rpl(1, object(0).subarray(0, 23)),
    optionShort: rpl(1, object(0), hex('00 05')),
    optionLong: rpl(1, object(0), hex('0509 0010 2001')),
    destination: rpl(2, hex('1e 80 00 f1'), RPL_OPTIONS),
    destinationWithId: rpl(2, bytes(hex('1e 40 00 f1'), DODAG), RPL_OPTIONS),
    destinationAll: rpl(2, bytes(hex('1e c1 00 f1'), DODAG)),
    destinationShort: rpl(2, hex('1e 00 00 f1')),
    destinationTiny: rpl(2, hex('1e')),
    acknowledgement: rpl(3, hex('1e 00 f1 00'), RPL_OPTIONS),
    acknowledgementWithId: rpl(3, bytes(hex('1e 80 f1 80'), DODAG), hex('00')),
    acknowledgementShort: rpl(3, bytes(hex('1e 80 f1 80'), DODAG.subarray(0, 9))),
    acknowledgementTiny: rpl(3, hex('1e')),
    code: rpl(4, hex('00000000')),
    secured: rpl(0x81, object(0)),
  }),
);
