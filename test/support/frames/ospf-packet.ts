import { bytes, hex, ipv4Address, u16, u32 } from '../packet.js';

// What packets of version 2 and 3 have alike.

export const HELLO = 1;
export const DESCRIPTION = 2;
export const REQUEST = 3;
export const UPDATE = 4;
export const ACK = 5;

export const ROUTER_A = ipv4Address('10.0.0.1');
export const ROUTER_B = ipv4Address('10.0.0.2');
export const NONE = u32(0);

export interface Header {
  version?: number;
  length?: number;
  area?: Uint8Array;
  /** Behind the packet. */
  trailer?: Uint8Array;
}

/** Bytes of the header in front of what each version has of its own. */
const COMMON_HEADER = 14;

/** A packet with `own` at the end of its header; checksums are not looked at. */
export function ospfPacket(
  version: number,
  type: number,
  own: Uint8Array,
  body: Uint8Array,
  header: Header,
): Uint8Array {
  return bytes(
    header.version ?? version,
    type,
    u16(header.length ?? COMMON_HEADER + own.length + body.length),
    ROUTER_A,
    header.area ?? NONE,
    u16(0x1234),
    own,
    body,
    header.trailer ?? '',
  );
}

/** An advertisement; `type` has what the version keeps in front of it. */
export function advertisement(
  type: number,
  id: string,
  body: Uint8Array,
  length: number,
): Uint8Array {
  return bytes(u16(7, type), hex(id), ROUTER_B, u32(0x80000001), u16(0xabcd, length), body);
}
