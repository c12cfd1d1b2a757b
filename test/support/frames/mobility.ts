import { bytes, ethernet, hex, ipv6, ipv6Address, u16 } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Where the header begins: after those of Ethernet and IPv6. */
export const MOBILITY_AT = 54;

const ADDRESS = ipv6Address('2001:db8::42');
const COOKIE = hex('0102030405060708');
const TOKEN = hex('0000000900000001');

/** A mobility header with no next header; its data begins after the checksum. */
function header(type: number, data: Uint8Array, length = (data.length + 6) / 8 - 1) {
  return bytes(59, length, type, 0, u16(0x1234), data);
}

function frame(type: number, data: Uint8Array, length?: number) {
  return ethernet(0x86dd, ipv6({ nextHeader: 135 }, header(type, data, length)));
}

/** The same with something after the header. */
function followed(type: number, data: Uint8Array) {
  return ethernet(0x86dd, ipv6({ nextHeader: 135 }, bytes(header(type, data), 'more')));
}

const OPTIONS = bytes(
  hex('00 0100 01020000 0204 0007 0000'),
  hex('0310'),
  ADDRESS,
  hex('0404 0102 0304'),
  hex('050c 0102030405060708090a0b0c'),
  hex('0802 0001'),
  hex('00'),
);

export const MOBILITY_FRAMES = frameSet('IPv6 mobility', {
  refreshRequest: frame(0, u16(0)),
  refreshRequestPadded: frame(0, hex('0000 0104 00000000 0000')),
  homeTestInit: frame(1, bytes(u16(0), COOKIE)),
  careOfTestInit: frame(2, bytes(u16(0), COOKIE)),
  homeTest: frame(3, bytes(u16(0x0a), COOKIE, TOKEN)),
  careOfTest: frame(4, bytes(u16(0xffff), COOKIE, TOKEN)),
  update: frame(5, hex('0007 c000 0e10 0102 0000')),
  updateAll: frame(5, hex('0007 f000 0e10 0102 0000')),
  updatePlain: followed(5, hex('0007 0000 0e10 0000 0000')),
  acknowledgement: frame(6, hex('0080 0007 0e10 0102 0000')),
  acknowledgementRefused: followed(6, hex('8000 0007 0000 00000000')),
  error: frame(7, bytes(hex('0100'), ADDRESS)),
  unknown: frame(8, hex('0000')),
  unknownLong: frame(200, hex('0000 0102030405060708')),
  tooSmall: frame(3, hex('0000')),
  tooSmallUpdate: frame(5, hex('0007')),
  tooLong: frame(0, hex('0000'), 3),
  options: followed(5, bytes(hex('0007 c000 0e10'), OPTIONS)),
  optionBehindEnd: followed(5, hex('0007 c000 0e10 0103 0000')),
  optionWithoutLength: followed(5, hex('0007 c000 0e10 0101 0001')),
  refreshShort: followed(0, hex('0000 0000 0000 00 00 0200')),
  addressShort: followed(0, hex('0000 0302 0001 00000000')),
  noncesShort: followed(0, hex('0000 00000000 0402 0001')),
  authorizationShort: followed(0, hex('0000 0502 0001 00000000')),
  old: ethernet(0x86dd, ipv6({ nextHeader: 62 }, header(0, u16(0)))),
});
