import { bytes, ethernet, hex, IP, IP6, ipv4, ipv6, tcp } from '../packet.js';
import { frameSet } from './frame-set.js';

export const TCP_FRAMES = frameSet('TCP', {
  syn: ethernet(
    IP,
    ipv4(
      { protocol: 6 },
      tcp({ flags: 2, options: hex('020405b4 0402 080a 0000000a 00000000 01 030307') }),
    ),
  ),
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
