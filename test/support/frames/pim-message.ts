import {
  bytes,
  ethernet,
  ipv4,
  ipv4Address,
  ipv6,
  ipv6Address,
  pseudoHeader,
  u16,
  u32,
  withChecksum,
} from '../packet.js';

export const PIM = 103;

export type Part = Uint8Array | string | number;

/** A message with its checksum; `second` is the header's second byte. */
export function message(type: number, body: Uint8Array, second = 0): Uint8Array {
  return withChecksum(bytes(0x20 | type, second, u16(0), body), 2);
}

export function overIp(payload: Uint8Array): Uint8Array {
  return ethernet(0x0800, ipv4({ protocol: PIM, ttl: 1 }, payload));
}

export function overIp6(payload: Uint8Array): Uint8Array {
  return ethernet(0x86dd, ipv6({ nextHeader: PIM }, payload));
}

export function pim(type: number, ...body: readonly Part[]): Uint8Array {
  return overIp(message(type, bytes(...body)));
}

export function pim6(type: number, ...body: readonly Part[]): Uint8Array {
  const all = bytes(0x20 | type, 0, u16(0), ...body);
  return overIp6(withChecksum(all, 2, pseudoHeader(6, PIM, all.length)));
}

/** With addresses as RFC 2117 has them. */
export function pimOf(addressSize: number, type: number, ...body: readonly Part[]): Uint8Array {
  return overIp(message(type, bytes(...body), addressSize));
}

/** Family and encoding, and the address with what is in front of it. */
function encoded(address: string, ...prefix: readonly number[]): Uint8Array {
  return address.includes(':')
    ? bytes(2, 0, ...prefix, ipv6Address(address))
    : bytes(1, 0, ...prefix, ipv4Address(address));
}

export const unicast = (address: string): Uint8Array => encoded(address);

/** A group or a source. */
export function masked(address: string, maskLength = 32, flags = 0): Uint8Array {
  return encoded(address, flags, maskLength);
}

export const ROUTER = unicast('10.0.0.2');
export const RP = unicast('10.9.9.9');
export const GROUP = masked('239.1.2.3');
export const SOURCE = masked('10.1.1.1', 32, 4);
export const ROUTER6 = unicast('fe80::2');
export const RP6 = unicast('2001:db8::9');
export const GROUP6 = masked('ff3e::1:2', 128);
export const SOURCE6 = masked('2001:db8::77', 128, 4);

export function option(type: number, ...data: readonly Part[]): Uint8Array {
  const all = bytes(...data);
  return bytes(u16(type, all.length), all);
}

export function sources(joined: readonly Uint8Array[], pruned: readonly Uint8Array[]): Uint8Array {
  return bytes(u16(joined.length, pruned.length), ...joined, ...pruned);
}

/** A rendezvous point with its hold time and priority. */
export function rp(address: Uint8Array, holdTime: number, priority: number): Uint8Array {
  return bytes(address, u16(holdTime), priority, 0);
}

/** Preference and metric of a route. */
export const METRICS = u32(120, 20);
