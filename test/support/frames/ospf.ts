import { bytes, ethernet, hex, ipv4, ipv4Address, u16, u32 } from '../packet.js';
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
import { everyLinkPart, grace, tlv, trafficEngineering } from './ospf-tlv.js';

/** Bytes of Ethernet and IPv4 in front of OSPF here. */
export const OSPF_AT = 34;

interface Header2 extends Header {
  /** Type and the eight bytes of authentication. */
  authentication?: Uint8Array;
}

/** A packet over IPv4. */
function ospf(type: number, body: Uint8Array, header: Header2 = {}): Uint8Array {
  const own = header.authentication ?? bytes(u16(0), u32(0, 0));
  const packet = ospfPacket(2, type, own, body, header);
  return ethernet(0x0800, ipv4({ protocol: 89, ttl: 1 }, packet));
}

const PASSWORD = bytes(u16(1), 'pass\x1b', 0, 0, 0);
const DIGEST = bytes(u16(2), hex('0000 07 10 00000105'));
const DIGEST_TRAILER = new Uint8Array(16).fill(0xdd);

function hello(options: number, ...neighbours: readonly Uint8Array[]): Uint8Array {
  const mask = ipv4Address('255.255.255.0');
  return bytes(mask, u16(10), options, 1, u32(40), ROUTER_A, ROUTER_B, ...neighbours);
}

function description(
  options: number,
  flags: number,
  ...headers: readonly Uint8Array[]
): Uint8Array {
  return bytes(u16(1500), options, flags, u32(0x1000), ...headers);
}

/** An advertisement with the length of its own, unless another is given. */
function lsa(type: number, body: Uint8Array, length = 20 + body.length): Uint8Array {
  return advertisement(0x0200 | type, '01000005', body, length);
}

/** An opaque one. */
function opaque(type: number, kind: number, body: Uint8Array, length?: number): Uint8Array {
  const whole = lsa(type, body, length);
  whole[4] = kind;
  return whole;
}

function update(...lsas: readonly Uint8Array[]): Uint8Array {
  return ospf(UPDATE, bytes(u32(lsas.length), ...lsas));
}

/** A link of a router, with metrics of further topologies. */
function link(type: number, metric: number, ...topologies: readonly Uint8Array[]): Uint8Array {
  const addresses = hex('0a000002 ffffff00');
  return bytes(addresses, type, topologies.length, u16(metric), ...topologies);
}

function router(flags: number, ...links: readonly Uint8Array[]): Uint8Array {
  return lsa(1, bytes(flags, 0, u16(links.length), ...links));
}

const MASK = ipv4Address('255.255.255.0');
const NETWORK = lsa(2, bytes(MASK, ROUTER_A, ROUTER_B));
const SUMMARY = lsa(3, bytes(MASK, u32(10, 0x01000020, 0x02000030, 0x7f00_0040)));
const BORDER = lsa(4, bytes(NONE, u32(10, 0x82ffffff)));
const EXTERNAL = lsa(
  5,
  bytes(MASK, u32(0x80000014), ROUTER_B, u32(0x01020304), u32(0x01ffffff), NONE, NONE),
);
const ROUTERS = router(0xff, link(1, 1), link(2, 10), link(3, 20), link(4, 30));

const ALL_HEADERS = Array.from({ length: 13 }, (_, type) => lsa(type, bytes()));

const PACKETS = {
  hello: ospf(HELLO, hello(0x02, ROUTER_B, ipv4Address('10.0.0.3'))),
  helloAlone: ospf(HELLO, hello(0xff)),
  helloWithoutRouters: ospf(HELLO, bytes(MASK, u16(10), 0, 1, u32(40), NONE, NONE)),
  helloBackupAlone: ospf(HELLO, bytes(MASK, u16(10), 0, 1, u32(40), NONE, ROUTER_B)),
  helloArea: ospf(HELLO, hello(0x02), { area: ipv4Address('0.0.0.51') }),
  helloPassword: ospf(HELLO, hello(0x02), { authentication: PASSWORD }),
  helloPasswordWhole: ospf(HELLO, hello(0x02), { authentication: bytes(u16(1), 'password') }),
  helloDigest: ospf(HELLO, hello(0x02), { authentication: DIGEST, trailer: DIGEST_TRAILER }),
  helloDigestAlone: ospf(HELLO, bytes(), { authentication: DIGEST }),
  helloOtherAuthentication: ospf(HELLO, hello(0x02), { authentication: bytes(u16(3), u32(1, 2)) }),
  helloNeighborCut: ospf(HELLO, bytes(hello(0x02), 10, 0)),
  description: ospf(DESCRIPTION, description(0x52, 0x07, ...ALL_HEADERS)),
  descriptionEmpty: ospf(DESCRIPTION, description(0, 0)),
  descriptionFlags: ospf(DESCRIPTION, bytes(u16(0), 0x42, 0x08, u32(1))),
  descriptionBogus: ospf(
    DESCRIPTION,
    description(0x42, 0, NETWORK.subarray(0, 20), lsa(1, bytes(), 19)),
  ),
  descriptionPadded: ospf(DESCRIPTION, description(0x42, 0, lsa(1, bytes())), {
    length: 40,
    trailer: new Uint8Array(30),
  }),
  request: ospf(
    REQUEST,
    bytes(
      ...Array.from({ length: 13 }, (_, type) => bytes(u32(type), hex('01000005'), ROUTER_B)),
      bytes(u32(9), hex('03000001'), ROUTER_B),
      bytes(u32(10), hex('04ffffff'), ROUTER_B),
      bytes(u32(11), hex('ff000001'), ROUTER_B),
      bytes(u32(0xffffffff), hex('ff000001'), ROUTER_B),
    ),
  ),
  requestCut: ospf(REQUEST, bytes(u32(1), hex('01000005'))),
  ack: ospf(ACK, bytes(...ALL_HEADERS)),
  ackBogus: ospf(ACK, bytes(lsa(1, bytes()), lsa(1, bytes(), 3), lsa(1, bytes()))),
  ackPadded: ospf(ACK, lsa(1, bytes()), { trailer: lsa(2, bytes()) }),
  unknown: ospf(9, hello(0x02)),
  version1: ospf(HELLO, hello(0x02), { version: 1 }),
  version3: ospf(HELLO, hello(0x02), { version: 3 }),
  lengthShort: ospf(HELLO, hello(0x02, ROUTER_B), { length: 44 }),
  lengthLong: ospf(HELLO, hello(0x02, ROUTER_B), { length: 64 }),
  lengthZero: ospf(HELLO, hello(0x02, ROUTER_B), { length: 0 }),
  lengthZeroDescription: ospf(DESCRIPTION, description(0x42, 0, lsa(1, bytes())), { length: 0 }),
};

function signalling(...tlvs: readonly Uint8Array[]): Uint8Array {
  const all = bytes(...tlvs);
  return bytes(u16(0xf00f, 1 + all.length / 4), all);
}

const EXTENDED = tlv(1, u32(3));
const CRYPTOGRAPHIC = tlv(2, bytes(u32(0x105), new Uint8Array(16).fill(0xcc)));

const SIGNALLING = {
  hello: ospf(HELLO, hello(0x12, ROUTER_B), { trailer: signalling(EXTENDED) }),
  description: ospf(DESCRIPTION, description(0x52, 7), { trailer: signalling(EXTENDED) }),
  without: ospf(HELLO, hello(0x02), { trailer: signalling(EXTENDED) }),
  withoutInDescription: ospf(DESCRIPTION, description(0, 7), { trailer: signalling(EXTENDED) }),
  request: ospf(REQUEST, bytes(), { trailer: signalling(EXTENDED) }),
  digest: ospf(HELLO, hello(0x12), {
    authentication: DIGEST,
    trailer: bytes(DIGEST_TRAILER, signalling(EXTENDED, CRYPTOGRAPHIC), new Uint8Array(16)),
  }),
  digestAlone: ospf(HELLO, hello(0x12), {
    authentication: DIGEST,
    trailer: bytes(DIGEST_TRAILER, 1, 2, 3, 4),
  }),
  unknown: ospf(HELLO, hello(0x12), { trailer: signalling(tlv(9, u32(1, 2)), tlv(0, bytes())) }),
  noOptions: ospf(HELLO, hello(0x12), { trailer: signalling(tlv(1, u32(4))) }),
  wrongLengths: ospf(HELLO, hello(0x12), {
    trailer: signalling(tlv(1, u32(1), 9), tlv(2, new Uint8Array(20), 4), tlv(2, u32(1))),
  }),
  short: ospf(HELLO, hello(0x12), { trailer: hex('f00f') }),
};

const ROUTER_INFORMATION = {
  capabilities: update(opaque(10, 4, tlv(1, u32(0x3ff)))),
  noCapabilities: update(opaque(10, 4, tlv(1, u32(0xfffffc00)))),
  several: update(
    opaque(11, 4, bytes(tlv(1, u32(0x30)), tlv(2, u32(1, 2, 3, 4, 5)), tlv(3, bytes()))),
    NETWORK,
  ),
  wrongLength: update(opaque(10, 4, tlv(1, u32(1, 2))), NETWORK),
  tooLong: update(opaque(10, 4, tlv(1, u32(1), 5)), NETWORK),
  rest: update(opaque(10, 4, bytes(tlv(1, u32(1)), 1, 2)), NETWORK),
  empty: update(opaque(10, 4, bytes())),
};

/** Opaque advertisements, alone and with another after them. */
function opaques(
  type: number,
  kind: number,
  bodies: Readonly<Record<string, Uint8Array>>,
): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(bodies).flatMap(([name, body]) => [
      [name, update(opaque(type, kind, body))],
      [`${name}, another after it`, update(opaque(type, kind, body), NETWORK)],
    ]),
  );
}

const ADVERTISEMENTS = {
  router: update(ROUTERS),
  routerTopologies: update(
    router(0, link(3, 1, u32(0x01000005), u32(0x02000006), u32(0x03000007)), link(1, 2)),
  ),
  routerWithoutLinks: update(router(0)),
  routerAloneWithoutLinks: update(router(0), ROUTERS),
  routerUnknownLink: update(router(1, link(1, 1), link(5, 1), link(1, 1)), NETWORK),
  routerCountLong: update(lsa(1, bytes(1, 0, u16(4), link(1, 1), link(3, 2))), NETWORK, EXTERNAL),
  network: update(NETWORK),
  networkOdd: update(lsa(2, bytes(MASK, ROUTER_A, 1, 2)), NETWORK),
  summary: update(SUMMARY),
  summaryEmpty: update(lsa(3, bytes()), NETWORK),
  summaryMask: update(lsa(3, MASK)),
  border: update(BORDER),
  borderEmpty: update(lsa(4, bytes())),
  external: update(EXTERNAL),
  externalOdd: update(lsa(5, bytes(MASK, u32(0x80000014))), NETWORK),
  externalMask: update(lsa(5, MASK)),
  nssa: update(lsa(7, bytes(MASK, u32(20), ROUTER_B, NONE))),
  group: update(
    lsa(6, bytes(u32(1), ROUTER_A, u32(2), ROUTER_B, u32(3), NONE, u32(0xffffffff), NONE)),
  ),
  groupCut: update(lsa(6, bytes(u32(1)))),
  unknown: update(lsa(8, hex('0102030405060708090a0b0c0d0e0f1011')), lsa(0, bytes())),
  several: update(ROUTERS, NETWORK, SUMMARY, BORDER, EXTERNAL),
  lengthShort: update(NETWORK, lsa(2, bytes(MASK, ROUTER_A), 19), NETWORK),
  lengthLong: update(NETWORK, lsa(2, bytes(MASK, ROUTER_A), 200)),
  lengthHeader: update(lsa(2, bytes(MASK, ROUTER_A), 20), NETWORK),
  lengthInTheMiddle: update(lsa(1, hex('00000000'), 23), NETWORK),
  none: update(),
  countLong: ospf(UPDATE, bytes(u32(0xffffffff), NETWORK)),
  countShort: ospf(UPDATE, bytes(u32(1), NETWORK, NETWORK)),
  behindTheEnd: ospf(UPDATE, bytes(u32(2), NETWORK), { trailer: NETWORK }),
  opaqueUnknown: update(
    opaque(9, 7, hex('0102030405060708090a0b0c0d0e0f1011')),
    opaque(11, 2, bytes()),
    opaque(10, 255, bytes(1)),
  ),
  opaqueLong: update(opaque(9, 7, u32(1, 2, 3), 100)),
};

export const OSPF_FRAMES: FrameSet[] = [
  frameSet('OSPFv2 packets', PACKETS),
  frameSet('OSPFv2 local signalling', SIGNALLING),
  frameSet('OSPFv2 advertisements', ADVERTISEMENTS),
  frameSet('OSPFv2 router information', ROUTER_INFORMATION),
  frameSet('OSPFv2 graceful restart', opaques(9, 3, grace())),
  frameSet('OSPFv2 traffic engineering', opaques(10, 1, trafficEngineering())),
];

/** Too many to be cut at every length. */
export const EVERY_LINK_PART = frameSet(
  'Every sub-TLV of a link of OSPFv2 traffic engineering',
  opaques(10, 1, everyLinkPart()),
);
