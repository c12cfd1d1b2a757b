/** Protocol numbers of the IPv4 and IPv6 headers (IANA). */
export const Protocol = { Icmp: 1, Tcp: 6, Udp: 17, Icmpv6: 58 } as const;

/** The offset of the checksum in each protocol's header. */
const CHECKSUM_OFFSET: ReadonlyMap<number, number> = new Map([
  [Protocol.Icmp, 2],
  [Protocol.Tcp, 16],
  [Protocol.Udp, 6],
  [Protocol.Icmpv6, 2],
]);

export interface IpHeader {
  /** 4 bytes for IPv4, 16 for IPv6; this determines the version. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly protocol: number;
  /** TTL or hop limit. */
  readonly hopLimit: number;
  /** IPv4 only. */
  readonly identification: number;
}

/** The length in bytes of the header that `writeIpHeader` writes. */
export function ipHeaderLength({ source }: IpHeader): number {
  return source.length === 4 ? 20 : 40;
}

/** Writes an IPv4 header (RFC 791; DF is set) or IPv6 header (RFC 8200) at `at` of zeroed bytes. */
export function writeIpHeader(
  bytes: Uint8Array,
  at: number,
  header: IpHeader,
  payloadLength: number,
): void {
  if (header.source.length === 4) {
    bytes[at] = 0x45;
    writeUint16(bytes, at + 2, 20 + payloadLength);
    writeUint16(bytes, at + 4, header.identification);
    bytes[at + 6] = 0x40;
    bytes[at + 8] = header.hopLimit;
    bytes[at + 9] = header.protocol;
    bytes.set(header.source, at + 12);
    bytes.set(header.destination, at + 16);
    writeUint16(bytes, at + 10, checksum(wordSum(bytes, at, at + 20)));
  } else {
    bytes[at] = 0x60;
    writeUint16(bytes, at + 4, payloadLength);
    bytes[at + 6] = header.protocol;
    bytes[at + 7] = header.hopLimit;
    bytes.set(header.source, at + 8);
    bytes.set(header.destination, at + 24);
  }
}

/** Fills in the checksum of the payload from `at` to `end`, whose field must be 0. */
export function writePayloadChecksum(
  bytes: Uint8Array,
  at: number,
  end: number,
  header: IpHeader,
): void {
  const field = CHECKSUM_OFFSET.get(header.protocol);
  if (field === undefined) return;
  let sum = wordSum(bytes, at, end);
  // The pseudo header of RFC 9293 section 3.1 and RFC 8200 section 8.1; ICMP has none (RFC 792).
  if (header.protocol !== Protocol.Icmp) {
    sum += header.protocol + (end - at);
    sum += wordSum(header.source, 0, header.source.length);
    sum += wordSum(header.destination, 0, header.destination.length);
  }
  // RFC 768: a UDP checksum of 0 means that there is none; for the others 0xffff is equivalent.
  writeUint16(bytes, at + field, checksum(sum) || 0xffff);
}

/** A UDP header (RFC 768); the checksum is left 0. */
export function udpHeader(source: number, destination: number, payloadLength: number): Uint8Array {
  const header = new Uint8Array(8);
  writeUint16(header, 0, source);
  writeUint16(header, 2, destination);
  writeUint16(header, 4, header.length + payloadLength);
  return header;
}

/**
 * The header of an echo request or reply of ICMP (RFC 792) or ICMPv6 (RFC 4443), which differ only in
 * their types; the checksum is left 0.
 */
export function echoHeader(type: number, identifier: number, sequence: number): Uint8Array {
  const header = new Uint8Array(8);
  header[0] = type;
  writeUint16(header, 4, identifier);
  writeUint16(header, 6, sequence);
  return header;
}

/** The sum of the 16-bit words from `from` to `end`; an odd byte is padded with a zero. */
function wordSum(bytes: Uint8Array, from: number, end: number): number {
  let sum = 0;
  const even = end - ((end - from) & 1);
  for (let i = from; i < even; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  return even < end ? sum + ((bytes[even] ?? 0) << 8) : sum;
}

/** RFC 1071: the one's complement of the one's complement sum. */
function checksum(sum: number): number {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum ^ 0xffff;
}

export function writeUint16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  writeUint16(bytes, at, value >>> 16);
  writeUint16(bytes, at + 2, value);
}
