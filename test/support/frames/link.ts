import { bytes, hex, ipv4, ipv6, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const RAW_IP_FRAMES: FrameSet = frameSet(
  'Raw IP',
  {
    ipv4: ipv4({ protocol: 17 }, udp({}, 'data')),
    ipv6: ipv6({ nextHeader: 59 }, ''),
    other: hex('5500'),
  },
  { linkType: 101 },
);

export const LOOPBACK_FRAMES: FrameSet = frameSet(
  'BSD loopback',
  {
    little: bytes(hex('02000000'), ipv4({ protocol: 17 }, udp({}, 'data'))),
    big: bytes(hex('00000002'), ipv4({ protocol: 17 }, udp({}, 'data'))),
    freebsd: bytes(hex('1c000000'), ipv6({ nextHeader: 59 }, '')),
    darwin: bytes(hex('0000001e'), ipv6({ nextHeader: 59 }, '')),
    unknown: hex('63000000 0102030405'),
  },
  { linkType: 0 },
);

export const UNSUPPORTED_LINK_FRAMES: FrameSet = frameSet(
  'Unsupported link types',
  { any: hex('00112233') },
  { linkType: 147 },
);
