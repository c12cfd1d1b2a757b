import { checksum } from '../checksum.js';
import { Layer } from '../field.js';
import { IpProtocol } from '../ip-protocol.js';
import { Ipv4 } from '../ipv4-header.js';
import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { upperLayerChecksum } from '../pseudo-header.js';
import { type PimMessage, writeGroup, writeUnicast } from './pim-address.js';
import { printPimBootstrap, printPimCandidate } from './pim-bootstrap.js';
import { printPimAssert, printPimElection, printPimStateRefresh } from './pim-election.js';
import { printPimHello } from './pim-hello.js';
import { printPimGraftAck, printPimJoin } from './pim-join.js';

export const PimLayer = new Layer('pim');

const Type = {
  Hello: 0,
  Register: 1,
  RegisterStop: 2,
  Join: 3,
  Bootstrap: 4,
  Assert: 5,
  Graft: 6,
  GraftAck: 7,
  Candidate: 8,
  StateRefresh: 9,
  Election: 10,
} as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [Type.Hello, 'Hello'],
  [Type.Register, 'Register'],
  [Type.RegisterStop, 'Register Stop'],
  [Type.Join, 'Join / Prune'],
  [Type.Bootstrap, 'Bootstrap'],
  [Type.Assert, 'Assert'],
  [Type.Graft, 'Graft'],
  [Type.GraftAck, 'Graft Acknowledgement'],
  [Type.Candidate, 'Candidate RP Advertisement'],
  [Type.StateRefresh, 'Prune Refresh'],
  [Type.Election, 'DF Election'],
  [11, 'ECMP Redirect'],
]);

const HEADER = 4;
/** Length of a register's flags. */
const REGISTER_FLAGS = 4;
/** What a register's checksum covers: all but the datagram in it (RFC 7761, 4.9.3). */
const REGISTER_HEADER = HEADER + REGISTER_FLAGS;

/** A register's flags; tcpdump knows each only when it is set alone. */
const REGISTER_FLAG_NAMES: Names = new Map([
  [0x80000000, 'Border'],
  [0x40000000, 'Null'],
]);

/** PIM (RFC 7761, 4.9). For version 1, which IGMP carries, see pim1.ts. */
export function printPim(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'pim';
  packet.fields?.layer(PimLayer);
  const first = packet.u8(at);
  if (packet.isTruncated()) return;
  const version = first >> 4;
  writeNumber(line, 'PIMv', version);
  const type = TYPE_NAMES.get(first & 15) ?? 'Unknown Type';
  const isVerbose = packet.options.verbosity > 0;
  if (version === 2 && !isVerbose) {
    line.text(', ');
    line.text(type);
  }
  writeNumber(line, ', length ', length);
  if (version === 2 && isVerbose) {
    line.text('\n\t');
    line.text(type);
    printMessage(packet, first & 15, at, length);
  }
}

function printMessage(packet: Packet, type: number, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'pimv2';
  if (length < 2) {
    writeTooShort(packet, length, 2);
    return;
  }
  // Size of the addresses (RFC 2117); a subtype (RFC 5015, 3.7).
  const second = packet.u8(at + 1);
  const message = { end: at + length, addressSize: second & 15 };
  if (message.addressSize !== 0) line.text(', RFC2117-encoding');
  if (length < HEADER) {
    writeTooShort(packet, length, HEADER);
    return;
  }
  writeChecksum(packet, type, at, length);
  if (packet.isTruncated()) return;
  if (!printBody(packet, message, type, second >> 4, at + HEADER)) packet.writeTruncated();
}

function writeTooShort(packet: Packet, length: number, needed: number): void {
  writeNumber(packet.line, '[length ', length);
  writeNumber(packet.line, ' < ', needed, ']');
  packet.writeInvalid();
}

function writeChecksum(packet: Packet, type: number, at: number, length: number): void {
  const { line } = packet;
  const found = packet.u16(at + 2);
  writeHex(line, ', cksum 0x', found, 4, ' ');
  const covered = type === Type.Register ? REGISTER_HEADER : length;
  if (found === 0 || !packet.has(at, covered)) {
    line.text('(unverified)');
  } else if (isRightOver(packet, at, covered)) {
    line.text('(correct)');
  } else if (covered === length) {
    line.text('(incorrect)');
  } else if (!packet.has(at, length)) {
    line.text('(unverified)');
  } else {
    // Some implementations cover all of a register.
    line.text(isRightOver(packet, at, length) ? '(correct)' : '(incorrect)');
  }
}

function isRightOver(packet: Packet, at: number, length: number): boolean {
  const result =
    packet.ip.version === 4
      ? checksum(packet, at, length)
      : upperLayerChecksum(packet, at, length, IpProtocol.Pim);
  return result === 0;
}

/** False if it is incomplete. */
function printBody(
  packet: Packet,
  message: PimMessage,
  type: number,
  subtype: number,
  at: number,
): boolean {
  switch (type) {
    case Type.Hello:
      return printPimHello(packet, message, at);
    case Type.Register:
      return printRegister(packet, message, at);
    case Type.RegisterStop:
      return printRegisterStop(packet, message, at);
    case Type.Join:
    case Type.Graft:
      return printPimJoin(packet, message, at);
    case Type.GraftAck:
      return printPimGraftAck(packet, message, at);
    case Type.Bootstrap:
      return printPimBootstrap(packet, message, at);
    case Type.Candidate:
      return printPimCandidate(packet, message, at);
    case Type.Assert:
      return printPimAssert(packet, message, at);
    case Type.StateRefresh:
      return printPimStateRefresh(packet, message, at);
    case Type.Election:
      return printPimElection(packet, message, subtype, at);
    default:
      writeNumber(packet.line, ' [type ', type, ']');
      return true;
  }
}

/** The datagram that a router forwards to the rendezvous point. */
function printRegister(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  if (!packet.has(start, REGISTER_FLAGS)) return false;
  line.text(', Flags [ ');
  line.text(REGISTER_FLAG_NAMES.get(packet.u32(start)) ?? 'none');
  line.text(' ]\n\t');
  const at = start + REGISTER_FLAGS;
  const length = message.end - at;
  if (length === 0) return false;
  const version = packet.u8(at) >> 4;
  if (packet.isTruncated()) return true;
  switch (version) {
    case 0:
      if (!packet.need(at + Ipv4.source, 8)) return true;
      line.text('IP-Null-header ');
      packet.writeIpv4(at + Ipv4.source);
      line.text(' > ');
      packet.writeIpv4(at + Ipv4.destination);
      return true;
    case 4:
      packet.decoders.ipv4(packet, at, length);
      return true;
    case 6:
      packet.decoders.ipv6(packet, at, length);
      return true;
    default:
      writeNumber(line, 'IP ver ', version);
      return true;
  }
}

function printRegisterStop(packet: Packet, message: PimMessage, start: number): boolean {
  packet.line.text(' group=');
  const at = writeGroup(packet, message, start);
  if (at < 0) return false;
  packet.line.text(' source=');
  return writeUnicast(packet, message, at) >= 0;
}
