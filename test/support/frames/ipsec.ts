import { bytes, ethernet, hex, IP, IP6, ipv4, ipv6, tcp, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const IPSEC_FRAMES: FrameSet = frameSet('IPsec', {
  esp: ethernet(IP, ipv4({ protocol: 50 }, hex('12345678 00000009 0102030405060708'))),
  espShort: ethernet(IP, ipv4({ protocol: 50 }, hex('12345678 00000009'))),
  espOverIpv6: ethernet(IP6, ipv6({ nextHeader: 50 }, hex('12345678 00000009 0102030405060708'))),
  ah: ethernet(
    IP,
    ipv4(
      { protocol: 51 },
      bytes(hex('1104 0000 12345678 00000009 0102030405060708090a0b0c'), udp({}, 'data')),
    ),
  ),
  ahTcp: ethernet(
    IP6,
    ipv6(
      { nextHeader: 51 },
      bytes(
        hex('0604 0001 12345678 00000009 0102030405060708090a0b0c'),
        tcp({ version: 6 }, 'data'),
      ),
    ),
  ),
  ahTwice: ethernet(
    IP,
    ipv4(
      { protocol: 51 },
      bytes(hex('3301 0000 12345678 00000009'), hex('1101 0000 12345678 00000009'), udp({}, '')),
    ),
  ),
});
