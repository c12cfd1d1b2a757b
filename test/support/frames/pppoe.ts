import { bytes, ethernet, hex, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { INNER, INNER6 } from './inner.js';

const SESSION = hex('1100 0001');

export const PPPOE_FRAMES: FrameSet = frameSet('PPPoE', {
  initiation: ethernet(0x8863, hex('1109 0000 000c 0101 0000 0103 0004 01020304')),
  offer: ethernet(
    0x8863,
    bytes(
      hex('1107 0000 0025 0102 0006'),
      'access',
      hex('0101 0003'),
      'isp',
      hex('0104 000c 0102030405060708090a0b0c 0000 0000'),
    ),
  ),
  longTag: ethernet(0x8863, bytes(hex('1107 0000 0068 0102 0064'), 'x'.repeat(100))),
  longHex: ethernet(0x8863, bytes(hex('1107 0000 0068 0104 0064'), new Uint8Array(100).fill(0xab))),
  terminate: ethernet(0x8863, hex('11a7 0001 0000')),
  unknownCode: ethernet(0x8863, hex('1142 0001 0004 0999 0000')),
  version: ethernet(0x8863, hex('2309 0000 0000')),
  tooLong: ethernet(0x8863, hex('1109 0000 0800')),
  short: ethernet(0x8863, hex('1109')),
  ipv4: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 2, 0x0021), INNER)),
  ipv6: ethernet(0x8864, bytes(SESSION, u16(INNER6.length + 2, 0x0057), INNER6)),
  compressedProtocol: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 1), 0x21, INNER)),
  addressField: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 4, 0xff03, 0x0021), INNER)),
  pppd: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 4, 0x0103, 0x0021), INNER)),
  mpls: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 6, 0x0281), u32(0x0001_0140), INNER)),
  compressed: ethernet(0x8864, bytes(SESSION, hex('0004 00fd 0102'))),
  empty: ethernet(0x8864, bytes(SESSION, hex('0001 00'))),
  ppp: ethernet(0x880b, bytes(hex('ff03 0021'), INNER)),
});
