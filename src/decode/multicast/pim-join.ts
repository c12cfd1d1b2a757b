import { writeDuration } from '../duration.js';
import { writeNumber } from '../labelled.js';
import type { Packet } from '../packet.js';
import { type PimMessage, writeGroup, writeSource, writeUnicast } from './pim-address.js';

const HOLD_TIME_INFINITE = 0xffff;

/** After the upstream neighbour: reserved, number of groups, hold time. */
const COUNTS = 4;
/** After a group: the numbers of joined and pruned sources. */
const SOURCE_COUNTS = 4;

/** Join/Prune (RFC 7761, 4.9.5) and Graft (RFC 3973, 4.7.8); false if it is incomplete. */
export function printPimJoin(packet: Packet, message: PimMessage, start: number): boolean {
  packet.line.text(', upstream-neighbor: ');
  const at = writeUnicast(packet, message, start);
  if (at < 0 || !packet.has(at, COUNTS)) return false;
  writeGroupCount(packet, at);
  packet.line.text(', holdtime: ');
  const holdTime = packet.u16(at + 2);
  if (holdTime === HOLD_TIME_INFINITE) packet.line.text('infinite');
  else writeDuration(packet.line, holdTime);
  return printGroups(packet, message, at);
}

/** Graft Acknowledgement, which tcpdump expects not to begin with an upstream neighbour. */
export function printPimGraftAck(packet: Packet, message: PimMessage, at: number): boolean {
  if (!packet.has(at, COUNTS)) return false;
  writeGroupCount(packet, at);
  return printGroups(packet, message, at);
}

function writeGroupCount(packet: Packet, at: number): void {
  writeNumber(packet.line, '\n\t  ', packet.u8(at + 1), ' group(s)');
}

/** Every group and its sources; `start` is where the number of groups is. */
function printGroups(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  const groups = packet.u8(start + 1);
  let at = start + COUNTS;
  for (let group = 1; group <= groups; group++) {
    writeNumber(line, '\n\t    group #', group, ': ');
    at = writeGroup(packet, message, at);
    if (at < 0 || !packet.has(at, SOURCE_COUNTS)) return false;
    const joined = packet.u16(at);
    const pruned = packet.u16(at + 2);
    writeNumber(line, ', joined sources: ', joined);
    writeNumber(line, ', pruned sources: ', pruned);
    at = printSources(packet, message, '\n\t      joined source #', at + SOURCE_COUNTS, joined);
    if (at >= 0) at = printSources(packet, message, '\n\t      pruned source #', at, pruned);
    if (at < 0) return false;
  }
  return true;
}

/** Returns where they end; -1 if they are incomplete. */
function printSources(
  packet: Packet,
  message: PimMessage,
  label: string,
  start: number,
  count: number,
): number {
  let at = start;
  for (let source = 1; source <= count && at >= 0; source++) {
    writeNumber(packet.line, label, source, ': ');
    at = writeSource(packet, message, at);
  }
  return at;
}
