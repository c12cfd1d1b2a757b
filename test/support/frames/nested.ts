import type { Random } from '../../../src/sim/random.js';
import { bytes, ethernet, hex, icmp, IP, ipv4, ipv6, u16, u32, udp } from '../packet.js';

/** 802.2 in a frame longer than 802.3 allows. */
const JUMBO = 0x8870;

type Wrapper = (inner: Uint8Array) => Uint8Array;

function overUdp(destination: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return ipv4({ protocol: 17 }, udp({ destination }, bytes(...parts)));
}

/** Ways in which an IPv4 datagram is in another, by what stands between the two. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  IPIP: (inner) => ipv4({ protocol: 4 }, inner),
  '6in4': (inner) => ipv4({ protocol: 41 }, ipv6({ nextHeader: 4 }, inner)),
  AH: (inner) => ipv4({ protocol: 51 }, bytes(hex('0401 0000 12345678 00000009'), inner)),
  'AH in AH': (inner) =>
    ipv4(
      { protocol: 51 },
      bytes(
        ...new Array<Uint8Array>(20).fill(hex('3300 0000 12345678')),
        hex('0400 0000 12345678'),
        inner,
      ),
    ),
  GRE: (inner) => ipv4({ protocol: 47 }, bytes(u16(0, IP), inner)),
  'GRE, PPP': (inner) =>
    ipv4({ protocol: 47 }, bytes(u16(0x3001, 0x880b), u32(inner.length, 1), u16(0x21), inner)),
  'GRE, Ethernet, VLAN, PPPoE': (inner) =>
    ipv4(
      { protocol: 47 },
      bytes(
        u16(0, 0x6558),
        ethernet(0x8864, bytes(hex('1100 0001'), u16(inner.length + 2, 0x21), inner), [
          [0x8100, 7],
        ]),
      ),
    ),
  'VXLAN, SNAP': (inner) =>
    overUdp(
      4789,
      hex('0800000000000100'),
      ethernet(JUMBO, bytes(hex('aaaa03 000000'), u16(IP), inner)),
    ),
  'Ethernet in SNAP': (inner) =>
    overUdp(
      4789,
      hex('0800000000000100'),
      ethernet(JUMBO, bytes(hex('aaaa03 0080c2 0007 0000'), ethernet(IP, inner))),
    ),
  Geneve: (inner) => overUdp(6081, u16(0, IP), u32(0x100), inner),
  MPLS: (inner) => overUdp(6635, u32(0x0001_0040, 0x0001_0140), inner),
  // These are decoded with -v only.
  'PIM register': (inner) => ipv4({ protocol: 103 }, bytes(hex('2100 1234 00000000'), inner)),
  'ICMP quoting': (inner) => ipv4({ protocol: 1 }, icmp(3, 1, u32(0), inner)),
};

/** A frame of up to `size` bytes, each datagram of which is wrapped in another as `next` chooses. */
export function nested(size: number, next: () => Wrapper): Uint8Array {
  let outermost = ipv4({ protocol: 59 }, '');
  for (;;) {
    const larger = next()(outermost);
    if (larger.length > size - 14) return ethernet(IP, outermost);
    outermost = larger;
  }
}

/** The same with a mixture of all of them. */
export function nestedAtRandom(size: number, random: Random): Uint8Array {
  const wrappers = Object.values(WRAPPERS) as [Wrapper, ...Wrapper[]];
  return nested(size, () => random.pick(wrappers));
}
