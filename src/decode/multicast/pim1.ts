import { Char } from '../../text/char.js';
import { writeDuration } from '../duration.js';
import { Ipv4 } from '../ipv4-header.js';
import { writeNumber } from '../labelled.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { printPim1Join, writePim1Mask } from './pim1-join.js';

const Type = {
  Query: 0,
  Register: 1,
  RegisterStop: 2,
  Join: 3,
  Reachability: 4,
  Assert: 5,
  Graft: 6,
  GraftAck: 7,
} as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [Type.Query, 'Query'],
  [Type.Register, 'Register'],
  [Type.RegisterStop, 'Register-Stop'],
  [Type.Join, 'Join/Prune'],
  [Type.Reachability, 'RP-reachable'],
  [Type.Assert, 'Assert'],
  [Type.Graft, 'Graft'],
  [Type.GraftAck, 'Graft-ACK'],
]);

const MODES = [' Dense-mode', ' Sparse-mode', ' Sparse-Dense-mode'];

/** Length of IGMP's and PIM's headers together. */
const HEADER = 8;
const VERSION = 4;
const IPV4_HEADER = 20;

/** Offsets into the messages about a group. */
const GROUP = 8;
const MASK = 12;
/** The rendezvous point of a reachability message, the source of an assert. */
const ABOUT = 16;
const PREFERENCE = 20;

const RENDEZVOUS_POINT_TREE = 0x80;

/** PIM version 1, carried in IGMP; as in pimv1_print of print-pim.c. */
export function printPim1(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'pimv1';
  const type = packet.u8(at + 1);
  if (packet.isTruncated()) return;
  line.byte(Char.Space);
  writeName(line, TYPE_NAMES, type, '[type ', ']');
  if (!printBody(packet, type, at, length)) {
    packet.writeTruncated();
    return;
  }
  const version = packet.u8(at + VERSION) >> 4;
  if (version !== 1) writeNumber(line, ' [v', version, ']');
}

/** False if it is so incomplete that the version is not checked. */
function printBody(packet: Packet, type: number, at: number, length: number): boolean {
  const isVerbose = packet.options.verbosity > 0;
  switch (type) {
    case Type.Query:
      printQuery(packet, at);
      return true;
    case Type.Register:
      if (!packet.has(at + HEADER, IPV4_HEADER)) return false;
      writeFlow(packet, at + HEADER + Ipv4.source, at + HEADER + Ipv4.destination);
      return true;
    case Type.RegisterStop:
      writeFlow(packet, at + HEADER, at + HEADER + 4);
      return true;
    case Type.Reachability:
      if (isVerbose) printReachability(packet, at);
      return true;
    case Type.Assert:
      printAssert(packet, at);
      return true;
    case Type.Join:
    case Type.Graft:
    case Type.GraftAck:
      if (!isVerbose) return true;
      if (length < HEADER) return false;
      printPim1Join(packet, at + HEADER, length - HEADER);
      return true;
    default:
      return true;
  }
}

function printQuery(packet: Packet, at: number): void {
  const { line } = packet;
  if (packet.has(at + HEADER, 1)) {
    const mode = packet.u8(at + HEADER) >> 4;
    const name = MODES[mode];
    if (name === undefined) writeNumber(line, ' mode-', mode);
    else line.text(name);
  }
  if (packet.options.verbosity === 0) return;
  line.text(' (Hold-time ');
  writeDuration(line, packet.u16(at + HEADER + 2));
  line.byte(Char.RightParenthesis);
}

function writeFlow(packet: Packet, sourceAt: number, destinationAt: number): void {
  if (!packet.need(sourceAt, 4) || !packet.need(destinationAt, 4)) return;
  packet.line.text(' for ');
  packet.writeIpv4(sourceAt);
  packet.line.text(' > ');
  packet.writeIpv4(destinationAt);
}

function printReachability(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.need(at + GROUP, 4)) return;
  line.text(' group ');
  packet.writeIpv4(at + GROUP);
  writePim1Mask(packet, at + MASK);
  if (!packet.need(at + ABOUT, 4)) return;
  line.text(' RP ');
  packet.writeIpv4(at + ABOUT);
  line.text(' hold ');
  writeDuration(line, packet.u16(at + 22));
}

function printAssert(packet: Packet, at: number): void {
  const { line } = packet;
  writeFlow(packet, at + ABOUT, at + GROUP);
  writePim1Mask(packet, at + MASK);
  if (!packet.need(at + PREFERENCE, 8)) return;
  line.text(packet.u8(at + PREFERENCE) & RENDEZVOUS_POINT_TREE ? ' RP-tree' : ' SPT');
  writeNumber(line, ' pref ', packet.u32(at + PREFERENCE) & 0x7fffffff);
  writeNumber(line, ' metric ', packet.u32(at + PREFERENCE + 4));
}
