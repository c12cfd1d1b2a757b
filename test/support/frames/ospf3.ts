import { bytes, ethernet, hex, ipv4Address, ipv6, ipv6Address, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import {
  ACK,
  advertisement,
  DESCRIPTION,
  type Header,
  HELLO,
  NONE,
  ospfPacket,
  REQUEST,
  ROUTER_A,
  ROUTER_B,
  UPDATE,
} from './ospf-packet.js';
import { grace, tlv, trafficEngineering } from './ospf-tlv.js';

/** Bytes of Ethernet and IPv6 in front of OSPF here. */
export const OSPF3_AT = 54;

interface Header3 extends Header {
  instance?: number;
}

/** A packet over IPv6. */
function ospf3(type: number, body: Uint8Array, header: Header3 = {}): Uint8Array {
  const packet = ospfPacket(3, type, bytes(header.instance ?? 0, 0), body, header);
  return ethernet(0x86dd, ipv6({ nextHeader: 89, hopLimit: 1 }, packet));
}

function hello(options: number, ...neighbours: readonly Uint8Array[]): Uint8Array {
  const priority = 0x01000000;
  return bytes(u32(5, priority + options), u16(10, 40), ROUTER_A, ROUTER_B, ...neighbours);
}

function description(
  options: number,
  flags: number,
  ...headers: readonly Uint8Array[]
): Uint8Array {
  return bytes(u32(options), u16(1500), 0, flags, u32(0x1000), ...headers);
}

/** An advertisement with the length of its own, unless another is given. */
function lsa(type: number, body: Uint8Array, length = 20 + body.length): Uint8Array {
  return advertisement(type, '00000005', body, length);
}

function update(...lsas: readonly Uint8Array[]): Uint8Array {
  return ospf3(UPDATE, bytes(u32(lsas.length), ...lsas));
}

const ALL_TYPES = [
  ...Array.from({ length: 16 }, (_, type) => type),
  0x2001,
  0x4005,
  0x6001,
  0xa00a,
  0xffff,
];
const ALL_HEADERS = ALL_TYPES.map((type) => lsa(type, bytes()));

const PACKETS = {
  hello: ospf3(HELLO, hello(0x13, ROUTER_B, ipv4Address('10.0.0.3'))),
  helloAlone: ospf3(HELLO, hello(0xffffff)),
  helloWithoutRouters: ospf3(HELLO, bytes(u32(5, 0), u16(10, 40), NONE, NONE)),
  helloBackupAlone: ospf3(HELLO, bytes(u32(5, 0), u16(10, 40), NONE, ROUTER_B)),
  helloArea: ospf3(HELLO, hello(0x13), { area: ipv4Address('0.0.0.51'), instance: 64 }),
  helloNeighbourCut: ospf3(HELLO, bytes(hello(0x13), 10, 0)),
  description: ospf3(DESCRIPTION, description(0x13, 0x17, ...ALL_HEADERS)),
  descriptionEmpty: ospf3(DESCRIPTION, description(0, 0)),
  descriptionCut: ospf3(DESCRIPTION, description(0x13, 7, lsa(1, bytes()), new Uint8Array(7))),
  descriptionShort: ospf3(
    DESCRIPTION,
    description(0x13, 7, ...[0, 1, 19].map((length) => lsa(0x2001, bytes(), length))),
  ),
  request: ospf3(
    REQUEST,
    bytes(...ALL_TYPES.map((type) => bytes(u16(0, type), hex('00000005'), ROUTER_B))),
  ),
  requestCut: ospf3(REQUEST, bytes(u16(0, 0x2001), hex('00000005'))),
  ack: ospf3(ACK, bytes(...ALL_HEADERS)),
  ackCut: ospf3(ACK, bytes(lsa(0x2001, bytes()), 1, 2)),
  unknown: ospf3(9, hello(0x13)),
  version2: ospf3(HELLO, hello(0x13), { version: 2 }),
  lengthShort: ospf3(HELLO, hello(0x13, ROUTER_B), { length: 36 }),
  lengthLong: ospf3(HELLO, hello(0x13, ROUTER_B), { length: 64 }),
  lengthZero: ospf3(HELLO, hello(0x13, ROUTER_B), { length: 0 }),
};

/** Of authentication: type, length, identifier, sequence number and digest. */
function authentication(type: number, length = 32): Uint8Array {
  return bytes(u16(type, length, 0, 7), u32(1, 0x105), new Uint8Array(16).fill(0xdd));
}

function signalling(length: number): Uint8Array {
  return bytes(u16(0xf00f, length), tlv(1, u32(3)));
}

const TRAILERS = {
  authentication: ospf3(HELLO, hello(0x413), { trailer: authentication(1) }),
  unknown: ospf3(HELLO, hello(0x413), { trailer: authentication(2) }),
  withoutOption: ospf3(HELLO, hello(0x13), { trailer: authentication(1) }),
  ofAck: ospf3(ACK, lsa(0x2001, bytes()), { trailer: authentication(1) }),
  ofRequest: ospf3(REQUEST, bytes(), { trailer: authentication(1, 16) }),
  short: ospf3(HELLO, hello(0x413), { trailer: authentication(1).subarray(0, 15) }),
  lengthShort: ospf3(HELLO, hello(0x413), { trailer: authentication(1, 15) }),
  lengthLong: ospf3(HELLO, hello(0x413), { trailer: authentication(1, 33) }),
  signalling: ospf3(HELLO, hello(0x213), { trailer: signalling(12) }),
  signallingOfDescription: ospf3(DESCRIPTION, description(0x213, 7), { trailer: signalling(12) }),
  signallingOfAck: ospf3(ACK, bytes(), { trailer: signalling(12) }),
  signallingWithout: ospf3(HELLO, hello(0x213)),
  signallingShort: ospf3(HELLO, hello(0x213), { trailer: hex('f00f') }),
  signallingLengthShort: ospf3(HELLO, hello(0x213), { trailer: signalling(3) }),
  signallingLengthLong: ospf3(HELLO, hello(0x213), { trailer: signalling(13) }),
  both: ospf3(HELLO, hello(0x613), { trailer: bytes(signalling(12), authentication(1)) }),
  bothOfDescription: ospf3(DESCRIPTION, description(0x613, 7), {
    trailer: bytes(signalling(12), authentication(1)),
  }),
  bothOddly: ospf3(HELLO, hello(0x613), { trailer: bytes(signalling(4), authentication(1)) }),
};

function link(type: number): Uint8Array {
  return bytes(type, 0, u16(10), u32(5, 6), ROUTER_B);
}

/** A prefix, its options, and what stands in the place of the metric. */
function prefix(bits: number, options = 0, metric = 0): Uint8Array {
  const address = ipv6Address('2001:db8:1:2:3:4:5:6');
  const size = Math.min(16, Math.ceil(bits / 32) * 4);
  return bytes(bits, options, u16(metric), address.subarray(0, size));
}

const OPTIONS = u32(0x13);
const NETWORK = lsa(0x2002, bytes(OPTIONS, ROUTER_A, ROUTER_B));
const ROUTERS = lsa(0x2001, bytes(u32(0x1f000133), link(1), link(2), link(4)));
const PREFIXES = lsa(0x2003, bytes(u32(0xff00000a), prefix(64), prefix(0), prefix(128, 0xff, 9)));
const LINK_LOCAL = ipv6Address('fe80::2');
const FORWARD = ipv6Address('2001:db8::f');
const EVERY_FLAG = u32(0x83000014);
const LINK = lsa(
  0x0008,
  bytes(u32(0x01000013), LINK_LOCAL, u32(3), prefix(64), prefix(33, 0x40), prefix(1, 8, 1)),
);
const INTRA_AREA = lsa(
  0x2009,
  bytes(u16(2, 0x2001), NONE, ROUTER_B, prefix(64, 0, 10), prefix(128, 2)),
);

const ADVERTISEMENTS = {
  router: update(ROUTERS),
  routerWithoutLinks: update(lsa(0x2001, NONE)),
  routerShort: update(lsa(0x2001, u16(0)), NETWORK),
  routerUnknownLink: update(lsa(0x2001, bytes(OPTIONS, link(1), link(3), link(1))), NETWORK),
  routerLinkCut: update(lsa(0x2001, bytes(OPTIONS, link(1), 1, 2)), NETWORK),
  network: update(NETWORK),
  networkShort: update(lsa(0x2002, u16(0)), NETWORK),
  networkOdd: update(lsa(0x2002, bytes(OPTIONS, ROUTER_A, 1)), NETWORK),
  interArea: update(PREFIXES),
  interAreaShort: update(lsa(0x2003, u16(0)), NETWORK),
  interAreaOdd: update(lsa(0x2003, bytes(u32(1), prefix(64), 1)), NETWORK),
  interAreaLong: update(lsa(0x2003, bytes(u32(1), prefix(129))), NETWORK),
  interAreaCut: update(lsa(0x2003, bytes(u32(1), prefix(64).subarray(0, 11))), NETWORK),
  external: update(lsa(0x4005, bytes(u32(20), prefix(48)))),
  externalWhole: update(
    lsa(0x4005, bytes(EVERY_FLAG, prefix(48, 0, 0x2001), FORWARD, u32(7), u32(9))),
  ),
  externalShort: update(lsa(0x4005, u16(0)), NETWORK),
  externalPrefixCut: update(lsa(0x4005, bytes(u32(20), 48, 0)), NETWORK),
  externalForwardCut: update(lsa(0x4005, bytes(EVERY_FLAG, prefix(48), 1)), NETWORK),
  externalTagCut: update(lsa(0x4005, bytes(EVERY_FLAG, prefix(48), FORWARD, 1)), NETWORK),
  externalReferenceCut: update(lsa(0x4005, bytes(u32(0), prefix(48, 0, 0x2001), 1)), NETWORK),
  externalRest: update(lsa(0x4005, bytes(u32(0x80000000), prefix(48, 0, 1), 1, 2)), NETWORK),
  link: update(LINK),
  linkShort: update(lsa(0x0008, u16(0)), NETWORK),
  linkAddressCut: update(lsa(0x0008, bytes(u32(0), LINK_LOCAL)), NETWORK),
  linkCountLong: update(lsa(0x0008, bytes(u32(0), LINK_LOCAL, u32(3), prefix(64))), NETWORK),
  linkCountShort: update(lsa(0x0008, bytes(u32(0), LINK_LOCAL, u32(0), prefix(64))), NETWORK),
  intraArea: update(INTRA_AREA),
  intraAreaShort: update(lsa(0x2009, u16(0)), NETWORK),
  intraAreaShorter: update(lsa(0x2009, u32(0)), NETWORK),
  intraAreaBehindTheEnd: update(
    lsa(0x2009, bytes(u16(2, 0x2001), NONE, ROUTER_B, prefix(64).subarray(0, 8))),
    NETWORK,
  ),
  unknown: update(lsa(0x2004, hex('0102030405060708090a0b0c0d0e0f1011')), lsa(0x8001, bytes(1))),
  transitive: update(lsa(0xa001, bytes(u32(0x13)))),
  several: update(ROUTERS, NETWORK, PREFIXES, LINK, INTRA_AREA),
  lengthShort: update(NETWORK, lsa(0x2002, bytes(OPTIONS, ROUTER_A), 19), NETWORK),
  lengthLong: update(NETWORK, lsa(0x2002, bytes(OPTIONS, ROUTER_A), 200)),
  none: update(),
  countLong: ospf3(UPDATE, bytes(u32(0xffffffff), NETWORK)),
  countShort: ospf3(UPDATE, bytes(u32(1), NETWORK, NETWORK)),
  headerCut: ospf3(UPDATE, bytes(u32(2), NETWORK, 1, 2, 3)),
  behindTheEnd: ospf3(UPDATE, bytes(u32(2), NETWORK), { trailer: NETWORK }),
  countCut: ospf3(UPDATE, bytes(1, 2)),
};

/** Advertisements of a type that has TLVs, with another after them. */
function withTlvs(
  type: number,
  bodies: Readonly<Record<string, Uint8Array>>,
): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [name, update(lsa(type, body), NETWORK)]),
  );
}

export const OSPF3_FRAMES: FrameSet[] = [
  frameSet('OSPFv3 packets', PACKETS),
  frameSet('OSPFv3 trailers', TRAILERS),
  frameSet('OSPFv3 advertisements', ADVERTISEMENTS),
  frameSet('OSPFv3 graceful restart', withTlvs(0x000b, grace())),
  frameSet('OSPFv3 traffic engineering', withTlvs(0x000a, trafficEngineering())),
];
