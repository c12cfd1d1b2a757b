import { bytes, hex, u32, udpFrame } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

const TIMES = u32(0xee000000, 0x80000000, 0xee000000, 0x40000000, 0xee000001, 0x20000000);

function ntp(message: Uint8Array): Uint8Array {
  return udpFrame({ source: 123, destination: 123 }, message);
}

export const NTP_FRAMES: FrameSet = frameSet('NTP', {
  client: ntp(
    bytes(
      hex('23 00 06 ec 00000000 00010000 00000000'),
      new Uint8Array(24),
      u32(0xee000001, 0x12345678),
    ),
  ),
  server: ntp(
    bytes(hex('24 02 fa e9 00000f31 00001a2b 0a000001'), TIMES, u32(0xee000001, 0x12345678)),
  ),
  primary: ntp(
    bytes(hex('64 01 06 e9 00000000 00000000'), 'GP\x01\xff', TIMES, u32(0xedffffff, 0xfffffff0)),
  ),
  broadcast: ntp(
    bytes(hex('e5 03 60 80 00000000 00000000 0a000001'), TIMES, u32(0xee000000, 0x40000000)),
  ),
  query: ntp(bytes(hex('24 3e 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0))),
  reply: ntp(bytes(hex('24 3f 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0))),
  keyed: ntp(bytes(hex('24 10 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17))),
  md5: ntp(
    bytes(hex('24 02 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17, 1, 2, 3, 4)),
  ),
  sha1: ntp(
    bytes(hex('24 02 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17, 1, 2, 3, 4, 5)),
  ),
  extended: ntp(bytes(hex('24 02 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17, 1))),
  short: ntp(hex('24 02 06')),
  control: ntp(hex('16 02 0001 0000 0000 0000 0000')),
  controlAnswer: ntp(hex('16 e2 0001 0615 0007 0000 0004 61626364')),
  controlLong: ntp(hex('16 82 0001 0615 0007 0000 0040 61626364')),
  controlShort: ntp(hex('16 82 0001')),
  private: ntp(hex('17 82 0001')),
});
