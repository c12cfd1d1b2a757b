import { ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { checksum, rightChecksum } from './checksum.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import { printIpPayload } from './ip-payload.js';
import { IP_PROTOCOL_NAMES, IpProtocol } from './ip-protocol.js';
import { Ipv4, PRESUMED_BIG_TCP } from './ipv4-header.js';
import { printIpv4Options } from './ipv4-options.js';
import { type BitNames, writeBits } from './names.js';
import { type Packet, Text } from './packet.js';

const ip = new Layer('ip');
const ipServices = ip.group('dsfield');
const ipFlags = ip.group('flags');
export const Ipv4Fields = {
  layer: ip,
  headerLength: ip.number('hdr_len'),
  dscp: ipServices.number('dscp'),
  ecn: ipServices.number('ecn'),
  totalLength: ip.number('len'),
  identification: ip.number('id'),
  dontFragment: ipFlags.boolean('df'),
  moreFragments: ipFlags.boolean('mf'),
  /** In units of eight bytes, as in the header. */
  fragmentOffset: ip.number('frag_offset'),
  timeToLive: ip.number('ttl'),
  protocol: ip.number('proto'),
  source: ip.text('src'),
  destination: ip.text('dst'),
} as const;

const SPACE: number = Char.Space;
const COLON: number = Char.Colon;

const NAME = ascii('IP');
const HEADER = 20;
const MAX_TOTAL_LENGTH = 0xffff;
const DONT_FRAGMENT = 0x4000;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

const FLAG_NAMES: BitNames = [
  [MORE_FRAGMENTS, '+'],
  [DONT_FRAGMENT, 'DF'],
  [0x8000, 'rsvd'],
];

const ECN_NAMES = ['', ',ECT(1)', ',ECT(0)', ',CE'];

/** An IPv4 datagram. */
export function printIpv4(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'ip';
  const versionAndLength = packet.u8(at);
  const version = versionAndLength >> 4;
  if (version !== 4) {
    line.text(version === 6 ? 'IP6, wrong link-layer encapsulation' : 'IP');
    if (version !== 6) line.decimal(version);
    packet.writeInvalid();
    return;
  }
  if (packet.fields !== undefined) recordHeader(packet, packet.fields, at, length);
  if (!options.linkHeader) {
    packet.writeProtocol(NAME);
    line.byte(SPACE);
  }
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  if (length < HEADER) {
    line.text('truncated-ip ');
    line.decimal(length);
    return;
  }
  const headerLength = (versionAndLength & 15) * 4;
  if (headerLength < HEADER) {
    line.text('bad-hlen ');
    line.decimal(headerLength);
    return;
  }
  const totalLength = totalLengthOf(packet, at, length);
  if (length < totalLength) {
    line.text('truncated-ip - ');
    line.decimal(totalLength - length);
    line.text(' bytes missing! ');
  }
  if (totalLength < headerLength) {
    line.text('bad-len ');
    line.decimal(totalLength);
    return;
  }
  const outer = packet.narrow(at, totalLength);
  printDatagram(packet, at, headerLength, totalLength);
  packet.end = outer;
}

/**
 * The header's total length. 0 means as long as the layer below says: a segment that the network
 * card has yet to split (segmentation offload), or one whose length does not fit (BIG TCP).
 */
function totalLengthOf(packet: Packet, at: number, length: number): number {
  const declared = packet.u16(at + Ipv4.totalLength);
  return declared === 0 ? length : declared;
}

function recordHeader(packet: Packet, fields: FieldRecorder, at: number, length: number): void {
  fields.layer(Ipv4Fields.layer);
  if (!packet.has(at, HEADER)) return;
  const services = packet.u8(at + Ipv4.services);
  const fragment = packet.u16(at + Ipv4.fragment);
  fields.number(Ipv4Fields.headerLength, (packet.u8(at) & 15) * 4);
  fields.number(Ipv4Fields.dscp, services >> 2);
  fields.number(Ipv4Fields.ecn, services & 3);
  fields.number(Ipv4Fields.totalLength, totalLengthOf(packet, at, length));
  fields.u16(Ipv4Fields.identification, at + Ipv4.identification);
  fields.boolean(Ipv4Fields.dontFragment, (fragment & DONT_FRAGMENT) !== 0);
  fields.boolean(Ipv4Fields.moreFragments, (fragment & MORE_FRAGMENTS) !== 0);
  fields.number(Ipv4Fields.fragmentOffset, fragment & OFFSET_MASK);
  fields.u8(Ipv4Fields.timeToLive, at + Ipv4.timeToLive);
  fields.u8(Ipv4Fields.protocol, at + Ipv4.protocol);
  fields.ipv4(Ipv4Fields.source, at + Ipv4.source);
  fields.ipv4(Ipv4Fields.destination, at + Ipv4.destination);
}

/** `packet.end` must be at the datagram's own end. */
function printDatagram(
  packet: Packet,
  at: number,
  headerLength: number,
  totalLength: number,
): void {
  const { line, options } = packet;
  const fragment = packet.u16(at + Ipv4.fragment);
  const protocol = packet.u8(at + Ipv4.protocol);
  if (options.verbosity > 0 && !printHeaderDetails(packet, at, headerLength, totalLength)) {
    writeAddresses(packet, at);
    line.byte(SPACE);
    packet.writeTruncated();
    return;
  }
  if ((fragment & OFFSET_MASK) !== 0) {
    writeAddresses(packet, at);
    line.text(' ip-proto-');
    line.decimal(protocol);
    return;
  }
  if (protocol !== IpProtocol.Tcp && protocol !== IpProtocol.Udp && protocol !== IpProtocol.Sctp) {
    writeAddresses(packet, at);
    line.byte(SPACE);
  }
  if (!packet.has(at, headerLength)) {
    line.text(' [remaining caplen(');
    line.decimal(packet.remaining(at));
    line.text(') < header length(');
    line.decimal(headerLength);
    line.text(')]');
    packet.truncate();
    return;
  }
  const { ip } = packet;
  ip.version = 4;
  ip.headerAt = at;
  ip.isFragment = (fragment & MORE_FRAGMENTS) !== 0;
  ip.hopLimit = packet.u8(at + Ipv4.timeToLive);
  printIpPayload(packet, protocol, at + headerLength, totalLength - headerLength);
}

function writeAddresses(packet: Packet, at: number): void {
  packet.writeIpv4(at + Ipv4.source);
  packet.line.put(Text.arrow);
  packet.writeIpv4(at + Ipv4.destination);
  packet.line.byte(COLON);
}

/** What -v adds in parentheses; false if the options were cut off. */
function printHeaderDetails(
  packet: Packet,
  at: number,
  headerLength: number,
  totalLength: number,
): boolean {
  const { line } = packet;
  const typeOfService = packet.u8(at + Ipv4.services);
  const fragment = packet.u16(at + Ipv4.fragment);
  const timeToLive = packet.u8(at + Ipv4.timeToLive);
  const protocol = packet.u8(at + Ipv4.protocol);
  line.text('(tos 0x');
  line.hex(typeOfService);
  line.text(ECN_NAMES[typeOfService & 3] ?? '');
  if (timeToLive >= 1) {
    line.text(', ttl ');
    line.decimal(timeToLive);
  }
  line.text(', id ');
  line.decimal(packet.u16(at + Ipv4.identification));
  line.text(', offset ');
  line.decimal((fragment & OFFSET_MASK) * 8);
  line.text(', flags [');
  writeBits(line, FLAG_NAMES, fragment & ~OFFSET_MASK);
  line.text('], proto ');
  line.text(IP_PROTOCOL_NAMES.get(protocol) ?? 'unknown');
  line.text(' (');
  line.decimal(protocol);
  line.text('), length ');
  line.decimal(totalLength);
  if (packet.u16(at + Ipv4.totalLength) === 0) {
    line.text(totalLength > MAX_TOTAL_LENGTH ? PRESUMED_BIG_TCP : ' [was 0, presumed TSO]');
  }
  let optionsWhole = true;
  if (headerLength > HEADER) {
    line.text(', options (');
    optionsWhole = printIpv4Options(packet, at + HEADER, headerLength - HEADER);
    if (!optionsWhole) line.text(' [truncated-option]');
    line.byte(Char.RightParenthesis);
  }
  if (packet.has(at, headerLength)) {
    const result = checksum(packet, at, headerLength);
    if (result !== 0) {
      const found = packet.u16(at + Ipv4.checksum);
      line.text(', bad cksum ');
      line.hex(found);
      line.text(' (->');
      line.hex(rightChecksum(found, result));
      line.text(')!');
    }
  }
  line.text(')\n    ');
  return optionsWhole;
}
