import { Char } from '../text/char.js';
import { Layer } from './field.js';
import { Ipv6 } from './ipv6-header.js';
import type { Packet } from './packet.js';

const routing = new Layer('ipv6.routing');
export const RoutingFields = {
  layer: routing,
  type: routing.number('type'),
  segmentsLeft: routing.number('segleft'),
} as const;

const fragment = new Layer('ipv6.fraghdr');
export const FragmentFields = {
  layer: fragment,
  /** In units of eight bytes, as in the header. */
  offset: fragment.number('offset'),
  more: fragment.boolean('more'),
  identification: fragment.number('ident'),
} as const;

const FRAGMENT_HEADER = 8;
/** Length of a routing header before its addresses. */
const ROUTING_HEADER = 8;
/** Offsets into the fragment header (RFC 8200, 4.5) and the routing header (4.4). */
const FRAGMENT_OFFSET = 2;
const IDENTIFICATION = 4;
const ROUTING_TYPE = 2;
const SEGMENTS_LEFT = 3;
const FRAGMENT_OFFSET_MASK = 0xfff8;
const MORE_FRAGMENTS = 1;

// Each returns the length of its header, or -1 to stop decoding.

/** RFC 8200, 4.5. */
export function printFragmentHeader(packet: Packet, at: number, ipv6At: number): number {
  const { line } = packet;
  packet.protocol = 'frag6';
  recordFragment(packet, at);
  if (packet.options.verbosity > 0) {
    if (!packet.need(at + IDENTIFICATION, 4)) return -1;
    line.text('frag (0x');
    line.hex(packet.u32(at + IDENTIFICATION), 8);
    line.byte(Char.Colon);
  } else {
    if (!packet.need(at + FRAGMENT_OFFSET, 2)) return -1;
    line.text('frag (');
  }
  const offset = packet.u16(at + FRAGMENT_OFFSET) & FRAGMENT_OFFSET_MASK;
  line.decimal(offset);
  line.byte(Char.Bar);
  const payload = packet.u16(ipv6At + Ipv6.payloadLength);
  const size = 40 + payload - (at - ipv6At) - FRAGMENT_HEADER;
  line.signedDecimal(size);
  line.byte(Char.RightParenthesis);
  if (size < 0) {
    packet.writeInvalid();
    return -1;
  }
  if (offset !== 0) return -1;
  line.byte(Char.Space);
  return FRAGMENT_HEADER;
}

function recordFragment(packet: Packet, at: number): void {
  const { fields } = packet;
  fields?.layer(FragmentFields.layer);
  if (fields === undefined || !packet.has(at, FRAGMENT_HEADER)) return;
  const offset = packet.u16(at + FRAGMENT_OFFSET);
  fields.number(FragmentFields.offset, offset >> 3);
  fields.boolean(FragmentFields.more, (offset & MORE_FRAGMENTS) !== 0);
  fields.u32(FragmentFields.identification, at + IDENTIFICATION);
}

/** RFC 8200, 4.4; RFC 6275, 6.4; RFC 8754, 2. */
export function printRoutingHeader(packet: Packet, at: number): number {
  const { line } = packet;
  packet.protocol = 'rt6';
  packet.fields?.layer(RoutingFields.layer);
  packet.fields?.u8(RoutingFields.type, at + ROUTING_TYPE);
  packet.fields?.u8(RoutingFields.segmentsLeft, at + SEGMENTS_LEFT);
  line.text('RT6');
  const length = packet.u8(at + 1);
  if (packet.isTruncated()) return -1;
  line.text(' (len=');
  line.decimal(length);
  const type = packet.u8(at + ROUTING_TYPE);
  if (packet.isTruncated()) return -1;
  line.text(', type=');
  line.decimal(type);
  if (type === 0) line.text(' [Deprecated]');
  const segmentsLeft = packet.u8(at + SEGMENTS_LEFT);
  line.text(', segleft=');
  line.decimal(segmentsLeft);
  switch (type) {
    case 0:
    case 2: {
      const reserved = packet.u32(at + 4);
      if (reserved !== 0 || packet.options.verbosity > 0) {
        line.text(', rsv=0x');
        line.hex(reserved);
      }
      break;
    }
    case 4: {
      const lastEntry = packet.u8(at + 4);
      line.text(', last-entry=');
      line.decimal(lastEntry);
      const flags = packet.u8(at + 5);
      if (flags !== 0 || packet.options.verbosity > 0) {
        line.text(', flags=0x');
        line.hex(flags);
      }
      const tag = packet.u16(at + 6);
      line.text(', tag=');
      line.hex(tag);
      break;
    }
    default:
      line.text(' (unknown type)');
      packet.writeInvalid();
      return -1;
  }
  if (length % 2 === 1) {
    line.text(' (invalid length ');
    line.decimal(length);
    line.byte(Char.RightParenthesis);
    packet.writeInvalid();
    return -1;
  }
  for (let i = 0; i < length >> 1 && packet.need(at + ROUTING_HEADER + 16 * i, 16); i++) {
    line.text(', [');
    line.decimal(i);
    line.byte(Char.RightBracket);
    packet.writeIpv6(at + ROUTING_HEADER + 16 * i);
  }
  line.text(') ');
  return (length + 1) * 8;
}
