import { Random } from '../../../src/sim/random.js';
import { bytes, hex, ipv4Address, u16, u32 } from '../packet.js';

// What advertisements of version 2 and 3 have alike.

/** With the length of its own, unless another is given, and padded. */
export function tlv(type: number, value: Uint8Array, length = value.length): Uint8Array {
  return bytes(u16(type, length), value, new Uint8Array(-value.length & 3));
}

/** Bodies of grace advertisements. */
export function grace(): Record<string, Uint8Array> {
  const period = tlv(1, u32(120));
  const address = tlv(3, ipv4Address('10.0.0.1'));
  return {
    usual: bytes(period, tlv(2, bytes(1)), address),
    ...Object.fromEntries(
      [0, 1, 2, 3, 4].map((reason) => [`reason ${reason}`, tlv(2, bytes(reason))]),
    ),
    unknown: bytes(tlv(9, hex('0102030405060708090a0b0c0d0e0f1011')), period),
    periodLong: bytes(tlv(1, u32(1, 2)), period),
    reasonLong: bytes(tlv(2, u16(1)), period),
    addressShort: bytes(tlv(3, bytes(10)), period),
    typeZero: bytes(tlv(0, u32(1)), period),
    empty: bytes(),
    lengthZero: bytes(tlv(1, bytes()), period),
    tooLong: bytes(tlv(1, u32(1), 9)),
    unpadded: bytes(period, u16(2, 1), 1),
    rest: bytes(period, 1, 2),
  };
}

/** Numbers of single precision that are rounded, or are none. */
const BANDWIDTHS = [
  '4cee6b28',
  '49742400',
  '00000000',
  '80000000',
  '00000001',
  '7f7fffff',
  '7f800000',
  'ff800000',
  '7fc00000',
  'ffc00000',
  'c9742400',
  '45fa0000',
  '42fa0000',
  '427a0000',
  '43bb8000',
  '5f000000',
  '7e000000',
  '55000000',
  '50000001',
  '4b3ebc20',
];

function link(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(2, bytes(...parts));
}

/** Bodies of traffic engineering advertisements. */
export function trafficEngineering(): Record<string, Uint8Array> {
  const address = ipv4Address('10.0.0.1');
  const bandwidths = hex(BANDWIDTHS.slice(0, 8).join(''));
  const metric = tlv(5, u32(10));
  const switching = (capability: number, encoding: number): Uint8Array =>
    tlv(15, bytes(capability, encoding, u16(0), bandwidths));
  return {
    router: tlv(1, address),
    routerShort: bytes(tlv(1, u16(1)), tlv(1, address)),
    routerLong: tlv(1, bytes(address, address)),
    usual: link(
      tlv(1, bytes(1)),
      tlv(2, address),
      tlv(3, address),
      tlv(4, address),
      metric,
      tlv(6, hex('4cee6b28')),
      tlv(7, hex('4cee6b28')),
      tlv(8, bandwidths),
      tlv(9, u32(0xff)),
    ),
    bandwidths: link(...BANDWIDTHS.map((bits) => tlv(6, hex(bits)))),
    types: link(...[0, 1, 2, 3].map((type) => tlv(1, bytes(type)))),
    identifiers: link(
      tlv(11, u32(1)),
      tlv(11, u32(1, 2)),
      tlv(2, u32(1, 2)),
      tlv(11, u32(1, 2, 3)),
    ),
    protections: link(...[0, 1, 0xff, 0x82].map((bits) => tlv(14, bytes(bits, 0, 0, 0)))),
    switching: link(switching(1, 1), switching(51, 2), switching(100, 5), switching(9, 99)),
    switchingMore: link(switching(2, 3), switching(3, 4), switching(4, 6), switching(150, 7)),
    switchingMost: link(switching(200, 8), switching(0, 9), switching(1, 10), switching(1, 11)),
    switchingLong: link(tlv(15, bytes(new Uint8Array(36), 1, 2, 3, 4, 5)), metric),
    sharedRisk: bytes(link(tlv(16, u32(1, 2, 3)), metric), metric, metric, metric),
    constraints: link(
      tlv(17, bytes(0, 0, 0, 0, bandwidths)),
      tlv(17, bytes(1, 0, 0, 0)),
      tlv(17, bytes(254, 0, 0, 0, bandwidths.subarray(0, 4))),
      tlv(17, bytes(7, 0, 0, 0)),
      tlv(17, bytes(7, 0, 0, 0, bandwidths, 1, 2, 3, 4)),
    ),
    unknownPart: link(tlv(99, hex('0102030405060708090a0b0c0d0e0f1011')), metric),
    unknown: bytes(tlv(9, hex('0102030405060708090a0b0c0d0e0f1011')), tlv(1, address)),
    typeZero: bytes(tlv(0, u32(1)), tlv(1, address)),
    lengthZero: bytes(tlv(1, bytes()), tlv(1, address)),
    tooLong: tlv(1, address, 5),
    unpadded: bytes(tlv(1, address), u16(9, 1), 1),
    rest: bytes(tlv(1, address), 1, 2),
    empty: bytes(),
    partTypeZero: link(tlv(0, u32(1)), metric),
    partLengthZero: link(tlv(5, bytes()), metric),
    partTooLong: link(tlv(5, u32(1), 5)),
    partUnpadded: bytes(u16(2, 5 + 4), u16(1, 1), 1, metric),
    partRest: bytes(u16(2, 10), metric, 1, 2),
    several: bytes(tlv(1, address), link(tlv(1, bytes(1)), metric), link(tlv(1, bytes(2)), metric)),
  };
}

/** Advertisements of a link with sub-TLVs of every type and many lengths. */
export function everyLinkPart(): Record<string, Uint8Array> {
  const random = new Random(1);
  const parts: Record<string, Uint8Array> = {};
  for (let type = 0; type <= 18; type++) {
    for (let length = 0; length <= 41; length++) {
      const data = Uint8Array.from({ length }, () => random.between(0, 255));
      parts[`part ${type} of ${length} bytes`] = link(tlv(type, data), tlv(5, u32(10)));
    }
  }
  return parts;
}
