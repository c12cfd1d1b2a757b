import { bytes, ethernet, hex, ipv4, ipv6, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

/** After the ports. */
export const SCTP_AT = 38;

function overIp(packet: Uint8Array): Uint8Array {
  return ethernet(0x0800, ipv4({ protocol: 132 }, packet));
}

function sctp(...chunks: readonly Uint8Array[]): Uint8Array {
  return bytes(u16(2905, 7000), u32(0x12345678, 0), ...chunks);
}

function chunk(
  type: number,
  flags: number,
  body: Uint8Array,
  length = 4 + body.length,
): Uint8Array {
  return bytes(type, flags, u16(length), body, new Uint8Array(-(4 + body.length) & 3));
}

export const SCTP_FRAMES: FrameSet = frameSet('SCTP', {
  init: overIp(sctp(chunk(1, 0, bytes(u32(1, 65535), u16(10, 20), u32(99))))),
  initAck: overIp(sctp(chunk(2, 0, bytes(u32(1, 65535), u16(10, 20), u32(99), 'cookie')))),
  data: overIp(sctp(chunk(0, 7, bytes(u32(99), u16(1, 2), u32(18), 'payload')))),
  dataOther: overIp(sctp(chunk(0, 0, bytes(u32(99), u16(1, 2), u32(77), 'x')))),
  sack: overIp(sctp(chunk(3, 0, bytes(u32(99, 65535), u16(1, 2), u16(2, 3), u32(7, 8))))),
  sackOdd: overIp(sctp(chunk(3, 0, bytes(u32(99, 65535), u16(2, 0), u16(2, 3), u16(1))))),
  bundle: overIp(
    sctp(chunk(10, 0, bytes('cookie')), chunk(0, 3, bytes(u32(1), u16(0, 0), u32(0), 'abc'))),
  ),
  names: overIp(
    sctp(
      ...[4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 192, 193, 194, 77].map((type) =>
        chunk(type, 0, bytes()),
      ),
    ),
  ),
  dataShort: overIp(sctp(chunk(0, 3, u32(1)))),
  dataEmpty: overIp(sctp(chunk(0, 3, bytes(u32(1), u16(0, 0), u32(0))))),
  initShort: overIp(sctp(chunk(1, 3, u32(1)))),
  sackShort: overIp(sctp(chunk(3, 3, u32(1)))),
  badLength: overIp(sctp(chunk(4, 0, bytes(), 2))),
  cut: overIp(sctp(hex('0102'))),
  short: overIp(hex('0102')),
  overIpv6: ethernet(0x86dd, ipv6({ nextHeader: 132 }, sctp(chunk(4, 0, bytes('beat'))))),
});

function m3ua(message: Uint8Array): Uint8Array {
  const data = chunk(0, 3, bytes(u32(99), u16(1, 2), u32(3), message));
  return overIp(sctp(data, chunk(4, 0, bytes('beat'))));
}

function m3uaMessage(
  messageClass: number,
  type: number,
  parameters: Uint8Array,
  length = 8 + parameters.length,
): Uint8Array {
  return bytes(1, 0, messageClass, type, u32(length), parameters);
}

export const M3UA_FRAMES: FrameSet = frameSet('M3UA', {
  transfer: m3ua(
    m3uaMessage(1, 1, hex('0200 0008 00000001 0006 0008 00000002 0210 000e 0102030405060708090a')),
  ),
  padded: m3ua(m3uaMessage(1, 1, hex('0004 0006 6869 0000 0013 0008 0000 0007'))),
  names: m3ua(
    m3uaMessage(
      0,
      1,
      bytes(
        ...[4, 6, 7, 9, 0xb, 0xc, 0xd, 0x11, 0x12, 0x13, 0x200].map((tag) => u16(tag, 8, 0, tag)),
        ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 19, 99].map((tag) => u16(0x200 + tag, 4)),
      ),
    ),
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3, 4, 5, 9].flatMap((messageClass) =>
      [0, 1, 2, 3, 4, 5, 6, 7].map((type) => [
        `class${messageClass}Type${type}`,
        m3ua(m3uaMessage(messageClass, type, bytes())),
      ]),
    ),
  ),
  otherLength: m3ua(m3uaMessage(3, 1, hex('0011 0008 00000001'), 99)),
  otherVersion: m3ua(hex('02 00 01 01 00000008')),
  short: m3ua(hex('01 00 01 01')),
  shortValue: m3ua(m3uaMessage(1, 1, hex('0006 0006 0000'))),
  shortParameter: m3ua(m3uaMessage(1, 1, hex('0006 0003'))),
  cutParameter: m3ua(m3uaMessage(1, 1, hex('0006'))),
  longParameter: m3ua(m3uaMessage(1, 1, hex('0004 0040 6869'))),
});
