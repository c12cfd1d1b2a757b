import type { BitNames, Names } from '../names.js';

/** Packet types, the same in versions 2 (RFC 2328, A.3.1) and 3 (RFC 5340, A.3.1). */
export const OspfType = {
  Hello: 1,
  DatabaseDescription: 2,
  LinkStateRequest: 3,
  LinkStateUpdate: 4,
  LinkStateAck: 5,
} as const;

export const OSPF_NAMES: Names = new Map<number, string>([
  [OspfType.Hello, 'Hello'],
  [OspfType.DatabaseDescription, 'Database Description'],
  [OspfType.LinkStateRequest, 'LS-Request'],
  [OspfType.LinkStateUpdate, 'LS-Update'],
  [OspfType.LinkStateAck, 'LS-Ack'],
]);

/** Length of the header of version 2 (RFC 2328, A.3.1). */
export const OSPF_HEADER = 24;

/**
 * Offset into the authentication field of a digest: the length of what follows the packet (D.3).
 */
export const DIGEST_LENGTH = 3;

/** Kinds of authentication (RFC 2328, D). */
export const Authentication = { None: 0, Password: 1, Digest: 2 } as const;

/** A block of link-local signaling follows the packet (RFC 5613, 2.1). */
export const OSPF_OPTION_LLS = 0x10;

/** Of version 2 (RFC 2328, A.2; RFC 4576, 5250, 5613 and 3101). */
export const OSPF_OPTIONS: BitNames = [
  [0x01, 'MultiTopology'],
  [0x02, 'External'],
  [0x04, 'Multicast'],
  [0x08, 'NSSA'],
  [OSPF_OPTION_LLS, 'LLS'],
  [0x20, 'Demand Circuit'],
  [0x40, 'Opaque'],
  [0x80, 'Up/Down'],
];

/** Types of link state advertisements of version 2 (RFC 2328, A.4.1; RFC 1584, 3101 and 5250). */
export const LsaType = {
  Router: 1,
  Network: 2,
  Summary: 3,
  SummaryBorder: 4,
  External: 5,
  Group: 6,
  Nssa: 7,
  OpaqueLink: 9,
  OpaqueArea: 10,
  OpaqueDomain: 11,
} as const;

export const LSA_NAMES: Names = new Map<number, string>([
  [LsaType.Router, 'Router'],
  [LsaType.Network, 'Network'],
  [LsaType.Summary, 'Summary'],
  [LsaType.SummaryBorder, 'ASBR Summary'],
  [LsaType.External, 'External'],
  [LsaType.Group, 'Multicast Group'],
  [LsaType.Nssa, 'NSSA'],
  [LsaType.OpaqueLink, 'Link Local Opaque'],
  [LsaType.OpaqueArea, 'Area Local Opaque'],
  [LsaType.OpaqueDomain, 'Domain Wide Opaque'],
]);

/** Types of opaque advertisements (RFC 3630, 3623 and 7770). */
export const OpaqueType = {
  TrafficEngineering: 1,
  Grace: 3,
  RouterInformation: 4,
} as const;

export const OPAQUE_NAMES: Names = new Map<number, string>([
  [OpaqueType.TrafficEngineering, 'Traffic Engineering'],
  [OpaqueType.Grace, 'Graceful restart'],
  [OpaqueType.RouterInformation, 'Router Information'],
]);

export function isOpaque(type: number): boolean {
  return type >= LsaType.OpaqueLink && type <= LsaType.OpaqueDomain;
}
