/** Packets for tests, built from the outside in: ethernet(…, ipv4(…, udp(…, data))). */

type Data = Uint8Array | readonly number[] | string;

export function bytes(...parts: readonly (Data | number)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) =>
      typeof part === 'number'
        ? Uint8Array.of(part)
        : typeof part === 'string'
          ? Buffer.from(part, 'latin1')
          : Uint8Array.from(part),
    ),
  );
}

/** Bytes of a text of hexadecimal digits; spaces are for the reader. */
export function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
}

export function u16(...values: readonly number[]): Uint8Array {
  return bytes(...values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]));
}

export function u32(...values: readonly number[]): Uint8Array {
  return u16(...values.flatMap((value) => [(value >>> 16) & 0xffff, value & 0xffff]));
}

export function ipv4Address(text: string): Uint8Array {
  return bytes(text.split('.').map(Number));
}

export function ipv6Address(text: string): Uint8Array {
  const [head = '', tail] = text.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => parseInt(word, 16));
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const gap = new Array<number>(8 - left.length - right.length).fill(0);
  return u16(...left, ...gap, ...right);
}

/** EtherTypes. */
export const IP = 0x0800;
export const IP6 = 0x86dd;

export const MAC_A = hex('020000000001');
export const MAC_B = hex('0200000000ff');

/** An Ethernet II frame; `tags` are VLAN tags, each a type and its control information. */
export function ethernet(
  type: number,
  payload: Data,
  tags: readonly (readonly [type: number, control: number])[] = [],
): Uint8Array {
  return bytes(MAC_B, MAC_A, ...tags.map((tag) => u16(...tag)), u16(type), payload);
}

/** An IEEE 802.3 frame with its length. */
export function ieee8023(payload: Data, length = payload.length): Uint8Array {
  return bytes(hex('0180c2000000'), MAC_A, u16(length), payload);
}

function onesComplementSum(data: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 2) sum += ((data[i] ?? 0) << 8) | (data[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

/** A copy with the Internet checksum of `pseudo` and `data` at `at`. */
export function withChecksum(
  data: Uint8Array,
  at: number,
  pseudo: Uint8Array = bytes(),
): Uint8Array {
  const result = Uint8Array.from(data);
  result.set(u16(0), at);
  const sum = ~onesComplementSum(bytes(pseudo, result)) & 0xffff;
  result.set(u16(sum), at);
  return result;
}

export interface Ipv4Fields {
  protocol: number;
  source?: string;
  destination?: string;
  tos?: number;
  identification?: number;
  /** Flags and fragment offset. */
  fragment?: number;
  ttl?: number;
  options?: Uint8Array;
  /** Instead of the right one. */
  totalLength?: number;
  checksum?: number;
}

export function ipv4(fields: Ipv4Fields, payload: Data): Uint8Array {
  const options = fields.options ?? bytes();
  const headerLength = 20 + options.length;
  const header = bytes(
    0x40 | (headerLength / 4),
    fields.tos ?? 0,
    u16(fields.totalLength ?? headerLength + payload.length),
    u16(fields.identification ?? 4660, fields.fragment ?? 0x4000),
    fields.ttl ?? 64,
    fields.protocol,
    u16(0),
    ipv4Address(fields.source ?? '10.0.0.1'),
    ipv4Address(fields.destination ?? '192.168.100.255'),
    options,
  );
  const whole = withChecksum(header, 10);
  if (fields.checksum !== undefined) whole.set(u16(fields.checksum), 10);
  return bytes(whole, payload);
}

export interface Ipv6Fields {
  nextHeader: number;
  source?: string;
  destination?: string;
  trafficClass?: number;
  flowLabel?: number;
  hopLimit?: number;
  payloadLength?: number;
}

export function ipv6(fields: Ipv6Fields, payload: Data): Uint8Array {
  const first = 0x6000_0000 | ((fields.trafficClass ?? 0) << 20) | (fields.flowLabel ?? 0);
  return bytes(
    u32(first),
    u16(fields.payloadLength ?? payload.length),
    fields.nextHeader,
    fields.hopLimit ?? 255,
    ipv6Address(fields.source ?? 'fe80::1'),
    ipv6Address(fields.destination ?? '2001:db8:0:1::ff'),
    payload,
  );
}

/** A pseudo-header with the addresses that ipv4() and ipv6() have by default. */
export function pseudoHeader(version: 4 | 6, protocol: number, length: number): Uint8Array {
  return version === 4
    ? bytes(ipv4Address('10.0.0.1'), ipv4Address('192.168.100.255'), u16(protocol, length))
    : bytes(ipv6Address('fe80::1'), ipv6Address('2001:db8:0:1::ff'), u32(length, protocol));
}

export interface UdpFields {
  source?: number;
  destination?: number;
  length?: number;
  checksum?: number;
  version?: 4 | 6;
}

export function udp(fields: UdpFields, payload: Data): Uint8Array {
  const datagram = bytes(
    u16(fields.source ?? 1234, fields.destination ?? 5678),
    u16(fields.length ?? 8 + payload.length, 0),
    payload,
  );
  const pseudo = pseudoHeader(fields.version ?? 4, 17, datagram.length);
  const whole = withChecksum(datagram, 6, pseudo);
  if (fields.checksum !== undefined) whole.set(u16(fields.checksum), 6);
  return whole;
}

/** A UDP datagram over IPv4 in an Ethernet frame. */
export function udpFrame(fields: UdpFields, payload: Data): Uint8Array {
  return ethernet(IP, ipv4({ protocol: 17 }, udp(fields, payload)));
}

export interface TcpFields {
  source?: number;
  destination?: number;
  sequence?: number;
  acknowledgement?: number;
  /** Nine bits. */
  flags?: number;
  window?: number;
  urgent?: number;
  options?: Uint8Array;
  /** In 32-bit words, instead of the right one. */
  dataOffset?: number;
  checksum?: number;
  version?: 4 | 6;
}

export function tcp(fields: TcpFields, payload: Data = ''): Uint8Array {
  const options = fields.options ?? bytes();
  const segment = bytes(
    u16(fields.source ?? 1234, fields.destination ?? 5678),
    u32(fields.sequence ?? 4_000_000_000, fields.acknowledgement ?? 1000),
    ((fields.dataOffset ?? 5 + options.length / 4) << 4) | ((fields.flags ?? 0) >> 8),
    (fields.flags ?? 0x10) & 0xff,
    u16(fields.window ?? 512, 0, fields.urgent ?? 0),
    options,
    payload,
  );
  const pseudo = pseudoHeader(fields.version ?? 4, 6, segment.length);
  const whole = withChecksum(segment, 16, pseudo);
  if (fields.checksum !== undefined) whole.set(u16(fields.checksum), 16);
  return whole;
}

/** An ICMP message: type, code, four bytes of header, and the rest. */
export function icmp(type: number, code: number, header: Data, payload: Data = ''): Uint8Array {
  return withChecksum(bytes(type, code, u16(0), header, payload), 2);
}

export function icmp6(type: number, code: number, header: Data, payload: Data = ''): Uint8Array {
  const message = bytes(type, code, u16(0), header, payload);
  return withChecksum(message, 2, pseudoHeader(6, 58, message.length));
}
