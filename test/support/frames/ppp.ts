import { Random } from '../../../src/sim/random.js';
import { bytes, ethernet, hex, ipv4, ipv6, u16, u32, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

/** Bytes of Ethernet, PPPoE and protocol number in front of what is in sessions here. */
export const PPP_DATA_AT = 22;

type Part = Uint8Array | string | number;

/** In a session of PPPoE. */
function ppp(protocol: number, ...data: readonly Part[]): Uint8Array {
  const all = bytes(u16(protocol), ...data);
  return ethernet(0x8864, bytes(hex('1100 0001'), u16(all.length), all));
}

/** A packet of a control protocol, with its length unless another is given. */
function control(code: number, data: Uint8Array, length = 4 + data.length): Uint8Array {
  return bytes(code, 7, u16(length), data);
}

function option(type: number, ...data: readonly Part[]): Uint8Array {
  const all = bytes(...data);
  return bytes(type, 2 + all.length, all);
}

function configure(protocol: number, ...options: readonly Uint8Array[]): Uint8Array {
  return ppp(protocol, control(1, bytes(...options)));
}

const LCP = 0xc021;
const IPCP = 0x8021;
const IPV6CP = 0x8057;
const CCP = 0x80fd;
const BACP = 0xc02b;
const OSICP = 0x8023;
const MPLSCP = 0x8281;
const CONTROL_PROTOCOLS = [LCP, IPCP, IPV6CP, CCP, BACP, OSICP, MPLSCP];

const CODES = {
  ...Object.fromEntries(
    Array.from({ length: 18 }, (_, code) => [
      `code ${code}`,
      ppp(LCP, control(code, bytes(u32(0x12345678), hex('00000c0102'), 'more'))),
    ]),
  ),
  ...Object.fromEntries(
    Array.from({ length: 18 }, (_, code) => [
      `code ${code} without data`,
      ppp(LCP, control(code, bytes())),
    ]),
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 7, 8].flatMap((length) =>
      [0, 8, 9, 12, 13].map((code) => [
        `code ${code} with ${length} bytes`,
        ppp(LCP, control(code, new Uint8Array(length).fill(0x5a))),
      ]),
    ),
  ),
  rejectedProtocol: ppp(LCP, control(8, bytes(u16(0x8057), hex('01020304')))),
  rejectedUnknown: ppp(LCP, control(8, bytes(u16(0x4242)))),
  identification: ppp(LCP, control(12, bytes(u32(1), 'MSRASV5.20\x1b')), hex('00000000')),
  timeRemaining: ppp(LCP, control(13, u32(1, 3600))),
  lengthShort: ppp(LCP, control(1, option(1, u16(1492)), 3)),
  lengthLong: ppp(LCP, control(1, option(1, u16(1492)), 40)),
  padded: ppp(LCP, control(1, option(1, u16(1492))), new Uint8Array(6)),
  lcpShort: ppp(LCP, 1, 7),
  ipcpTerminate: ppp(IPCP, control(5, bytes('bye'))),
  unknownCode: ppp(OSICP, control(0x42, hex('0102'))),
  unknownCodeAlone: ppp(IPCP, control(0x42, bytes())),
  ...Object.fromEntries(
    [...CONTROL_PROTOCOLS, 0xc03d, 0x8025].map((protocol) => [
      `options of 0x${protocol.toString(16)}`,
      configure(protocol, option(1, u16(1492)), option(0x77, 'odd')),
    ]),
  ),
};

const LCP_OPTIONS = {
  usual: configure(
    LCP,
    option(1, u16(1492)),
    option(2, u32(0xa0000)),
    option(3, u16(0xc023)),
    option(5, u32(0x0badcafe)),
    option(7),
    option(8),
  ),
  vendor: configure(LCP, option(0, hex('00000c01')), option(0, hex('123456010203'))),
  authentication: configure(
    LCP,
    ...[5, 128, 129, 6].map((algorithm) => option(3, u16(0xc223), algorithm)),
    option(3, u16(0xc227)),
    option(3, u16(0xc027)),
    option(3, u16(0xc123)),
    option(3, u16(0x1234), 'x'),
    option(3, u16(0xc021)),
    option(3, u16(0xc223)),
  ),
  authenticationCut: configure(LCP, option(3, u16(0xc223))),
  quality: configure(LCP, option(4, u16(0xc025), u32(100)), option(4, u16(0x1234))),
  callback: configure(LCP, ...[0, 1, 2, 3, 4, 5, 6].map((operation) => option(13, operation, '1'))),
  multilink: configure(
    LCP,
    option(17, u16(1500)),
    option(18),
    option(23, u16(7)),
    option(19, 0),
    option(19, 1, 'local'),
    option(19, 2, hex('0a000001')),
    option(19, 3, hex('020000000001')),
    option(19, 4, u32(1)),
    option(19, 5, '0123'),
    option(19, 6),
  ),
  endpointIpv4Short: configure(LCP, option(19, 2, 1)),
  endpointMacShort: configure(LCP, option(19, 3, 1)),
  others: configure(
    LCP,
    ...[6, 9, 10, 11, 12, 14, 15, 16, 20, 21, 22, 24, 25, 26, 27, 28, 29, 30].map((type) =>
      option(type, type),
    ),
    option(31, 'unknown'),
    option(255),
  ),
  empty: configure(LCP, hex('0100')),
  emptyUnknown: configure(LCP, hex('7701')),
  tooLong: configure(LCP, hex('0109 05d4')),
  pastEnd: configure(LCP, hex('0706 0708')),
  oneByte: configure(LCP, option(7), hex('08')),
};

const OTHER_OPTIONS = {
  ipcp: configure(
    IPCP,
    option(1, hex('0a000001 0a000002')),
    option(2, u16(0x002d), hex('0f01')),
    option(2, u16(0x0099)),
    option(3, hex('0a000001')),
    option(4, hex('0a000002')),
    ...[129, 130, 131, 132].map((type) => option(type, hex('0a000035'))),
    option(5, 'unknown'),
  ),
  ipcpShort: configure(IPCP, option(1, 1), option(3, 1)),
  ipcpCompressionShort: configure(IPCP, option(2, 1)),
  headerCompression: configure(
    IPCP,
    option(2, u16(0x61, 15, 15, 256, 5, 168)),
    option(2, u16(0x61, 15, 15, 256, 5, 168), hex('0102 0203aa 0909')),
    option(2, u16(0x61, 15, 15, 256, 5, 168), hex('01 02')),
    option(2, u16(0x61, 15, 15, 256, 5, 168), hex('0000 0102')),
    option(3, hex('0a000001')),
  ),
  headerCompressionShort: configure(IPCP, option(2, u16(0x61, 15))),
  headerCompressionLast: configure(IPCP, option(2, u16(0x61, 15, 15, 256, 5, 168))),
  suboptionsLast: configure(IPCP, option(2, u16(0x61, 15, 15, 256, 5, 168), hex('0102'))),
  suboptionOdd: configure(IPCP, option(2, u16(0x61, 15, 15, 256, 5, 168), hex('01')), hex('00')),
  suboptionsLong: ethernet(
    0x8864,
    bytes(
      hex('1100 0001'),
      u16(60, IPCP),
      control(1, bytes(hex('0220'), u16(0x61, 15, 15, 256, 5, 168), hex('0112')), 58),
    ),
  ),
  ipv6cp: configure(IPV6CP, option(1, u32(0x020000ff, 0xfe000001)), option(2, u16(0x4f))),
  ipv6cpShort: configure(IPV6CP, option(1, 1), option(1, u32(1, 2))),
  ccp: configure(
    CCP,
    ...[0, 1, 2, 3, 4, 16, 17, 18, 19, 20, 22, 23, 25, 255].map((type) => option(type, type, 1)),
    option(21, 0x2f),
    option(24, 0xbf, 9),
    option(24, 0x40, 9),
    option(26, 0x78, 0),
    option(26, 0xf7, 0xff),
  ),
  ccpShort: configure(CCP, option(21), option(24, 1), option(26, 1), option(21, 0)),
  bacp: configure(BACP, option(1, u32(0x12345678)), option(1, 1), option(2, 'unknown')),
  ...Object.fromEntries(
    CONTROL_PROTOCOLS.flatMap((protocol) =>
      ['0100', '7701', '0109', '0103ff0105', '01', '00000000'].map((data) => [
        `${protocol.toString(16)} ${data}`,
        configure(protocol, hex(data)),
      ]),
    ),
  ),
};

const PAP = 0xc023;
const CHAP = 0xc223;

const AUTHENTICATION = {
  papRequest: ppp(PAP, control(1, bytes(4, 'user', 6, 's\x1b[31m'))),
  papAck: ppp(PAP, control(2, bytes(5, 'Hello'))),
  papNak: ppp(PAP, control(3, bytes(0))),
  papUnknown: ppp(PAP, control(9, bytes(0))),
  papRequestShort: ppp(PAP, control(1, bytes(0))),
  papPeerLong: ppp(PAP, control(1, bytes(9, 'user'))),
  papNoPassword: ppp(PAP, control(1, bytes(4, 'user'))),
  papPasswordLong: ppp(PAP, control(1, bytes(4, 'user', 9, 'pass'))),
  papAckShort: ppp(PAP, control(2, bytes())),
  papAckLong: ppp(PAP, control(2, bytes(9, 'Hello'))),
  papLengthLong: ppp(PAP, control(1, bytes(4, 'user', 0), 99)),
  papLengthShort: ppp(PAP, control(1, bytes(4, 'user', 0), 3)),
  papShort: ppp(PAP, 1, 2),
  chapChallenge: ppp(CHAP, control(1, bytes(4, hex('deadbeef'), 'server'))),
  chapResponse: ppp(CHAP, control(2, bytes(4, hex('deadbeef'), 'me\xff'))),
  chapSuccess: ppp(CHAP, control(3, bytes('Welcome'))),
  chapFailure: ppp(CHAP, control(4, bytes('E=691 R=1'))),
  chapUnknown: ppp(CHAP, control(5, bytes('what'))),
  chapNoName: ppp(CHAP, control(1, bytes(2, 1, 2))),
  chapValueLong: ppp(CHAP, control(1, bytes(9, 1, 2))),
  chapLengthShort: ppp(CHAP, control(1, bytes(2, 1, 2, 'name'), 5)),
  chapMessageShort: ppp(CHAP, control(3, bytes('message'), 3)),
  chapMessageLong: ppp(CHAP, control(4, bytes('message'), 50)),
  chapWithoutData: ppp(CHAP, control(1, bytes())),
  chapShort: ppp(CHAP, 1),
};

const INNER = ipv4({ protocol: 17 }, udp({}, 'data'));
const INNER6 = ipv6({ nextHeader: 59 }, '');

/** With the escapes of RFC 1662. */
function escaped(data: Uint8Array): Uint8Array {
  return bytes(
    ...Array.from(data, (value) =>
      value < 0x20 || value === 0x7d || value === 0x7e ? bytes(0x7d, value ^ 0x20) : bytes(value),
    ),
  );
}

/** A frame as it is on a serial line, in the place of the protocol number. */
function serial(...data: readonly Part[]): Uint8Array {
  const all = bytes(0x7e, ...data);
  return ethernet(0x8864, bytes(hex('1100 0001'), u16(all.length), all));
}

const FRAMING = {
  multilink: ppp(0x003d, u16(0xc123), 'fragment'),
  multilinkMiddle: ppp(0x003d, u16(0x0fff), 'fragment'),
  multilinkShort: ppp(0x003d, 1),
  bandwidthAllocation: ppp(0xc02d, hex('01020304')),
  linkQuality: ppp(0xc025, u32(1, 2, 3)),
  extensibleAuthentication: ppp(0xc227, hex('01010005 01')),
  unknown: ppp(0x4242, 'data'),
  passwordEmpty: ppp(PAP),
  challengeEmpty: ppp(CHAP),
  vanJacobson: ppp(0x002d, hex('0102')),
  serialIpv4: serial(0x21, escaped(INNER)),
  serialIpv6: serial(0x57, escaped(INNER6)),
  serialLcp: serial(escaped(bytes(hex('ff03 c021'), control(1, option(1, u16(1492)))))),
  serialWithoutAddress: serial(escaped(bytes(u16(0xc021), control(1, option(5, u32(7)))))),
  serialFlag: serial(escaped(hex('ff03 7e21 00'))),
  serialFlagAlone: serial(hex('7e21 00')),
  serialEscapeLast: serial(hex('c021 7d')),
  serialAddressAlone: serial(hex('ff7d23 c0')),
  serialOneByte: serial(hex('55')),
  serialTwoBytes: serial(hex('5501')),
  overEthernet: ethernet(0x880b, bytes(hex('ff03 c021'), control(9, u32(1)))),
  overGre: ethernet(
    0x0800,
    ipv4(
      { protocol: 47 },
      bytes(hex('3001 880b 0012 0001 00000005 ff03 8021'), control(1, option(3, u32(0x0a000001)))),
    ),
  ),
};

/** All in sessions, and of protocols that tcpdump has no other decoder for. */
export const PPP_SESSION_FRAMES: FrameSet[] = [
  frameSet('PPP control protocols', CODES),
  frameSet('LCP options', LCP_OPTIONS),
  frameSet('IPCP, IPV6CP, CCP and BACP options', OTHER_OPTIONS),
  frameSet('PAP and CHAP', AUTHENTICATION),
];

export const PPP_FRAMES: FrameSet[] = [...PPP_SESSION_FRAMES, frameSet('PPP frames', FRAMING)];

function everyOption(): Record<string, Uint8Array> {
  const random = new Random(1);
  const frames: Record<string, Uint8Array> = {};
  for (const protocol of CONTROL_PROTOCOLS) {
    for (let type = 0; type <= 32; type++) {
      for (let length = 0; length <= 18; length++) {
        const data = Uint8Array.from({ length }, () => random.between(0, 255));
        frames[`${protocol.toString(16)} ${type} of ${length} bytes`] = configure(
          protocol,
          option(type, data),
          option(7),
        );
      }
    }
  }
  return frames;
}

/** Every option with data of many lengths; too many to be cut at every length. */
export const EVERY_PPP_OPTION = frameSet('Every PPP option', everyOption());
