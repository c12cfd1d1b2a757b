import { bytes, ethernet, hex, ipv4, ipv6, u16, u32 } from '../packet.js';
import { frameSet } from './frame-set.js';
import { UPDATE } from './ospf-packet.js';
import { tlv } from './ospf-tlv.js';

/** Bytes of a packet, as many as IP can carry. */
const LONG = 65_000;

const ROUTER_LSA = 1;
const GRACE_LSA = 9;
const OPAQUE_LSA = 10;
const PREFIX_LSA3 = 0x2003;
const TRAFFIC_LSA3 = 0x000a;

/** An update of version 2. */
function ospf(...lsas: readonly Uint8Array[]): Uint8Array {
  const body = bytes(...lsas);
  const header = bytes(2, UPDATE, u16(28 + body.length), u32(1, 0), new Uint8Array(12));
  return ethernet(0x0800, ipv4({ protocol: 89 }, bytes(header, u32(lsas.length), body)));
}

/** The same of version 3. */
function ospf3(...lsas: readonly Uint8Array[]): Uint8Array {
  const body = bytes(...lsas);
  const header = bytes(3, UPDATE, u16(20 + body.length), u32(1, 0, 0));
  return ethernet(0x86dd, ipv6({ nextHeader: 89 }, bytes(header, u32(lsas.length), body)));
}

function lsa(type: number, id: Uint8Array, body: Uint8Array): Uint8Array {
  const length = 20 + body.length;
  return bytes(u16(7, type), id, hex('01000002 80000001 abcd'), u16(length), body);
}

function repeated(part: Uint8Array, length = LONG - 100): Uint8Array {
  return bytes(...new Array<Uint8Array>(Math.floor(length / part.length)).fill(part));
}

const ROUTER_INFORMATION = hex('04000001');
const GRACE = hex('03000001');
const TRAFFIC_ENGINEERING = hex('01000001');

const STUB = hex('fffffffe ffffffff 03 00 ffff');
const STUBS = repeated(STUB);

export const DENSE_OSPF_FRAMES = frameSet('Long OSPF packets', {
  capabilities: ospf(lsa(OPAQUE_LSA, ROUTER_INFORMATION, repeated(tlv(1, u32(0x3ff))))),
  informationEmpty: ospf(lsa(OPAQUE_LSA, ROUTER_INFORMATION, repeated(tlv(0xffff, bytes())))),
  reasons: ospf(lsa(GRACE_LSA, GRACE, repeated(tlv(2, bytes(3))))),
  protections: ospf(
    lsa(OPAQUE_LSA, TRAFFIC_ENGINEERING, tlv(2, repeated(tlv(14, hex('ff000000'))))),
  ),
  unknownParts: ospf(lsa(OPAQUE_LSA, TRAFFIC_ENGINEERING, tlv(2, repeated(tlv(99, bytes(1)))))),
  links: ospf(lsa(ROUTER_LSA, u32(1), bytes(0xff, 0, u16(STUBS.length / STUB.length), STUBS))),
  advertisements: ospf(...new Array<Uint8Array>(3000).fill(lsa(0xff0b, hex('03ffffff'), bytes()))),
  prefixes: ospf3(lsa(PREFIX_LSA3, u32(1), bytes(u32(1), repeated(hex('00ffffff'))))),
});

/** As many advertisements of 36 bytes as there is room for; each has all that follows it as links. */
function overlappingRouters(): Uint8Array {
  const size = 36;
  const number = Math.floor((LONG - 28) / size);
  return ospf(
    ...Array.from({ length: number }, (_, index) => {
      // A third of them is the advertisements' own; the other two are the next one's header, of which
      // the router's identifier and the flags are in the place of the type.
      const links = 3 * (number - index) - 2;
      return lsa(ROUTER_LSA, u32(1), bytes(1, 0, u16(links), hex('0a000001 ffffff00 01 00 0001')));
    }),
  );
}

/**
 * Without the padding at the end, so that whatever follows is read as TLVs; each of them is as long
 * as four advertisements, and so begins at the same place of one.
 */
function overlappingGrace(): Uint8Array {
  const one = lsa(GRACE_LSA, hex('03006000'), hex('0009000101'));
  return ospf(...new Array<Uint8Array>(Math.floor((LONG - 28) / one.length)).fill(one));
}

/** Sub-TLVs that print a lot, `length` bytes in total. */
function parts(length: number): Uint8Array {
  const odd = length % 8 === 0 ? bytes() : tlv(99, new Uint8Array(8));
  return bytes(repeated(tlv(14, hex('ff000000')), length - odd.length), odd);
}

/**
 * Links do not count towards the advertisement's length, so that what follows it is read too: here
 * the links of the next ones, and TLVs that have the next one's header in them, until the length is
 * used up exactly.
 */
function overlappingTraffic(type: number): Uint8Array[] {
  const links = 20;
  const last = 80;
  const header = 20;
  const counted = 4 * links + 4 + last;
  const lengths = Array.from({ length: links }, (_, index) => last + 4 * (links - index));
  const sum = lengths.reduce((all, length) => all + 4 + length, 4 + last - header);
  lengths[0] = (lengths[0] ?? 0) - (sum % counted);
  const one = lsa(
    type,
    TRAFFIC_ENGINEERING,
    bytes(
      ...lengths.map((length) => tlv(2, parts(length))),
      u16(9, last),
      new Uint8Array(last - header),
    ),
  );
  return new Array<Uint8Array>(Math.floor((LONG - 28) / one.length)).fill(one);
}

/** Frames of which the same bytes are read many times. */
export const OVERLAPPING_OSPF_FRAMES: Readonly<Record<string, Uint8Array>> = {
  routers: overlappingRouters(),
  grace: overlappingGrace(),
  'traffic engineering': ospf(...overlappingTraffic(OPAQUE_LSA)),
  'traffic engineering of version 3': ospf3(...overlappingTraffic(TRAFFIC_LSA3)),
};
