import { bytes, ethernet, hex, IP, ipv4, ipv6, udp } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Where the version, the protocol and the ports are: other values make other protocols. */
export const IPV4_KEPT = [14, 23, 34, 35, 36, 37];

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

export const IPV4_FRAMES = frameSet('IPv4', {
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
});
