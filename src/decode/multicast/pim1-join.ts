import { Char } from '../../text/char.js';
import { writeDuration } from '../duration.js';
import { writeNumber } from '../labelled.js';
import type { Packet } from '../packet.js';

// Joins, prunes and grafts of PIM version 1.

/** Offsets after the header. */
const UPSTREAM = 0;
const HOLD_TIME = 6;
const GROUP_COUNT = 11;
const FIRST_GROUP = 12;
/** Offsets into a group. */
const GROUP_MASK = 4;
const JOINED = 8;
const PRUNED = 10;
const FIRST_SOURCE = 12;
/** Two bytes of flags, with the mask's length in the second, and the address. */
const SOURCE = 6;
/** Offsets into a source. */
const SOURCE_FLAGS = 1;
const SOURCE_ADDRESS = 2;

/** A message that fits on one line: one group, one source. */
const SINGLE = FIRST_GROUP + FIRST_SOURCE + SOURCE;
/** Seconds; not printed if it is this. */
const USUAL_HOLD_TIME = 180;

const SPARSE = 0x01;
const WILDCARD = 0x80;
const RENDEZVOUS_POINT = 0x40;
const MASK_LENGTH = 0x3f;

/** `length` bytes after the header. */
export function printPim1Join(packet: Packet, at: number, length: number): void {
  if (isSingle(packet, at)) printSingle(packet, at);
  else if (!printAll(packet, at, at + length)) packet.writeTruncated();
}

function isSingle(packet: Packet, at: number): boolean {
  return (
    packet.has(at, SINGLE) &&
    packet.u8(at + GROUP_COUNT) === 1 &&
    packet.u16(at + FIRST_GROUP + JOINED) + packet.u16(at + FIRST_GROUP + PRUNED) === 1
  );
}

function printSingle(packet: Packet, at: number): void {
  const { line } = packet;
  const group = at + FIRST_GROUP;
  const source = group + FIRST_SOURCE;
  const flags = packet.u8(source + SOURCE_FLAGS);
  line.text(' RPF ');
  packet.writeIpv4(at + UPSTREAM);
  line.byte(Char.Space);
  const holdTime = packet.u16(at + HOLD_TIME);
  if (holdTime !== USUAL_HOLD_TIME) {
    line.text('Hold ');
    writeDuration(line, holdTime);
  }
  line.text(packet.u16(group + JOINED) > 0 ? 'Join (' : 'Prune (');
  packet.writeIpv4(source + SOURCE_ADDRESS);
  writeNumber(line, '/', flags & MASK_LENGTH, ', ');
  packet.writeIpv4(group);
  writePim1Mask(packet, group + GROUP_MASK);
  line.text(packet.u8(source) & SPARSE ? ') Sparse' : ') Dense');
  if (flags & WILDCARD) line.text(' WC');
  line.text(flags & RENDEZVOUS_POINT ? ' RP' : ' SPT');
}

/** False if it is incomplete. */
function printAll(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  const { verbosity } = packet.options;
  if (end - start < 4) return false;
  if (verbosity > 1) line.byte(Char.LineFeed);
  if (!packet.need(start + UPSTREAM, 4)) return true;
  line.text(' Upstream Nbr: ');
  packet.writeIpv4(start + UPSTREAM);
  if (end - start < HOLD_TIME + 2) return false;
  if (verbosity > 1) line.byte(Char.LineFeed);
  line.text(' Hold time: ');
  writeDuration(line, packet.u16(start + HOLD_TIME));
  if (verbosity < 2) return true;
  if (end - start < FIRST_GROUP) return false;
  let at = start + FIRST_GROUP;
  for (let groups = packet.u8(start + GROUP_COUNT); groups > 0; groups--) {
    at = printGroup(packet, at, end);
    if (at < 0) return false;
    if (packet.isTruncated()) return true;
  }
  return true;
}

/** Returns where its sources end; -1 if they are incomplete. */
function printGroup(packet: Packet, group: number, end: number): number {
  const { line } = packet;
  if (end - group < GROUP_MASK || !packet.need(group, 4)) return -1;
  line.text('\n\tGroup: ');
  packet.writeIpv4(group);
  if (end - group < JOINED) return -1;
  writePim1Mask(packet, group + GROUP_MASK);
  if (end - group < FIRST_SOURCE) return -1;
  const joined = packet.u16(group + JOINED);
  const pruned = packet.u16(group + PRUNED);
  writeNumber(line, ' joined: ', joined);
  writeNumber(line, ' pruned: ', pruned);
  let at = group + FIRST_SOURCE;
  for (let i = 0; i < joined + pruned && !packet.isTruncated(); i++, at += SOURCE) {
    if (end - at < SOURCE) return -1;
    writeSource(packet, i < joined ? '\n\tJoin  ' : '\n\tPrune ', at);
  }
  return at;
}

function writeSource(packet: Packet, label: string, at: number): void {
  const { line } = packet;
  if (!packet.need(at, SOURCE)) return;
  const flags = packet.u8(at + SOURCE_FLAGS);
  line.text(label);
  line.text(packet.u8(at) & SPARSE ? 'Sparse ' : 'Dense ');
  if (flags & WILDCARD) line.text('WC ');
  line.text(flags & RENDEZVOUS_POINT ? 'RP ' : 'SPT ');
  packet.writeIpv4(at + SOURCE_ADDRESS);
  writeNumber(line, '/', flags & MASK_LENGTH);
}

/** A mask, unless it is that of a single address. */
export function writePim1Mask(packet: Packet, at: number): void {
  if (packet.u32(at) === 0xffffffff) return;
  packet.line.byte(Char.Slash);
  packet.writeIpv4(at);
}
