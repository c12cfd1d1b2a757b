import { bytes, ethernet, hex, IP, udpFrame } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { INNER } from './inner.js';

export const VXLAN_FRAMES: FrameSet = frameSet('VXLAN', {
  vxlan: udpFrame({ destination: 4789 }, bytes(hex('08000000 00002a00'), ethernet(IP, INNER))),
  vxlanFlags: udpFrame({ destination: 4789 }, bytes(hex('80000000 00002a00'), ethernet(IP, INNER))),
  vxlanShort: udpFrame({ destination: 4789 }, hex('08000000')),
});
