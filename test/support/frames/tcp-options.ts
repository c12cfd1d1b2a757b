import { bytes, ethernet, hex, IP, ipv4, tcp } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Where the options begin: after the headers of Ethernet, IPv4 and TCP. */
export const TCP_OPTIONS_AT = 54;

const OPTIONS = {
  syn: hex('020405b4 0402 080a 0000000a 00000000 01 030307'),
  timestamp: hex('0101 080a 12345678 9abcdef0'),
  sack: hex('0101 0512 00000400 00000500 00000600 00000700'),
  sackEmpty: hex('0502 0101'),
  sackFour: hex('0522 0000000100000002 0000000300000004 0000000500000006 0000000700000008 0101'),
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
  signatureShort: hex('130a 0001020304050607 0101'),
  scps: hex('1404 8001'),
  timeout: hex('1c04 8003'),
  timeoutMinutes: hex('1c04 0010'),
  authentication: hex('1d10 0102 0102030405060708090a0b0c'),
  authenticationKeys: hex('1d04 0102'),
  authenticationShort: hex('1d03 01 00'),
  fastOpenRequest: hex('2202 0101'),
  fastOpen: hex('220a 0102030405060708 0101'),
  fastOpenBad: hex('2205 010203 010101'),
  fastOpenLong: hex('2214 000102030405060708090a0b0c0d0e0f1011'),
  fastOpenLongest: hex('2212 000102030405060708090a0b0c0d0e0f 0101'),
  experimentFastOpen: hex('fe04 f989'),
  experimentCookie: hex('fe08 f989 01020304'),
  experimentCookieBad: hex('fe07 f989 010203 01'),
  experiment: hex('fe06 1234 0102 0101'),
  experimentShort: hex('fe03 01 00'),
};

/** Every kind there is, as an option of four bytes and as one of two. */
export const EVERY_TCP_OPTION = frameSet(
  'Every TCP option',
  Object.fromEntries(
    Array.from({ length: 256 }, (_, kind) => [
      `kind ${kind}`,
      ethernet(
        IP,
        ipv4({ protocol: 6 }, tcp({ options: bytes(kind, hex('04 0102'), kind, hex('02 0101')) })),
      ),
    ]),
  ),
);

export const TCP_OPTION_FRAMES = frameSet(
  'TCP options',
  Object.fromEntries(
    Object.entries(OPTIONS).map(([name, options]) => [
      name,
      ethernet(IP, ipv4({ protocol: 6 }, tcp({ options, source: 2000 }, 'data'))),
    ]),
  ),
);
