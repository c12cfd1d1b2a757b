import { ethernet, hex, IP, IP6, ipv4, ipv6, udp } from '../packet.js';
import { frameSet } from './frame-set.js';

export const UDP_FRAMES = frameSet('UDP', {
  empty: ethernet(IP, ipv4({ protocol: 17 }, udp({}, ''))),
  data: ethernet(IP, ipv4({ protocol: 17 }, udp({ source: 65535, destination: 0 }, 'data'))),
  noChecksum: ethernet(IP, ipv4({ protocol: 17 }, udp({ checksum: 0 }, 'data'))),
  badChecksum: ethernet(IP, ipv4({ protocol: 17 }, udp({ checksum: 0x1234 }, 'data'))),
  badChecksum6: ethernet(IP6, ipv6({ nextHeader: 17 }, udp({ checksum: 0x1234 }, 'odd'))),
  tooLong: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 100 }, 'data'))),
  tooShort: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 7 }, 'data'))),
  shorter: ethernet(IP, ipv4({ protocol: 17 }, udp({ length: 9 }, 'data'))),
  truncated: ethernet(IP, ipv4({ protocol: 17 }, hex('000100020003'))),
  source: ethernet(
    IP,
    ipv4({ protocol: 17, options: hex('890b04 0a000009 0a00000a 00') }, udp({}, 'data')),
  ),
});
