import { bytes, hex, IP, IP6, ipv4, ipv6, u16, u32, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

function sll(type: number, protocol: number, payload: Uint8Array): Uint8Array {
  return bytes(u16(type, 1, 6), hex('020000000001 0000'), u16(protocol), payload);
}

export const SLL_FRAMES: FrameSet = frameSet(
  'Linux cooked captures',
  {
    in: sll(0, IP, ipv4({ protocol: 17 }, udp({}, 'data'))),
    out: sll(4, IP6, ipv6({ nextHeader: 59 }, '')),
    other: sll(9, 0x88b5, hex('01020304')),
    vlan: sll(1, 0x8100, bytes(hex('2064 0800'), ipv4({ protocol: 17 }, udp({}, 'data')))),
    vlanLlc: sll(1, 0x8100, hex('2064 0010 424203 0000 00 80')),
    llc: sll(2, 4, hex('424203 0000 00 80')),
    llcUnknown: sll(3, 4, hex('101103 0102')),
    longAddress: bytes(
      u16(3, 1, 0x0106),
      new Uint8Array(8),
      u16(IP),
      ipv4({ protocol: 17 }, udp({}, '')),
    ),
    noAddress: bytes(u16(3, 1, 0), new Uint8Array(8), u16(IP), ipv4({ protocol: 17 }, udp({}, ''))),
  },
  { linkType: 113 },
);

function sll2(type: number, protocol: number, payload: Uint8Array): Uint8Array {
  return bytes(u16(protocol, 0), u32(99_999), u16(1), type, 6, hex('020000000001 0000'), payload);
}

export const SLL2_FRAMES: FrameSet = frameSet(
  'Linux cooked captures, version 2',
  {
    in: sll2(0, IP, ipv4({ protocol: 17 }, udp({}, 'data'))),
    out: sll2(4, IP6, ipv6({ nextHeader: 59 }, '')),
    other: sll2(9, 0x88b5, hex('01020304')),
    llc: sll2(2, 4, hex('424203 0000 00 80')),
  },
  { linkType: 276 },
);
