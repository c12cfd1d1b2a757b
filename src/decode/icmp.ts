import { checksum, rightChecksum } from './checksum.js';
import type { FieldRecorder } from './field-recorder.js';
import { IcmpFields } from './fields.js';
import { printMultiPartExtension } from './icmp-extension.js';
import { IpProtocol } from './ip-protocol.js';
import { Ipv4, printIpv4 } from './ipv4.js';
import { type Names, writeName } from './names.js';
import { type Packet, Text } from './packet.js';
import { ascii } from '../print/line.js';

const Type = {
  EchoReply: 0,
  Unreachable: 3,
  SourceQuench: 4,
  Redirect: 5,
  Echo: 8,
  RouterAdvertisement: 9,
  TimeExceeded: 11,
  ParameterProblem: 12,
  Timestamp: 13,
  TimestampReply: 14,
  InformationRequest: 15,
  InformationReply: 16,
  MaskRequest: 17,
  MaskReply: 18,
} as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [Type.SourceQuench, 'source quench'],
  [10, 'router solicitation'],
  [Type.InformationRequest, 'information request'],
  [Type.InformationReply, 'information reply'],
  [Type.MaskRequest, 'address mask request'],
]);

/** What stands before and behind the unreachable address, by code (RFC 792, 1122, 1716). */
const UNREACHABLE: readonly (readonly [before: string, after: string])[] = [
  ['net ', ' unreachable'],
  ['host ', ' unreachable'],
  ['', ' protocol'],
  ['', ' port'],
  ['', ' unreachable - need to frag'],
  ['', ' unreachable - source route failed'],
  ['net ', ' unreachable - unknown'],
  ['host ', ' unreachable - unknown'],
  ['', ' unreachable - source host isolated'],
  ['net ', ' unreachable - admin prohibited'],
  ['host ', ' unreachable - admin prohibited'],
  ['net ', ' unreachable - tos prohibited'],
  ['host ', ' unreachable - tos prohibited'],
  ['host ', ' unreachable - admin prohibited filter'],
  ['host ', ' unreachable - host precedence violation'],
  ['host ', ' unreachable - precedence cutoff'],
];
const UNREACHABLE_PROTOCOL = 2;
const UNREACHABLE_PORT = 3;
const UNREACHABLE_NEED_TO_FRAGMENT = 4;

const REDIRECTS = ['redirect ', 'redirect ', 'redirect-tos ', 'redirect-tos '];
const REDIRECT_TARGETS = [' to net ', ' to host ', ' to net ', ' to host '];

const NAME = ascii('ICMP');
const ECHO_REQUEST = ascii('echo request, id ');
const ECHO_REPLY = ascii('echo reply, id ');
const SEQUENCE = ascii(', seq ');

/** The quoted datagram, behind type, code, checksum and four more bytes. */
const QUOTED = 8;

/** An ICMP message (RFC 792). */
export function printIcmp(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'icmp';
  if (packet.fields !== undefined) record(packet, packet.fields, at);
  const start = line.length;
  const type = packet.u8(at);
  const code = packet.u8(at + 1);
  packet.writeProtocol(NAME);
  line.byte(0x20);
  if (!printMessage(packet, at, type, code)) {
    line.cutTo(start);
    packet.writeTruncated();
    return;
  }
  // tcpdump has nothing to show until all of the message could be read.
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
    printQuoted(packet, at + QUOTED);
    packet.protocol = 'icmp';
    if (type !== Type.SourceQuench && type !== Type.Redirect) {
      printMultiPartExtension(packet, at, length);
    }
  }
}

function record(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(IcmpFields.layer);
  fields.u8(IcmpFields.type, at);
  fields.u8(IcmpFields.code, at + 1);
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
      fields.u16(IcmpFields.identifier, at + 4);
      fields.u16(IcmpFields.sequence, at + 6);
      break;
    case Type.Unreachable:
      if (packet.u8(at + 1) === UNREACHABLE_NEED_TO_FRAGMENT) fields.u16(IcmpFields.mtu, at + 6);
      break;
    case Type.Redirect:
      fields.ipv4(IcmpFields.gateway, at + 4);
  }
}

/** Type, code and their fields; false if they were cut off. */
function printMessage(packet: Packet, at: number, type: number, code: number): boolean {
  const { line } = packet;
  const quoted = at + QUOTED;
  switch (type) {
    case Type.Echo:
    case Type.EchoReply:
      line.put(type === Type.Echo ? ECHO_REQUEST : ECHO_REPLY);
      line.decimal(packet.u16(at + 4));
      line.put(SEQUENCE);
      line.decimal(packet.u16(at + 6));
      return true;
    case Type.Unreachable:
      return printUnreachable(packet, at, code);
    case Type.Redirect:
      if (code < REDIRECTS.length) {
        line.text(REDIRECTS[code] ?? '');
      } else {
        line.text('redirect-#');
        line.decimal(code);
        line.byte(0x20);
      }
      packet.writeIpv4(quoted + Ipv4.destination);
      line.text(REDIRECT_TARGETS[code] ?? ' to ');
      packet.writeIpv4(at + 4);
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

function printUnreachable(packet: Packet, at: number, code: number): boolean {
  const { line } = packet;
  const quoted = at + QUOTED;
  if (code === UNREACHABLE_PORT && !packet.has(quoted + Ipv4.protocol, 1)) return false;
  const phrase = UNREACHABLE[code];
  line.text(phrase?.[0] ?? '');
  packet.writeIpv4(quoted + Ipv4.destination);
  switch (code) {
    case UNREACHABLE_PROTOCOL:
      line.text(' protocol ');
      line.decimal(packet.u8(quoted + Ipv4.protocol));
      line.text(' unreachable');
      break;
    case UNREACHABLE_PORT: {
      const protocol = packet.u8(quoted + Ipv4.protocol);
      const port = packet.u16(quoted + (packet.u8(quoted) & 15) * 4 + 2);
      if (protocol === IpProtocol.Tcp) line.text(' tcp');
      else if (protocol === IpProtocol.Udp) line.text(' udp');
      else {
        line.text(' protocol ');
        line.decimal(protocol);
      }
      line.text(' port ');
      line.decimal(port);
      line.text(' unreachable');
      break;
    }
    case UNREACHABLE_NEED_TO_FRAGMENT: {
      const mtu = packet.u16(at + 6);
      line.text(' unreachable - need to frag');
      if (mtu !== 0) {
        line.text(' (mtu ');
        line.decimal(mtu);
        line.byte(0x29);
      }
      break;
    }
    default:
      if (phrase !== undefined) {
        line.text(phrase[1]);
      } else {
        line.text(' unreachable - #');
        line.decimal(code);
      }
  }
  return true;
}

/** RFC 1256. */
function printRouterAdvertisement(packet: Packet, at: number): boolean {
  const { line } = packet;
  if (!packet.has(at + 4, 4)) return false;
  const count = packet.u8(at + 4);
  const entrySize = packet.u8(at + 5);
  const lifetime = packet.u16(at + 6);
  line.text('router advertisement lifetime ');
  if (lifetime < 60) {
    line.decimal(lifetime);
  } else {
    if (lifetime >= 3600) {
      line.decimal(Math.floor(lifetime / 3600));
      line.byte(0x3a);
      line.paddedDecimal(Math.floor((lifetime % 3600) / 60), 2);
    } else {
      line.decimal(Math.floor(lifetime / 60));
    }
    line.byte(0x3a);
    line.paddedDecimal(lifetime % 60, 2);
  }
  line.byte(0x20);
  line.decimal(count);
  line.byte(0x3a);
  if (entrySize !== 2) {
    line.text(' [size ');
    line.decimal(entrySize);
    line.byte(0x5d);
    return true;
  }
  for (let i = 0; i < count; i++) {
    const entry = at + 8 + 8 * i;
    if (!packet.has(entry, 8)) return false;
    line.text(' {');
    packet.writeIpv4(entry);
    line.byte(0x20);
    line.decimal(packet.u32(entry + 4));
    line.byte(0x7d);
  }
  return true;
}

function printTimestamp(packet: Packet, at: number, isReply: boolean): boolean {
  const { line } = packet;
  if (isReply && !packet.has(at + 16, 4)) return false;
  line.text(isReply ? 'time stamp reply id ' : 'time stamp query id ');
  line.decimal(packet.u16(at + 4));
  line.text(' seq ');
  line.decimal(packet.u16(at + 6));
  if (!isReply) return true;
  line.text(': org ');
  writeMilliseconds(packet, packet.u32(at + 8));
  line.text(', recv ');
  writeMilliseconds(packet, packet.u32(at + 12));
  line.text(', xmit ');
  writeMilliseconds(packet, packet.u32(at + 16));
  return true;
}

/** Milliseconds since midnight UT. */
function writeMilliseconds(packet: Packet, time: number): void {
  const { line } = packet;
  const seconds = Math.floor(time / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours < 100) line.paddedDecimal(hours, 2);
  else line.decimal(hours);
  line.byte(0x3a);
  line.paddedDecimal(Math.floor(seconds / 60) % 60, 2);
  line.byte(0x3a);
  line.paddedDecimal(seconds % 60, 2);
  line.byte(0x2e);
  line.paddedDecimal(time % 1000, 3);
}

function writeWrongChecksum(packet: Packet, at: number, length: number): void {
  const result = checksum(packet, at, length);
  if (result === 0) return;
  const { line } = packet;
  const found = packet.u16(at + 2);
  line.text(' (wrong icmp cksum ');
  line.hex(found);
  line.text(' (->');
  line.hex(rightChecksum(found, result));
  line.text(')!)');
}

/** The datagram that the message is about; extensions may follow it. */
function printQuoted(packet: Packet, at: number): void {
  packet.line.text('\n\t');
  const length = packet.u16(at + Ipv4.totalLength);
  const outer = packet.narrow(at, length);
  // tcpdump reads the length once more, now from the datagram as it cut it.
  if (packet.need(at + Ipv4.totalLength, 2)) printIpv4(packet, at, length);
  packet.end = outer;
}
