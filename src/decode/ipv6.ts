import { ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import { printIpPayload } from './ip-payload.js';
import { IP_PROTOCOL_NAMES, IpProtocol } from './ip-protocol.js';
import { PRESUMED_BIG_TCP } from './ipv4-header.js';
import { printFragmentHeader, printRoutingHeader } from './ipv6-extension.js';
import { Ipv6 } from './ipv6-header.js';
import { printMobility } from './ipv6-mobility.js';
import { printDestinationOptions, printHopByHopOptions } from './ipv6-options.js';
import type { JumboState, Packet } from './packet.js';

const ipv6 = new Layer('ipv6');
export const Ipv6Fields = {
  layer: ipv6,
  trafficClass: ipv6.number('tclass'),
  flowLabel: ipv6.number('flow'),
  payloadLength: ipv6.number('plen'),
  nextHeader: ipv6.number('nxt'),
  hopLimit: ipv6.number('hlim'),
  source: ipv6.text('src'),
  destination: ipv6.text('dst'),
} as const;

const NAME = ascii('IP6');
const HEADER = 40;

/** An IPv6 datagram. */
export function printIpv6(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'ip6';
  if (packet.fields !== undefined) recordHeader(packet, packet.fields, at);
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  if (length < HEADER) {
    line.text('truncated-ip6 ');
    line.decimal(length);
    return;
  }
  if (!options.linkHeader) {
    packet.writeProtocol(NAME);
    line.byte(Char.Space);
  }
  const version = packet.u8(at) >> 4;
  if (version !== 6) {
    line.text('version error: ');
    line.decimal(version);
    line.text(' != 6');
    return;
  }
  const isBigTcp = hasBigTcp(packet, at, length);
  const payloadLength = isBigTcp ? length - HEADER : packet.u16(at + Ipv6.payloadLength);
  // A payload length of 0 may mean a jumbo payload option; the headers before it must be read first.
  const datagramLength = HEADER + (payloadLength === 0 ? length : payloadLength);
  if (payloadLength !== 0 && length < datagramLength) writeMissing(packet, datagramLength - length);
  if (options.verbosity > 0) printHeaderDetails(packet, at, payloadLength, isBigTcp);

  const outer = packet.narrow(at, datagramLength);
  printHeaders(packet, at, length, payloadLength, outer);
  packet.end = outer;
}

/**
 * Whether the payload's length is neither in the header nor in an option, because it does not fit
 * (BIG TCP, as Linux passes it to captures): TCP cannot have an empty IP payload.
 */
function hasBigTcp(packet: Packet, at: number, length: number): boolean {
  return (
    packet.u16(at + Ipv6.payloadLength) === 0 &&
    packet.u8(at + Ipv6.nextHeader) === IpProtocol.Tcp &&
    length > HEADER
  );
}

function recordHeader(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(Ipv6Fields.layer);
  if (!packet.has(at, HEADER) || packet.u8(at) >> 4 !== 6) return;
  fields.number(Ipv6Fields.trafficClass, (packet.u16(at) >> 4) & 0xff);
  fields.number(Ipv6Fields.flowLabel, packet.u32(at) & 0xfffff);
  fields.u16(Ipv6Fields.payloadLength, at + Ipv6.payloadLength);
  fields.u8(Ipv6Fields.nextHeader, at + Ipv6.nextHeader);
  fields.u8(Ipv6Fields.hopLimit, at + Ipv6.hopLimit);
  fields.ipv6(Ipv6Fields.source, at + Ipv6.source);
  fields.ipv6(Ipv6Fields.destination, at + Ipv6.destination);
}

/** The extension headers, and what follows them. */
function printHeaders(
  packet: Packet,
  start: number,
  wireLength: number,
  payloadLength: number,
  outerEnd: number,
): void {
  const { line, ip, jumbo } = packet;
  beginJumbo(jumbo, payloadLength);
  let nextHeader = packet.u8(start + Ipv6.nextHeader);
  let isFragment = false;
  let hasExtensions = false;
  let hasHopByHop = false;
  let isFirst = true;
  let at = start;
  let advance = HEADER;
  let left = HEADER + (payloadLength === 0 ? wireLength : payloadLength);

  while (at < packet.end && !packet.isTruncated()) {
    if (left < advance) {
      packet.writeTruncated();
      return;
    }
    at += advance;
    left -= advance;
    if (
      at === start + HEADER &&
      nextHeader !== IpProtocol.Tcp &&
      nextHeader !== IpProtocol.Udp &&
      nextHeader !== IpProtocol.Sctp
    ) {
      writeAddresses(packet, start);
    }
    switch (nextHeader) {
      case IpProtocol.HopByHop:
        if (hasHopByHop || !isFirst) {
          line.text(
            hasHopByHop
              ? '[The Hop-by-Hop Options header was already found]'
              : "[The Hop-by-Hop Options header don't follow the IPv6 header]",
          );
          packet.writeInvalid();
          return;
        }
        advance = printHopByHopOptions(packet, at);
        if (jumbo.payloadLength === 0 && !jumbo.found) {
          line.text('[No valid Jumbo Payload Hop-by-Hop option found]');
          packet.writeInvalid();
          return;
        }
        hasHopByHop = true;
        break;
      case IpProtocol.DestinationOptions:
        advance = printDestinationOptions(packet, at);
        break;
      case IpProtocol.Fragment:
        advance = printFragmentHeader(packet, at, start);
        if (packet.end <= at + advance) return;
        isFragment = true;
        break;
      case IpProtocol.Routing:
        if (!packet.has(at, 1)) {
          packet.writeTruncated();
          return;
        }
        advance = printRoutingHeader(packet, at);
        break;
      case IpProtocol.MobilityOld:
      case IpProtocol.Mobility:
        // Nothing follows it (RFC 6275, 6.1.1).
        printMobility(packet, at);
        return;
      default:
        left = payloadLeft(packet, left, at - start, wireLength, hasExtensions);
        if (left < 0) {
          packet.writeTruncated();
          return;
        }
        // A jumbo payload, or an empty one, moves the end.
        if (jumbo.payloadLength === 0 || jumbo.found) {
          const newEnd = at + left;
          if (newEnd <= outerEnd) packet.end = newEnd;
        }
        ip.version = 6;
        ip.headerAt = start;
        ip.isFragment = isFragment;
        ip.hopLimit = packet.u8(start + Ipv6.hopLimit);
        printIpPayload(packet, nextHeader, at, left);
        return;
    }
    if (advance < 0) return;
    hasExtensions = true;
    isFirst = false;
    nextHeader = packet.u8(at);
    packet.protocol = 'ip6';
  }
}

function beginJumbo(jumbo: JumboState, payloadLength: number): void {
  jumbo.found = false;
  jumbo.payloadLength = payloadLength;
}

/** Bytes after the last header; negative if the lengths contradict each other. */
function payloadLeft(
  packet: Packet,
  left: number,
  headers: number,
  wireLength: number,
  hasExtensions: boolean,
): number {
  const { found, payloadLength } = packet.jumbo;
  if (found) {
    const datagramLength = payloadLength + HEADER;
    if (datagramLength < headers) return -1;
    if (wireLength < datagramLength) writeMissing(packet, datagramLength - wireLength);
    return datagramLength - headers;
  }
  if (payloadLength === 0) return hasExtensions ? -1 : HEADER - headers;
  return left;
}

function writeMissing(packet: Packet, count: number): void {
  packet.line.text('truncated-ip6 - ');
  packet.line.decimal(count);
  packet.line.text(' bytes missing!');
}

function writeAddresses(packet: Packet, at: number): void {
  packet.writeIpv6(at + Ipv6.source);
  packet.line.text(' > ');
  packet.writeIpv6(at + Ipv6.destination);
  packet.line.text(': ');
}

/** What -v adds in parentheses. */
function printHeaderDetails(
  packet: Packet,
  at: number,
  payloadLength: number,
  isBigTcp: boolean,
): void {
  const { line } = packet;
  const trafficClass = (packet.u16(at) >> 4) & 0xff;
  const flowLabel = packet.u32(at) & 0xfffff;
  const nextHeader = packet.u8(at + Ipv6.nextHeader);
  line.byte(Char.LeftParenthesis);
  if (trafficClass !== 0) {
    line.text('class 0x');
    line.hex(trafficClass, 2);
    line.text(', ');
  }
  if (flowLabel !== 0) {
    line.text('flowlabel 0x');
    line.hex(flowLabel, 5);
    line.text(', ');
  }
  line.text('hlim ');
  line.decimal(packet.u8(at + Ipv6.hopLimit));
  line.text(', next-header ');
  line.text(IP_PROTOCOL_NAMES.get(nextHeader) ?? 'unknown');
  line.text(' (');
  line.decimal(nextHeader);
  line.text(') payload length: ');
  line.decimal(payloadLength);
  if (isBigTcp) line.text(PRESUMED_BIG_TCP);
  line.text(') ');
}
