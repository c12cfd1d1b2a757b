import { ascii } from '../../text/ascii.js';
import { Char } from '../../text/char.js';
import { rightChecksum } from '../checksum.js';
import { writeEndpoints } from '../endpoints.js';
import type { FieldRecorder } from '../field-recorder.js';
import { IpProtocol } from '../ip-protocol.js';
import { Ipv4 } from '../ipv4-header.js';
import { Ipv6 } from '../ipv6-header.js';
import { type BitNames, writeBits } from '../names.js';
import { type Packet, Text } from '../packet.js';
import { upperLayerChecksum } from '../pseudo-header.js';
import { TcpFields } from './fields.js';
import { TcpFlag } from './flags.js';
import { printTcpOptions } from './options.js';
import { printTcpPayload } from './payload.js';

const RIGHT_BRACKET: number = Char.RightBracket;

const FLAGS_TEXT = ascii('Flags [');
const SEQUENCE_TEXT = ascii(', seq ');
const ACKNOWLEDGEMENT_TEXT = ascii(', ack ');
const WINDOW_TEXT = ascii(', win ');
const ACK_TEXT = ascii('.');
const PUSH_ACK_TEXT = ascii('P.');

const HEADER = 20;
/** Offsets into the header (RFC 9293, 3.1). */
const DESTINATION_PORT = 2;
const SEQUENCE = 4;
const ACKNOWLEDGEMENT = 8;
/** The data offset in four bits, three reserved bits and nine flags. */
const DATA_OFFSET = 12;
const FLAGS_MASK = 0x1ff;
const WINDOW = 14;
const CHECKSUM = 16;
const URGENT = 18;

const FLAG_NAMES: BitNames = [
  [TcpFlag.Fin, 'F'],
  [TcpFlag.Syn, 'S'],
  [TcpFlag.Rst, 'R'],
  [TcpFlag.Psh, 'P'],
  [TcpFlag.Ack, '.'],
  [TcpFlag.Urg, 'U'],
  [TcpFlag.Ece, 'E'],
  [TcpFlag.Cwr, 'W'],
  [TcpFlag.Ae, 'e'],
];

/** How many bytes of a reset's data -v shows. */
const MAX_RESET_DATA = 30;

/** A TCP segment. */
export function printTcp(packet: Packet, at: number, length: number): void {
  const { line, options, palette } = packet;
  packet.protocol = 'tcp';
  if (packet.fields !== undefined) recordHeader(packet, packet.fields, at, length);
  if (!packet.has(at + DESTINATION_PORT, 2)) {
    writeAddresses(packet);
    packet.writeTruncated();
    return;
  }
  writeEndpoints(packet, IpProtocol.Tcp, at);
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  const headerLength = (packet.u8(at + DATA_OFFSET) >> 4) * 4;
  if (headerLength < HEADER) {
    line.text(' tcp ');
    line.decimal((length - headerLength) >>> 0);
    line.text(' [bad hdr length ');
    line.decimal(headerLength);
    line.text(' - too short, < 20]');
    return;
  }
  if (options.quiet) {
    line.text('tcp ');
    line.decimal((length - headerLength) >>> 0);
    if (headerLength > length) writeHeaderTooLong(packet, headerLength, length);
    return;
  }
  const flags = flagsAt(packet, at);
  line.put(FLAGS_TEXT);
  if (palette.isColoured) line.put(palette.tcpFlags.open);
  writeFlags(packet, flags);
  if (palette.isColoured) line.put(palette.tcpFlags.close);
  line.byte(RIGHT_BRACKET);

  const { sequence } = packet;
  sequence.number = packet.u32(at + SEQUENCE);
  sequence.acknowledgement = packet.u32(at + ACKNOWLEDGEMENT);
  sequence.sackBase = 0;
  if (!options.absoluteSequence && flags & TcpFlag.Ack) makeRelative(packet, at, flags);

  if (headerLength > length) {
    writeHeaderTooLong(packet, headerLength, length);
    return;
  }
  if (options.verbosity > 0 && !packet.ip.isFragment && packet.has(at, length)) {
    writeChecksum(packet, at, length);
  }
  const dataLength = length - headerLength;
  if (
    options.verbosity > 1 ||
    dataLength > 0 ||
    flags & (TcpFlag.Syn | TcpFlag.Fin | TcpFlag.Rst)
  ) {
    line.field(SEQUENCE_TEXT, sequence.number);
    if (dataLength > 0) line.field(Text.bareColon, (sequence.number + dataLength) >>> 0);
  }
  if (flags & TcpFlag.Ack) {
    line.field(ACKNOWLEDGEMENT_TEXT, sequence.acknowledgement);
  }
  line.field(WINDOW_TEXT, packet.u16(at + WINDOW));
  if (flags & TcpFlag.Urg) {
    line.text(', urg ');
    line.decimal(packet.u16(at + URGENT));
  }
  if (
    headerLength > HEADER &&
    !printTcpOptions(packet, at + HEADER, headerLength - HEADER, flags, dataLength)
  ) {
    return;
  }
  line.field(Text.length, dataLength);
  if (dataLength === 0) return;
  if (!packet.has(at, headerLength)) {
    line.text(' [remaining caplen(');
    line.decimal(packet.remaining(at));
    line.text(') < header length(');
    line.decimal(headerLength);
    line.text(')]');
    packet.truncate();
    return;
  }
  if (flags & TcpFlag.Rst) {
    // At most a text for people, whatever the port (RFC 9293, 3.5.3).
    if (options.verbosity > 0) writeResetData(packet, at + headerLength, dataLength);
    return;
  }
  printTcpPayload(
    packet,
    packet.u16(at),
    packet.u16(at + DESTINATION_PORT),
    at + headerLength,
    dataLength,
  );
}

function flagsAt(packet: Packet, at: number): number {
  return packet.u16(at + DATA_OFFSET) & FLAGS_MASK;
}

function recordHeader(packet: Packet, fields: FieldRecorder, at: number, length: number): void {
  fields.layer(TcpFields.layer);
  fields.u16(TcpFields.sourcePort, at);
  fields.u16(TcpFields.destinationPort, at + DESTINATION_PORT);
  if (!packet.has(at, HEADER)) return;
  const headerLength = (packet.u8(at + DATA_OFFSET) >> 4) * 4;
  if (headerLength <= length) fields.number(TcpFields.length, length - headerLength);
  fields.u32(TcpFields.sequence, at + SEQUENCE);
  fields.u32(TcpFields.acknowledgement, at + ACKNOWLEDGEMENT);
  fields.number(TcpFields.headerLength, headerLength);
  fields.bits(TcpFields.flags, flagsAt(packet, at));
  fields.u16(TcpFields.window, at + WINDOW);
  fields.u16(TcpFields.urgentPointer, at + URGENT);
}

/** For a segment whose ports were cut off. */
function writeAddresses(packet: Packet): void {
  const { line } = packet;
  const { version, headerAt } = packet.ip;
  if (version === 4) packet.writeIpv4(headerAt + Ipv4.source);
  else packet.writeIpv6(headerAt + Ipv6.source);
  line.text(' > ');
  if (version === 4) packet.writeIpv4(headerAt + Ipv4.destination);
  else packet.writeIpv6(headerAt + Ipv6.destination);
  line.byte(Char.Colon);
}

/** Nearly every segment has one of two combinations, which need no table. */
function writeFlags(packet: Packet, flags: number): void {
  const { line } = packet;
  if (flags === 0x10) line.put(ACK_TEXT);
  else if (flags === 0x18) line.put(PUSH_ACK_TEXT);
  else writeBits(line, FLAG_NAMES, flags, 'none', '');
}

function writeHeaderTooLong(packet: Packet, headerLength: number, length: number): void {
  const { line } = packet;
  line.text(' [bad hdr length ');
  line.decimal(headerLength);
  line.text(' - too long, > ');
  line.decimal(length);
  line.byte(RIGHT_BRACKET);
}

function writeChecksum(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const result = upperLayerChecksum(packet, at, length, IpProtocol.Tcp);
  const found = packet.u16(at + CHECKSUM);
  line.text(', cksum 0x');
  line.hex(found, 4);
  if (result === 0) {
    line.text(' (correct)');
  } else {
    line.text(' (incorrect -> 0x');
    line.hex(rightChecksum(found, result), 4);
    line.byte(Char.RightParenthesis);
  }
}

/** Makes `packet.sequence` relative to the conversation's first numbers, as tcpdump counts them. */
function makeRelative(packet: Packet, at: number, flags: number): void {
  const { sequence } = packet;
  const isReverse = isReversed(packet, at);
  const flows = packet.ip.version === 4 ? packet.tcpFlows4 : packet.tcpFlows6;
  writeKey(packet, flows.key, at, isReverse);
  const flow = flows.find();
  const { number, acknowledgement } = sequence;
  if (flows.isNew || flags & TcpFlag.Syn) {
    const before = acknowledgement - 1;
    if (isReverse) flows.setBases(flow, before, number);
    else flows.setBases(flow, number, before);
    sequence.sackBase = before;
    return;
  }
  const base = flows.sequenceBase(flow);
  const acknowledgementBase = flows.acknowledgementBase(flow);
  sequence.number = (number - (isReverse ? acknowledgementBase : base)) >>> 0;
  sequence.acknowledgement = (acknowledgement - (isReverse ? base : acknowledgementBase)) >>> 0;
  sequence.sackBase = isReverse ? base : acknowledgementBase;
}

/** Addresses and ports, in the same order for both directions of a conversation. */
function writeKey(packet: Packet, key: Int32Array, at: number, isReverse: boolean): void {
  const { view } = packet;
  const { version, headerAt } = packet.ip;
  const ports = view.getInt32(at);
  if (version === 4) {
    const source = view.getInt32(headerAt + Ipv4.source);
    const destination = view.getInt32(headerAt + Ipv4.destination);
    key[0] = isReverse ? destination : source;
    key[1] = isReverse ? source : destination;
    key[2] = isReverse ? (ports << 16) | (ports >>> 16) : ports;
    return;
  }
  for (let i = 0; i < 4; i++) {
    key[isReverse ? i + 4 : i] = view.getInt32(headerAt + Ipv6.source + 4 * i);
    key[isReverse ? i : i + 4] = view.getInt32(headerAt + Ipv6.destination + 4 * i);
  }
  key[8] = isReverse ? (ports << 16) | (ports >>> 16) : ports;
}

/**
 * Whether the source is the side that comes second in a conversation's entry: the one with the
 * higher port, or address.
 */
function isReversed(packet: Packet, at: number): boolean {
  const { view } = packet;
  const sourcePort = view.getUint16(at);
  const destinationPort = view.getUint16(at + DESTINATION_PORT);
  if (sourcePort !== destinationPort) return sourcePort > destinationPort;
  const { version, headerAt } = packet.ip;
  const size = version === 4 ? 4 : 16;
  const source = headerAt + (version === 4 ? Ipv4.source : Ipv6.source);
  for (let i = 0; i < size; i += 4) {
    const difference = view.getUint32(source + i) - view.getUint32(source + size + i);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function writeResetData(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  line.text(packet.has(at, length) ? ' [RST' : ' [!RST');
  if (length > MAX_RESET_DATA) line.byte(Char.Plus);
  line.byte(Char.Space);
  packet.writeEscaped(at, Math.min(length, MAX_RESET_DATA));
  line.byte(RIGHT_BRACKET);
}
