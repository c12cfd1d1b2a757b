import {
  bytes,
  ethernet,
  hex,
  icmp,
  IP,
  ipv4,
  ipv4Address,
  tcp,
  u16,
  u32,
  udp,
} from '../packet.js';
import { frameSet } from './frame-set.js';

const QUOTED = ipv4({ protocol: 17 }, udp({ source: 33000, destination: 53 }, ''));
const ZERO = u32(0);

export const ICMP_FRAMES = frameSet('ICMP', {
  echo: ethernet(IP, ipv4({ protocol: 1 }, icmp(8, 0, u16(77, 3), 'payload'))),
  reply: ethernet(IP, ipv4({ protocol: 1 }, icmp(0, 0, u16(77, 3), 'payload'))),
  badChecksum: ethernet(IP, ipv4({ protocol: 1 }, hex('0800123400010002'))),
  ...Object.fromEntries(
    Array.from({ length: 18 }, (_, code) => [
      `unreachable ${code}`,
      ethernet(IP, ipv4({ protocol: 1 }, icmp(3, code, u16(0, code === 4 ? 1400 : 0), QUOTED))),
    ]),
  ),
  needFragmentOld: ethernet(IP, ipv4({ protocol: 1 }, icmp(3, 4, ZERO, QUOTED))),
  tcpPort: ethernet(IP, ipv4({ protocol: 1 }, icmp(3, 3, ZERO, ipv4({ protocol: 6 }, tcp({}))))),
  otherPort: ethernet(
    IP,
    ipv4({ protocol: 1 }, icmp(3, 3, ZERO, ipv4({ protocol: 99 }, 'abcdefgh'))),
  ),
  quench: ethernet(IP, ipv4({ protocol: 1 }, icmp(4, 0, ZERO, QUOTED))),
  ...Object.fromEntries(
    Array.from({ length: 5 }, (_, code) => [
      `redirect ${code}`,
      ethernet(IP, ipv4({ protocol: 1 }, icmp(5, code, ipv4Address('10.0.0.9'), QUOTED))),
    ]),
  ),
  advertisement: ethernet(
    IP,
    ipv4({ protocol: 1 }, icmp(9, 0, hex('02020708'), hex('0a000001 00000001 0a000002 80000000'))),
  ),
  advertisementShort: ethernet(IP, ipv4({ protocol: 1 }, icmp(9, 0, hex('0002 0037'), ''))),
  advertisementLong: ethernet(IP, ipv4({ protocol: 1 }, icmp(9, 0, hex('0003 ffff'), ''))),
  solicitation: ethernet(IP, ipv4({ protocol: 1 }, icmp(10, 0, ZERO))),
  exceeded: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 0, ZERO, QUOTED))),
  reassembly: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 1, ZERO, QUOTED))),
  exceededOther: ethernet(IP, ipv4({ protocol: 1 }, icmp(11, 2, ZERO, QUOTED))),
  parameter: ethernet(IP, ipv4({ protocol: 1 }, icmp(12, 0, hex('14000000'), QUOTED))),
  parameterCode: ethernet(IP, ipv4({ protocol: 1 }, icmp(12, 1, ZERO, QUOTED))),
  timestamp: ethernet(IP, ipv4({ protocol: 1 }, icmp(13, 0, u16(1, 2), u32(1, 0, 0)))),
  timestampReply: ethernet(
    IP,
    ipv4({ protocol: 1 }, icmp(14, 0, u16(1, 2), u32(86_399_999, 4_294_967_295, 3_600_000))),
  ),
  information: ethernet(IP, ipv4({ protocol: 1 }, icmp(15, 0, u16(1, 2)))),
  informationReply: ethernet(IP, ipv4({ protocol: 1 }, icmp(16, 0, u16(1, 2)))),
  mask: ethernet(IP, ipv4({ protocol: 1 }, icmp(17, 0, u16(1, 2), ZERO))),
  maskReply: ethernet(IP, ipv4({ protocol: 1 }, icmp(18, 0, u16(1, 2), u32(0xffffff00)))),
  unknown: ethernet(IP, ipv4({ protocol: 1 }, icmp(44, 1, ZERO))),
  extension: ethernet(
    IP,
    ipv4(
      { protocol: 1 },
      icmp(
        11,
        0,
        ZERO,
        bytes(
          QUOTED,
          new Uint8Array(128 - QUOTED.length),
          hex('2000 0000 0008 0101 00010 0fe 0006 0203 0102 00 00'),
        ),
      ),
    ),
  ),
  extensionLength: ethernet(
    IP,
    ipv4(
      { protocol: 1 },
      icmp(
        11,
        0,
        hex('00200000'),
        bytes(
          QUOTED,
          new Uint8Array(128 - QUOTED.length),
          hex('2000 1234 0008 0101 12345 1fe 0007 0203 010203 0004 0000'),
        ),
      ),
    ),
  ),
  fragment: ethernet(IP, ipv4({ protocol: 1, fragment: 0x2000 }, icmp(8, 0, u16(1, 2), 'x'))),
});
