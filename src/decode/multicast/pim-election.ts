import { writeDuration } from '../duration.js';
import { writeNumber } from '../labelled.js';
import { type Names } from '../names.js';
import type { Packet } from '../packet.js';
import { type PimMessage, writeGroup, writeUnicast } from './pim-address.js';

// Which router forwards: assert, state refresh, and the election of designated forwarders.

/** Preference and metric of a route. */
const METRICS = 8;
const METRIC = 4;
/** The bit before the preference: it is that of the route to the rendezvous point. */
const RENDEZVOUS_POINT_TREE = 0x80;

/** Assert (RFC 7761, 4.9.6); false if it is incomplete. */
export function printPimAssert(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  line.text(' group=');
  const sourceAt = writeGroup(packet, message, start);
  if (sourceAt < 0) return false;
  line.text(' src=');
  const at = writeUnicast(packet, message, sourceAt);
  if (at < 0 || !packet.has(at, METRICS)) return false;
  if (packet.u8(at) & RENDEZVOUS_POINT_TREE) line.text(' RPT');
  writeNumber(line, ' pref=', packet.u32(at) & 0x7fffffff);
  writeNumber(line, ' metric=', packet.u32(at + METRIC));
  return true;
}

/**
 * State Refresh, with the fields of the drafts, as tcpdump expects them; false if it is incomplete.
 */
export function printPimStateRefresh(packet: Packet, message: PimMessage, start: number): boolean {
  const { line } = packet;
  line.text(' src=');
  const groupAt = writeUnicast(packet, message, start);
  if (groupAt < 0) return false;
  line.text(' grp=');
  const forwarderAt = writeGroup(packet, message, groupAt);
  if (forwarderAt < 0) return false;
  line.text(' forwarder=');
  const at = writeUnicast(packet, message, forwarderAt);
  if (at < 0 || message.end - at < 2) return false;
  line.text(' TUNR ');
  writeDuration(line, packet.u16(at));
  return true;
}

const Election = { Offer: 1, Winner: 2, Backoff: 3, Pass: 4 } as const;

const ELECTION_NAMES: Names = new Map<number, string>([
  [Election.Offer, 'Offer'],
  [Election.Winner, 'Winner'],
  [Election.Backoff, 'Backoff'],
  [Election.Pass, 'Pass'],
]);

/** DF Election (RFC 5015, 3.7.1); `subtype` is from the header. False if it is incomplete. */
export function printPimElection(
  packet: Packet,
  message: PimMessage,
  subtype: number,
  start: number,
): boolean {
  const { line } = packet;
  line.text('\n\t  ');
  line.text(ELECTION_NAMES.get(subtype) ?? 'Unknown');
  line.text(', rpa=');
  const at = writeUnicast(packet, message, start);
  if (at < 0) return false;
  writeMetrics(packet, ' sender', at);
  if (subtype !== Election.Backoff && subtype !== Election.Pass) return true;
  const other = subtype === Election.Backoff ? 'offer' : 'new winner';
  line.text('\n\t  ');
  line.text(other);
  line.text(' addr=');
  const otherAt = writeUnicast(packet, message, at + METRICS);
  if (otherAt < 0) return false;
  writeMetrics(packet, ` ${other}`, otherAt);
  if (subtype === Election.Backoff) {
    writeNumber(line, ' interval ', packet.u16(otherAt + METRICS), 'ms');
  }
  return true;
}

function writeMetrics(packet: Packet, whose: string, at: number): void {
  const { line } = packet;
  writeNumber(line, `${whose} pref=`, packet.u32(at));
  writeNumber(line, `${whose} metric=`, packet.u32(at + METRIC));
}
