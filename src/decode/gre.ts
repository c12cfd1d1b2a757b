import { Char } from '../text/char.js';
import { EtherType, ETHERTYPE_NAMES } from './ethertype.js';
import { Layer } from './field.js';
import { printMpls } from './mpls.js';
import { type BitNames, writeBits } from './names.js';
import type { Packet } from './packet.js';

const gre = new Layer('gre');
export const GreFields = { layer: gre, protocol: gre.number('proto') } as const;

/** Offset of the EtherType (RFC 2784, 2.1). */
const PROTOCOL = 2;

const Flag = {
  Checksum: 0x8000,
  Routing: 0x4000,
  Key: 0x2000,
  Sequence: 0x1000,
  Acknowledgement: 0x0080,
} as const;

const FLAG_NAMES: BitNames = [
  [Flag.Checksum, 'checksum present'],
  [Flag.Routing, 'routing present'],
  [Flag.Key, 'key present'],
  [Flag.Sequence, 'sequence# present'],
  [0x0800, 'source routing present'],
  [Flag.Acknowledgement, 'ack present'],
];

const ROUTE_IPV4 = 0x0800;
const ROUTE_AS = 0xfffe;

/** Generic routing encapsulation: version 0 (RFC 1701, 2784, 2890), version 1 of PPTP (RFC 2637). */
export function printGre(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'gre';
  packet.fields?.layer(GreFields.layer);
  packet.fields?.u16(GreFields.protocol, at + PROTOCOL);
  if (!packet.has(at, 2) || length < 2) {
    packet.writeTruncated();
    return;
  }
  const flags = packet.u16(at);
  const version = flags & 7;
  line.text('GREv');
  line.decimal(version);
  if (version > 1) {
    line.text(' ERROR: unknown-version');
    return;
  }
  if (packet.options.verbosity > 0) {
    line.text(', Flags [');
    writeBits(line, FLAG_NAMES, flags);
    line.byte(Char.RightBracket);
  }
  if (!packet.has(at + PROTOCOL, 2) || length < 4) {
    packet.writeTruncated();
    return;
  }
  const header =
    version === 0
      ? printFields(packet, flags, at, length)
      : printPptpFields(packet, flags, at, length);
  if (header < 0) {
    packet.writeTruncated();
    return;
  }
  const protocol = packet.u16(at + PROTOCOL);
  if (packet.options.linkHeader) {
    line.text(', proto ');
    line.text(ETHERTYPE_NAMES.get(protocol) ?? 'unknown');
    line.text(' (0x');
    line.hex(protocol, 4);
    line.byte(Char.RightParenthesis);
  }
  line.text(', length ');
  line.decimal(length);
  if (version === 1 && !(flags & Flag.Sequence)) return;
  line.text(packet.options.verbosity > 0 ? '\n\t' : ': ');
  printPayload(packet, version, protocol, at + header, length - header);
}

function printPayload(
  packet: Packet,
  version: number,
  protocol: number,
  at: number,
  length: number,
): void {
  if (version === 1 && protocol === EtherType.Ppp) {
    packet.decoders.ppp(packet, at, length);
    return;
  }
  if (version === 0) {
    switch (protocol) {
      case EtherType.Ipv4:
        packet.decoders.ipv4(packet, at, length);
        return;
      case EtherType.Ipv6:
        packet.decoders.ipv6(packet, at, length);
        return;
      case EtherType.MplsUnicast:
        printMpls(packet, at, length);
        return;
      case EtherType.TransparentBridging:
        packet.decoders.ethernet(packet, at, length);
        return;
    }
  }
  packet.line.text('gre-proto-0x');
  packet.line.hex(protocol);
}

// Both return the length of the header, or -1 if it does not fit.

function printFields(packet: Packet, flags: number, start: number, length: number): number {
  const { line } = packet;
  const end = Math.min(start + length, packet.end);
  let at = start + 4;
  if (flags & (Flag.Checksum | Flag.Routing)) {
    if (at + 2 > end) return -1;
    if (packet.options.verbosity > 0) {
      line.text(', sum 0x');
      line.hex(packet.u16(at));
    }
    if (at + 4 > end) return -1;
    line.text(', off 0x');
    line.hex(packet.u16(at + 2));
    at += 4;
  }
  if (flags & Flag.Key) {
    if (at + 4 > end) return -1;
    line.text(', key=0x');
    line.hex(packet.u32(at));
    at += 4;
  }
  if (flags & Flag.Sequence) {
    if (at + 4 > end) return -1;
    line.text(', seq ');
    line.decimal(packet.u32(at));
    at += 4;
  }
  if (flags & Flag.Routing) {
    at = printRoutes(packet, at, end);
    if (at < 0) return -1;
  }
  return at - start;
}

function printPptpFields(packet: Packet, flags: number, start: number, length: number): number {
  const { line } = packet;
  const end = Math.min(start + length, packet.end);
  let at = start + 4;
  if (flags & Flag.Key) {
    if (at + 4 > end) return -1;
    line.text(', call ');
    line.decimal(packet.u32(at) & 0xffff);
    at += 4;
  }
  if (flags & Flag.Sequence) {
    if (at + 4 > end) return -1;
    line.text(', seq ');
    line.decimal(packet.u32(at));
    at += 4;
  }
  if (flags & Flag.Acknowledgement) {
    if (at + 4 > end) return -1;
    line.text(', ack ');
    line.decimal(packet.u32(at));
    at += 4;
  }
  if (!(flags & Flag.Sequence)) line.text(', no-payload');
  return at - start;
}

/** Source route entries (RFC 1701). Returns where they end, or -1. */
function printRoutes(packet: Packet, start: number, end: number): number {
  const { line } = packet;
  for (let at = start; at + 4 <= end;) {
    const family = packet.u16(at);
    const offset = packet.u8(at + 2);
    const length = packet.u8(at + 3);
    at += 4;
    if (family === 0 && length === 0) return at;
    if (family === ROUTE_IPV4 || family === ROUTE_AS) {
      line.text(family === ROUTE_IPV4 ? ', (rtaf=ip' : ', (rtaf=asn');
      const isWhole = printRoute(packet, family === ROUTE_IPV4, offset, length, at, end);
      line.byte(Char.RightParenthesis);
      if (!isWhole) return -1;
    } else {
      line.text(', (rtaf=0x');
      line.hex(family);
      line.byte(Char.RightParenthesis);
    }
    if (at + length > end) return -1;
    at += length;
  }
  return -1;
}

/** One entry's addresses or AS numbers; a star marks the next hop. */
function printRoute(
  packet: Packet,
  isIpv4: boolean,
  offset: number,
  length: number,
  at: number,
  end: number,
): boolean {
  const { line } = packet;
  const size = isIpv4 ? 4 : 2;
  if (offset % size !== 0) {
    line.text(', badoffset=');
    line.decimal(offset);
    return true;
  }
  if (length % size !== 0) {
    line.text(', badlength=');
    line.decimal(length);
    return true;
  }
  if (offset >= length) {
    line.text(', badoff/len=');
    line.decimal(offset);
    line.byte(Char.Slash);
    line.decimal(length);
    return true;
  }
  for (let i = 0; i < length; i += size) {
    if (at + i + size > end) return false;
    line.text(i === offset ? ' *' : ' ');
    if (isIpv4) line.ipv4(packet.u32(at + i));
    else line.hex(packet.u16(at + i));
  }
  return true;
}
