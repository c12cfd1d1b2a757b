import { bytes, ethernet, hex, IP, udpFrame } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { INNER } from './inner.js';

export const GENEVE_FRAMES: FrameSet = frameSet('Geneve', {
  geneve: udpFrame({ destination: 6081 }, bytes(hex('0000 6558 00002a 00'), ethernet(IP, INNER))),
  geneveIp: udpFrame({ destination: 6081 }, bytes(hex('00c0 0800 00002a 07'), INNER)),
  geneveOptions: udpFrame(
    { destination: 6081 },
    bytes(
      hex('0640 6558 00002a 00 0102 8001 01020304 fff3 0000 0004 0101 0badcafe 0099 0900'),
      ethernet(IP, INNER),
    ),
  ),
  geneveOptionLong: udpFrame(
    { destination: 6081 },
    bytes(hex('0140 6558 00002a 00 0102 8005'), ethernet(IP, INNER)),
  ),
  geneveClasses: udpFrame(
    { destination: 6081 },
    bytes(hex('0300 6558 00002a 00 0100 0000 0101 0000 7777 0000'), ethernet(IP, INNER)),
  ),
  geneveMissing: udpFrame({ destination: 6081 }, hex('0f00 6558 00002a 00 0102')),
  geneveShort: udpFrame({ destination: 6081 }, hex('0f00')),
  geneveVersion: udpFrame({ destination: 6081 }, hex('4000 6558 00002a 00')),
  geneveUnknown: udpFrame({ destination: 6081 }, hex('0000 1234 00002a 00 01')),
});
