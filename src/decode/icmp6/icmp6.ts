import { ascii } from '../../text/ascii.js';
import { Char } from '../../text/char.js';
import { rightChecksum } from '../checksum.js';
import type { FieldRecorder } from '../field-recorder.js';
import { IpProtocol } from '../ip-protocol.js';
import { Ipv6 } from '../ipv6-header.js';
import { type BitNames, writeBits, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { upperLayerChecksum } from '../pseudo-header.js';
import { dumpUnknownHex } from '../unknown.js';
import { printUnreachable, writeLabelledAddress } from './error.js';
import { Icmp6Fields } from './fields.js';
import { Icmp6 } from './header.js';
import { printMldQuery, printMldReport, printMldv2Report } from './mld.js';
import { printNodeInformationQuery, printNodeInformationReply } from './node-information.js';
import { printNeighborOptions } from './options.js';
import { printRouterRenumbering } from './renumbering.js';
import {
  printMobilePrefixAdvertisement,
  printRouterAdvertisement,
  writeIdentifier,
} from './router.js';
import { printRpl } from './rpl.js';
import { Type, TYPE_NAMES } from './types.js';

const PARAMETER_PROBLEMS = [
  ', erroneous - octet ',
  ', next header - octet ',
  ', option - octet ',
  ', incomplete header chain - octet ',
];

const NEIGHBOR_FLAGS: BitNames = [
  [0x80, 'router'],
  [0x40, 'solicited'],
  [0x20, 'override'],
];

const NAME = ascii('ICMP6');

/** Type, code and checksum. */
const HEADER = 4;
/** Lengths of messages of neighbour discovery, without their options (RFC 4861, 4). */
const SOLICITATION = 8;
const NEIGHBOR = 24;
const REDIRECT = 40;

/** An ICMPv6 message (RFC 4443, RFC 4861 and others). */
export function printIcmp6(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'icmp6';
  if (packet.fields !== undefined) record(packet, packet.fields, at);
  if (length === 0) {
    line.text('ICMP6, length 0');
    packet.writeInvalid();
    return;
  }
  const isVerbose = options.verbosity > 0;
  if (isVerbose && !packet.ip.isFragment && packet.has(at, length)) {
    writeChecksum(packet, at, length);
  }
  const type = packet.u8(at);
  if (packet.isTruncated()) return;
  packet.writeProtocol(NAME);
  line.text(', ');
  writeName(line, TYPE_NAMES, type, 'unknown icmp6 type (', ')');
  if (isVerbose && hasLengthInFront(type)) writeLength(packet, length);
  const code = packet.u8(at + Icmp6.code);
  if (printMessage(packet, type, code, at, length) && !isVerbose) writeLength(packet, length);
}

function record(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(Icmp6Fields.layer);
  fields.u8(Icmp6Fields.type, at);
  fields.u8(Icmp6Fields.code, at + Icmp6.code);
  if (!packet.has(at, 1)) return;
  switch (packet.u8(at)) {
    case Type.EchoRequest:
    case Type.EchoReply:
      fields.u16(Icmp6Fields.identifier, at + Icmp6.identifier);
      fields.u16(Icmp6Fields.sequence, at + Icmp6.sequence);
      break;
    case Type.PacketTooBig:
      fields.u32(Icmp6Fields.mtu, at + Icmp6.mtu);
      break;
    case Type.NeighborSolicitation:
    case Type.NeighborAdvertisement:
      fields.ipv6(Icmp6Fields.target, at + Icmp6.target);
  }
}

/** The types whose options are printed on separate lines with -v. */
function hasLengthInFront(type: number): boolean {
  return (
    (type >= Type.RouterSolicitation && type <= Type.Redirect) ||
    type === Type.HomeAgentReply ||
    type === Type.MobilePrefixAdvertisement
  );
}

function writeLength(packet: Packet, length: number): void {
  packet.line.text(', length ');
  packet.line.decimal(length);
}

function writeChecksum(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const found = packet.u16(at + Icmp6.checksum);
  const result = upperLayerChecksum(packet, at, length, IpProtocol.Icmp6);
  if (result === 0) {
    line.text('[icmp6 sum ok] ');
    return;
  }
  line.text('[bad icmp6 cksum 0x');
  line.hex(found, 4);
  line.text(' -> 0x');
  line.hex(rightChecksum(found, result), 4);
  line.text('!] ');
}

/** What follows the type's name; false if the length must not follow. */
function printMessage(
  packet: Packet,
  type: number,
  code: number,
  at: number,
  length: number,
): boolean {
  const { line, options } = packet;
  const isVerbose = options.verbosity > 0;
  switch (type) {
    case Type.Unreachable:
      return printUnreachable(packet, code, at, length);
    case Type.PacketTooBig: {
      const mtu = packet.u32(at + Icmp6.mtu);
      line.text(', mtu ');
      line.decimal(mtu);
      return true;
    }
    case Type.TimeExceeded:
      if (code === 0) {
        writeLabelledAddress(packet, ' for ', at + Icmp6.quoted + Ipv6.destination);
      } else if (code === 1) {
        line.text(' (reassembly)');
      } else {
        line.text(', unknown code (');
        line.decimal(code);
        line.byte(Char.RightParenthesis);
      }
      return true;
    case Type.ParameterProblem:
      if (!packet.has(at + Icmp6.quoted + Ipv6.destination, 16)) {
        packet.writeTruncated();
        return false;
      }
      line.text(PARAMETER_PROBLEMS[code] ?? ', code-#');
      line.decimal(code < PARAMETER_PROBLEMS.length ? packet.u32(at + 4) : code);
      return true;
    case Type.EchoRequest:
    case Type.EchoReply:
      if (!packet.need(at + Icmp6.identifier, 4)) return false;
      line.text(', id ');
      line.decimal(packet.u16(at + Icmp6.identifier));
      line.text(', seq ');
      line.decimal(packet.u16(at + Icmp6.sequence));
      return true;
    case Type.ListenerQuery:
      printMldQuery(packet, at, length);
      return true;
    case Type.ListenerReport:
    case Type.ListenerDone:
      printMldReport(packet, at);
      return true;
    case Type.ListenerReport2:
      printMldv2Report(packet, at, length);
      return true;
    case Type.RouterSolicitation:
      return !isVerbose || printNeighborOptions(packet, at + SOLICITATION, length - SOLICITATION);
    case Type.RouterAdvertisement:
      return !isVerbose || printRouterAdvertisement(packet, at, length);
    case Type.NeighborSolicitation:
      writeLabelledAddress(packet, ', who has ', at + Icmp6.target);
      return !isVerbose || printNeighborOptions(packet, at + NEIGHBOR, length - NEIGHBOR);
    case Type.NeighborAdvertisement:
      writeLabelledAddress(packet, ', tgt is ', at + Icmp6.target);
      if (!isVerbose) return true;
      line.text(', Flags [');
      writeBits(line, NEIGHBOR_FLAGS, packet.u8(at + 4));
      line.byte(Char.RightBracket);
      return printNeighborOptions(packet, at + NEIGHBOR, length - NEIGHBOR);
    case Type.Redirect:
      writeLabelledAddress(packet, ', ', at + 24);
      writeLabelledAddress(packet, ' to ', at + Icmp6.target);
      return !isVerbose || printNeighborOptions(packet, at + REDIRECT, length - REDIRECT);
    case Type.RouterRenumbering:
      printRouterRenumbering(packet, at);
      return true;
    case Type.NodeInformationQuery:
      printNodeInformationQuery(packet, at);
      return true;
    case Type.NodeInformationReply:
      printNodeInformationReply(packet, at, length);
      return true;
    case Type.Rpl:
      printRpl(packet, code, at + HEADER, (length - HEADER) >>> 0);
      return true;
    case Type.InverseSolicitation:
    case Type.InverseAdvertisement:
      return true;
    case Type.HomeAgentRequest:
    case Type.MobilePrefixSolicitation:
      writeIdentifier(packet, at);
      return true;
    case Type.HomeAgentReply:
      if (isVerbose) {
        writeIdentifier(packet, at);
        for (let address = at + 8; address < at + length && !packet.isTruncated(); address += 16) {
          writeLabelledAddress(packet, ', ', address);
        }
      }
      return true;
    case Type.MobilePrefixAdvertisement:
      return !isVerbose || printMobilePrefixAdvertisement(packet, at, length);
    default:
      writeLength(packet, length);
      if (options.verbosity <= 1) dumpUnknownHex(packet, at, length, '\n\t');
      return false;
  }
}
