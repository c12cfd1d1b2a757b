import { frameSet } from './frame-set.js';
import { bytes, ethernet, hex, ipv4, ipv6, tcp } from '../packet.js';

const IP = 0x0800;
const IP6 = 0x86dd;

const OPTIONS = {
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

export const TCP_FRAMES = frameSet('TCP', {
  syn: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 2, options: OPTIONS.syn }))),
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
    Object.entries(OPTIONS).map(([name, options]) => [
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
    ipv4({ protocol: 6 }, tcp({ destination: 80 }, 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n')),
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
});
