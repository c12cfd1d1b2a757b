import { bytes, ethernet, hex, ieee8023, IP, ipv4, udp } from '../packet.js';
import { frameSet } from './frame-set.js';

export const ETHERNET_FRAMES = frameSet('Ethernet and VLAN', {
  unknownType: ethernet(0x88b5, 'experimental'),
  vlan: ethernet(IP, ipv4({ protocol: 17 }, udp({}, 'data')), [[0x8100, 0x6064]]),
  qinq: ethernet(IP, ipv4({ protocol: 17 }, udp({}, 'data')), [
    [0x88a8, 0x1002],
    [0x8100, 7],
  ]),
  oldTags: ethernet(0x1234, 'x', [
    [0x9100, 1],
    [0x9200, 2],
  ]),
  snapIp: ieee8023(bytes(hex('aaaa03 000000 0800'), ipv4({ protocol: 17 }, udp({}, 'data')))),
  snapUnknown: ieee8023(hex('aaaa03 00000c 1234 0102030405')),
  snapOther: ieee8023(hex('aaaa03 123456 1234 0102030405')),
  snapType: ieee8023(hex('aaaa03 000000 88b5 0102030405')),
  snapBridged: ieee8023(
    bytes(hex('aaaa03 0080c2 0007 0000'), ethernet(IP, ipv4({ protocol: 17 }, udp({}, '')))),
  ),
  ipSap: ieee8023(bytes(hex('060603'), ipv4({ protocol: 17 }, udp({}, 'data')))),
  xid: ieee8023(hex('0001af 810100')),
  xidShort: ieee8023(hex('0001af 81')),
  xidEmpty: ieee8023(hex('0000bf')),
  test: ieee8023(hex('0400e3 0102')),
  ui: ieee8023(hex('101103 0102')),
  supervisory: ieee8023(hex('04050102')),
  information: ieee8023(hex('0405 0204 010203')),
  twoSaps: ieee8023(hex('0408 13 010203')),
  lengthTooLong: ieee8023(hex('101103 0102'), 300),
  lengthShort: ieee8023(hex('101103 01020304050607'), 4),
});
