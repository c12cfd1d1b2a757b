import { bytes, ethernet, hex, IP, IP6, ipv4, ipv6, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { INNER, INNER6 } from './inner.js';

function gre(flags: number, protocol: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return ethernet(IP, ipv4({ protocol: 47 }, bytes(u16(flags, protocol), ...parts)));
}

export const GRE_FRAMES: FrameSet = frameSet('GRE', {
  plain: gre(0, 0x0800, INNER),
  ipv6: gre(0, 0x86dd, INNER6),
  everything: gre(0xb000, 0x0800, hex('1234 0000 0000002a 00000007'), INNER),
  routing: gre(
    0x4000,
    0x0800,
    hex('1234 0004 0800 0408 0a000001 0a000002 fffe 0004 00010002 1234 0002 0102 00000000'),
    INNER,
  ),
  routingOdd: gre(
    0x4000,
    0x0800,
    hex('0000 0000 0800 0304 0a000001 fffe 0003 000102 0800 0804 0a000001 00000000'),
    INNER,
  ),
  ethernet: gre(0x2000, 0x6558, hex('00000064'), ethernet(IP, INNER)),
  mpls: gre(0, 0x8847, u32(0x0001_0140), INNER),
  unknown: gre(0, 0x88b5, hex('0102')),
  version2: gre(2, 0x0800, INNER),
  pptp: gre(0x3081, 0x880b, hex('0008 0001 00000005 00000004'), hex('ff03 0021'), INNER),
  pptpAck: gre(0x2081, 0x880b, hex('0000 0001 00000004')),
  pptpOther: gre(0x3001, 0x1234, hex('0000 0001 00000004')),
  overIpv6: ethernet(IP6, ipv6({ nextHeader: 47 }, bytes(u16(0, 0x0800), INNER))),
});
