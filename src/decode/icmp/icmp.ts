import { ascii } from '../../text/ascii.js';
import { Char } from '../../text/char.js';
import { checksum, rightChecksum } from '../checksum.js';
import type { FieldRecorder } from '../field-recorder.js';
import { Ipv4 } from '../ipv4-header.js';
import { writeName } from '../names.js';
import { type Packet, Text } from '../packet.js';
import { EXTENSION, hasMultiPartExtension, printMultiPartExtension } from './extension.js';
import { IcmpFields } from './fields.js';
import { Icmp } from './header.js';
import { printRouterAdvertisement } from './router.js';
import { Type, TYPE_NAMES, Unreachable } from './types.js';
import { printUnreachable } from './unreachable.js';

const REDIRECTS = ['redirect ', 'redirect ', 'redirect-tos ', 'redirect-tos '];
const REDIRECT_TARGETS = [' to net ', ' to host ', ' to net ', ' to host '];

/** Offsets of a timestamp message's times. */
const ORIGINATE = 8;
const RECEIVE = 12;
const TRANSMIT = 16;

const NAME = ascii('ICMP');
const ECHO_REQUEST = ascii('echo request, id ');
const ECHO_REPLY = ascii('echo reply, id ');
const SEQUENCE = ascii(', seq ');

/** An ICMP message (RFC 792). */
export function printIcmp(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'icmp';
  if (packet.fields !== undefined) record(packet, packet.fields, at);
  const start = line.length;
  const type = packet.u8(at);
  const code = packet.u8(at + Icmp.code);
  packet.writeProtocol(NAME);
  line.byte(Char.Space);
  if (!printMessage(packet, at, type, code)) {
    line.cutTo(start);
    packet.writeTruncated();
    return;
  }
  // tcpdump shows nothing until it has read the whole message.
  packet.truncateBefore(start);
  line.put(Text.length);
  line.decimal(length);
  if (options.verbosity === 0) return;

  if (!packet.ip.isFragment && packet.has(at, length)) writeWrongChecksum(packet, at, length);
  if (
    type === Type.Unreachable ||
    type === Type.SourceQuench ||
    type === Type.Redirect ||
    type === Type.TimeExceeded ||
    type === Type.ParameterProblem
  ) {
    const mayBeExtended = type !== Type.SourceQuench && type !== Type.Redirect;
    printQuoted(packet, at, length, mayBeExtended);
    packet.protocol = 'icmp';
    if (mayBeExtended) printMultiPartExtension(packet, at, length);
  }
}

function record(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(IcmpFields.layer);
  fields.u8(IcmpFields.type, at);
  fields.u8(IcmpFields.code, at + Icmp.code);
  if (!packet.has(at, 2)) return;
  switch (packet.u8(at)) {
    case Type.Echo:
    case Type.EchoReply:
    case Type.Timestamp:
    case Type.TimestampReply:
    case Type.MaskReply:
    case Type.InformationRequest:
    case Type.InformationReply:
    case Type.MaskRequest:
      fields.u16(IcmpFields.identifier, at + Icmp.identifier);
      fields.u16(IcmpFields.sequence, at + Icmp.sequence);
      break;
    case Type.Unreachable:
      if (packet.u8(at + Icmp.code) === Unreachable.NeedToFragment) {
        fields.u16(IcmpFields.mtu, at + Icmp.mtu);
      }
      break;
    case Type.Redirect:
      fields.ipv4(IcmpFields.gateway, at + Icmp.gateway);
  }
}

/** Type, code and their fields; false if they were cut off. */
function printMessage(packet: Packet, at: number, type: number, code: number): boolean {
  const { line } = packet;
  const quoted = at + Icmp.quoted;
  switch (type) {
    case Type.Echo:
    case Type.EchoReply:
      line.put(type === Type.Echo ? ECHO_REQUEST : ECHO_REPLY);
      line.decimal(packet.u16(at + Icmp.identifier));
      line.put(SEQUENCE);
      line.decimal(packet.u16(at + Icmp.sequence));
      return true;
    case Type.Unreachable:
      return printUnreachable(packet, at, code);
    case Type.Redirect:
      if (code < REDIRECTS.length) {
        line.text(REDIRECTS[code] ?? '');
      } else {
        line.text('redirect-#');
        line.decimal(code);
        line.byte(Char.Space);
      }
      packet.writeIpv4(quoted + Ipv4.destination);
      line.text(REDIRECT_TARGETS[code] ?? ' to ');
      packet.writeIpv4(at + Icmp.gateway);
      return true;
    case Type.RouterAdvertisement:
      return printRouterAdvertisement(packet, at);
    case Type.TimeExceeded:
      if (!packet.has(quoted + Ipv4.destination, 4)) return false;
      if (code === 0) line.text('time exceeded in-transit');
      else if (code === 1) line.text('ip reassembly time exceeded');
      else {
        line.text('time exceeded-#');
        line.decimal(code);
      }
      return true;
    case Type.ParameterProblem:
      line.text(code === 0 ? 'parameter problem - octet ' : 'parameter problem - code ');
      line.decimal(code === 0 ? packet.u8(at + 4) : code);
      return true;
    case Type.MaskReply:
      line.text('address mask is 0x');
      line.hex(packet.u32(at + 8), 8);
      return true;
    case Type.Timestamp:
    case Type.TimestampReply:
      return printTimestamp(packet, at, type === Type.TimestampReply);
    default:
      writeName(line, TYPE_NAMES, type, 'type-#');
      return true;
  }
}

function printTimestamp(packet: Packet, at: number, isReply: boolean): boolean {
  const { line } = packet;
  if (isReply && !packet.has(at + TRANSMIT, 4)) return false;
  line.text(isReply ? 'time stamp reply id ' : 'time stamp query id ');
  line.decimal(packet.u16(at + Icmp.identifier));
  line.text(' seq ');
  line.decimal(packet.u16(at + Icmp.sequence));
  if (!isReply) return true;
  line.text(': org ');
  writeMilliseconds(packet, packet.u32(at + ORIGINATE));
  line.text(', recv ');
  writeMilliseconds(packet, packet.u32(at + RECEIVE));
  line.text(', xmit ');
  writeMilliseconds(packet, packet.u32(at + TRANSMIT));
  return true;
}

/** Milliseconds since midnight UT. */
function writeMilliseconds(packet: Packet, time: number): void {
  const { line } = packet;
  const seconds = Math.floor(time / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours < 100) line.paddedDecimal(hours, 2);
  else line.decimal(hours);
  line.byte(Char.Colon);
  line.paddedDecimal(Math.floor(seconds / 60) % 60, 2);
  line.byte(Char.Colon);
  line.paddedDecimal(seconds % 60, 2);
  line.byte(Char.Dot);
  line.paddedDecimal(time % 1000, 3);
}

function writeWrongChecksum(packet: Packet, at: number, length: number): void {
  const result = checksum(packet, at, length);
  if (result === 0) return;
  const { line } = packet;
  const found = packet.u16(at + Icmp.checksum);
  line.text(' (wrong icmp cksum ');
  line.hex(found);
  line.text(' (->');
  line.hex(rightChecksum(found, result));
  line.text(')!)');
}

/** The datagram that a message of `length` bytes is about; an extension may follow it. */
function printQuoted(packet: Packet, at: number, length: number, mayBeExtended: boolean): void {
  const quoted = at + Icmp.quoted;
  packet.line.text('\n\t');
  if (!packet.need(quoted + Ipv4.totalLength, 2)) return;
  const declared = packet.u16(quoted + Ipv4.totalLength);
  // 0 means as long as the layer below allows, as in a datagram that is not quoted (ipv4.ts).
  const total = declared === 0 ? quotedLength(packet, at, length, mayBeExtended) : declared;
  const outer = packet.narrow(quoted, total);
  // tcpdump then reads the length again, this time from the narrowed datagram.
  if (packet.need(quoted + Ipv4.totalLength, 2)) packet.decoders.ipv4(packet, quoted, total);
  packet.end = outer;
}

/** Bytes of the message that hold the quoted datagram, with the padding that may follow it. */
function quotedLength(packet: Packet, at: number, length: number, mayBeExtended: boolean): number {
  const room = length - Icmp.quoted;
  if (!mayBeExtended) return room;
  const words = packet.u8(at + Icmp.quotedWords);
  if (words !== 0) return Math.min(4 * words, room);
  return hasMultiPartExtension(packet, at, length) ? EXTENSION - Icmp.quoted : room;
}
