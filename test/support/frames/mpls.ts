import { bytes, ethernet, hex, u32, udpFrame } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { INNER, INNER6 } from './inner.js';

export const MPLS_FRAMES: FrameSet = frameSet('MPLS', {
  ipv4: ethernet(0x8847, bytes(u32(0x0001_0140), INNER)),
  ipv6: ethernet(0x8848, bytes(u32(0x0001_0140), INNER6)),
  stack: ethernet(0x8847, bytes(u32(0x0001_0e3f, 0x0000_1040, 0x0000_0140), INNER)),
  explicitNull6: ethernet(0x8847, bytes(u32(0x0000_2140), INNER6)),
  unknown: ethernet(0x8847, bytes(u32(0x0001_0140), 'no protocol')),
  empty: ethernet(0x8847, u32(0x0001_0140)),
  broken: ethernet(0x8847, bytes(u32(0x0001_0040), hex('0102'))),
  overUdp: udpFrame({ destination: 6635 }, bytes(u32(0x0001_0140), INNER)),
});
