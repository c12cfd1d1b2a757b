import { Char } from '../../text/char.js';
import { writeDuration } from '../duration.js';
import { writeHex, writeNumber } from '../labelled.js';
import type { Packet } from '../packet.js';
import { type PimMessage, writeGroup, writeUnicast } from './pim-address.js';

// Which routers are rendezvous points (RPs) of which groups (RFC 5059, 4).

/** Fragment tag, hash mask length and priority. */
const BOOTSTRAP_HEADER = 4;
/** After a group: the number of RPs, in total and in this fragment. */
const COUNTS = 4;
/** After an RP: hold time and priority. */
const RP_TAIL = 4;
/** In a candidate's advertisement: number of groups, priority and hold time. */
const CANDIDATE_HEADER = 4;

/** Bootstrap; false if it is incomplete. */
export function printPimBootstrap(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  const { end } = message;
  if (end - start < 2) return false;
  writeHex(line, ' tag=', packet.u16(start));
  if (end - start < 3) return false;
  writeNumber(line, ' hashmlen=', packet.u8(start + 2));
  if (!packet.has(start, BOOTSTRAP_HEADER + 1)) return false;
  writeNumber(line, ' BSRprio=', packet.u8(start + 3));
  line.text(' BSR=');
  let at = writeUnicast(packet, message, start + BOOTSTRAP_HEADER);
  if (at < 0) return false;
  for (let group = 0; at < end && !packet.isTruncated(); group++) {
    writeNumber(line, ' (group', group, ': ');
    at = printMapping(packet, message, at);
    if (at < 0) return false;
    line.byte(Char.RightParenthesis);
  }
  return true;
}

/** A group and its RPs. Returns where they end; -1 if they are incomplete. */
function printMapping(packet: Packet, message: PimMessage, start: number): number {
  const { line } = packet;
  const { end } = message;
  let at = writeGroup(packet, message, start);
  if (at < 0 || end - at < 1) return -1;
  writeNumber(line, ' RPcnt=', packet.u8(at));
  if (end - at < 2) return -1;
  const count = packet.u8(at + 1);
  if (packet.isTruncated()) return -1;
  writeNumber(line, ' FRPcnt=', count);
  if (end - at < COUNTS) return -1;
  at += COUNTS;
  for (let rp = 0; rp < count && at < end; rp++) {
    writeNumber(line, ' RP', rp, '=');
    at = writeUnicast(packet, message, at);
    if (at < 0 || end - at < 2) return -1;
    line.text(',holdtime=');
    writeDuration(line, packet.u16(at));
    if (end - at < 3) return -1;
    writeNumber(line, ',prio=', packet.u8(at + 2));
    if (end - at < RP_TAIL) return -1;
    at += RP_TAIL;
  }
  return at;
}

/** Candidate RP Advertisement; false if it is incomplete. */
export function printPimCandidate(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  const { end } = message;
  if (end - start < 1) return false;
  const count = packet.u8(start);
  writeNumber(line, ' prefix-cnt=', count);
  if (end - start < 2) return false;
  writeNumber(line, ' prio=', packet.u8(start + 1));
  if (end - start < CANDIDATE_HEADER) return false;
  line.text(' holdtime=');
  writeDuration(line, packet.u16(start + 2));
  line.text(' RP=');
  let at = writeUnicast(packet, message, start + CANDIDATE_HEADER);
  for (let group = 0; group < count && at >= 0 && at < end; group++) {
    writeNumber(line, ' Group', group, '=');
    at = writeGroup(packet, message, at);
  }
  return at >= 0;
}
