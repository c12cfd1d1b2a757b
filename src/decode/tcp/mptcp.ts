import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type Names } from '../names.js';
import type { Packet } from '../packet.js';
import { TcpFlag } from './flags.js';

/** RFC 8684, 7.2. */
const Subtype = {
  Capable: 0,
  Join: 1,
  Dss: 2,
  AddAddress: 3,
  RemoveAddress: 4,
  Priority: 5,
  Fail: 6,
  FastClose: 7,
} as const;

/** As tcpdump spells them (print-mptcp.c), by subtype. */
const SUBTYPE_NAMES = [
  'capable',
  'join',
  'dss',
  'add-addr',
  'rem-addr',
  'prio',
  'fail',
  'fast-close',
];

/** Kind, length and the subtype's byte. */
const MIN_LENGTH = 3;
/**
 * Offsets into an option (RFC 8684, 3): the subtype with four more bits, a second byte, and the
 * rest.
 */
const SUBTYPE = 2;
const SECOND = 3;
const DATA = 4;

/** The bit beside the subtype that marks a backup path. */
const BACKUP = 0x01;

const CAPABLE_CHECKSUM = 0x80;

/** Bits of a data sequence signal (RFC 8684, 3.3). */
const Dss = { Ack: 0x01, LongAck: 0x02, Mapping: 0x04, LongSequence: 0x08, Fin: 0x10 } as const;

/** Version 0 has the IP version there, version 1 a bit that marks an echo (RFC 6824, RFC 8684). */
const ADDRESS_KINDS: Names = new Map([
  [0, 'v1'],
  [1, 'v1-echo'],
  [4, 'v0-ip4'],
  [6, 'v0-ip6'],
]);

/**
 * The option of multipath TCP that begins at `at`, all of which was captured; false if its length
 * does not fit its subtype. `flags` are the segment's.
 */
export function printMultipath(packet: Packet, at: number, length: number, flags: number): boolean {
  const { line } = packet;
  // As in tcpdump, it stays so: whatever is cut off after the option shows as [|mptcp].
  packet.protocol = 'mptcp';
  if (length < MIN_LENGTH) return false;
  const subtype = packet.u8(at + SUBTYPE) >> 4;
  writeNumber(line, ' ', length, ' ');
  line.text(SUBTYPE_NAMES[subtype] ?? 'unknown');
  switch (subtype) {
    case Subtype.Capable:
      return printCapable(packet, at, length, flags);
    case Subtype.Join:
      return printJoin(packet, at, length, flags);
    case Subtype.Dss:
      return printDss(packet, at, length, flags);
    case Subtype.AddAddress:
      return printAddAddress(packet, at, length);
    case Subtype.RemoveAddress:
      return printRemoveAddress(packet, at, length);
    case Subtype.Priority:
      return printPriority(packet, at, length);
    case Subtype.Fail:
      if (length !== 12) return false;
      line.text(' seq ');
      writeDecimal64(packet, at + DATA);
      return true;
    case Subtype.FastClose:
      if (length !== 12) return false;
      writeHex64(packet, ' key 0x', at + DATA);
      return true;
    default:
      return true;
  }
}

/** RFC 8684, 3.1; the third message may have the length of its data too. */
function printCapable(packet: Packet, at: number, length: number, flags: number): boolean {
  const { line } = packet;
  const isFirst = (length === 4 || length === 12) && (flags & TcpFlag.Syn) !== 0;
  const isThird =
    (length === 20 || length === 22) && (flags & (TcpFlag.Syn | TcpFlag.Ack)) === TcpFlag.Ack;
  if (!isFirst && !isThird) return false;
  const version = packet.u8(at + SUBTYPE) & 15;
  if (version > 1) {
    writeNumber(line, ' Unknown Version (', version, ')');
    return true;
  }
  writeNumber(line, ' v', version);
  if (packet.u8(at + SECOND) & CAPABLE_CHECKSUM) line.text(' csum');
  if (length === 4) return true;
  writeHex64(packet, ' {0x', at + DATA);
  if (isThird) writeHex64(packet, ',0x', at + DATA + 8);
  line.byte(Char.RightBrace);
  return true;
}

/** RFC 8684, 3.2: three messages, distinguished by length. */
function printJoin(packet: Packet, at: number, length: number, flags: number): boolean {
  const { line } = packet;
  const both = TcpFlag.Syn | TcpFlag.Ack;
  const isFirst = length === 12 && (flags & TcpFlag.Syn) !== 0;
  const isSecond = length === 16 && (flags & both) === both;
  const isThird = length === 24 && (flags & TcpFlag.Ack) !== 0;
  if (isThird) {
    line.text(' hmac 0x');
    packet.writeHexBytes(at + DATA, 20);
    return true;
  }
  if (!isFirst && !isSecond) return false;
  if (packet.u8(at + SUBTYPE) & BACKUP) line.text(' backup');
  writeNumber(line, ' id ', packet.u8(at + SECOND));
  if (isFirst) writeHex(line, ' token 0x', packet.u32(at + DATA));
  else writeHex64(packet, ' hmac 0x', at + DATA);
  writeHex(line, ' nonce 0x', packet.u32(at + length - 4));
  return true;
}

/** RFC 8684, 3.3: an acknowledgement, a mapping of sequence numbers, or both. */
function printDss(packet: Packet, start: number, length: number, flags: number): boolean {
  const { line } = packet;
  if (length < 4 || flags & TcpFlag.Syn) return false;
  const end = start + length;
  const bits = packet.u8(start + SECOND);
  let at = start + DATA;
  if (bits & Dss.Fin) line.text(' fin');
  if (bits & Dss.Ack) {
    line.text(' ack ');
    at = printDataNumber(packet, at, end, (bits & Dss.LongAck) !== 0);
    if (at < 0) return false;
  }
  if (bits & Dss.Mapping) {
    line.text(' seq ');
    at = printDataNumber(packet, at, end, (bits & Dss.LongSequence) !== 0);
    if (at < 0 || end - at < 4) return false;
    writeNumber(line, ' subseq ', packet.u32(at));
    at += 4;
    if (end - at < 2) return false;
    writeNumber(line, ' len ', packet.u16(at));
    at += 2;
    // The checksum is there only if the two sides agreed on it.
    if (end - at >= 2) {
      writeHex(line, ' csum 0x', packet.u16(at));
      at += 2;
    }
  }
  return at === end;
}

/** A data sequence number of eight or four bytes; where it ends, or -1 if there is no room for it. */
function printDataNumber(packet: Packet, at: number, end: number, isLong: boolean): number {
  const size = isLong ? 8 : 4;
  if (end - at < size) return -1;
  if (isLong) writeDecimal64(packet, at);
  else packet.line.decimal(packet.u32(at));
  return at + size;
}

/** RFC 8684, 3.4.1: an address of four or sixteen bytes, an optional port, an optional HMAC. */
function printAddAddress(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  const isIpv6 = length >= 20;
  const rest = length - (isIpv6 ? 20 : 8);
  if (rest !== 0 && rest !== 2 && rest !== 8 && rest !== 10) return false;
  line.byte(Char.Space);
  line.text(ADDRESS_KINDS.get(packet.u8(at + SUBTYPE) & 15) ?? '[bad version/echo]');
  writeNumber(line, ' id ', packet.u8(at + SECOND), ' ');
  if (isIpv6) packet.writeIpv6(at + DATA);
  else packet.writeIpv4(at + DATA);
  const after = at + length - rest;
  const portSize = rest & 2;
  if (portSize !== 0) writeNumber(line, ':', packet.u16(after));
  if (rest >= 8) writeHex64(packet, ' hmac 0x', after + portSize);
  return true;
}

/** RFC 8684, 3.4.2. */
function printRemoveAddress(packet: Packet, at: number, length: number): boolean {
  if (length < 4) return false;
  packet.line.text(' id');
  for (let i = 3; i < length; i++) writeNumber(packet.line, ' ', packet.u8(at + i));
  return true;
}

/** RFC 8684, 3.3.8; the address is of version 0. */
function printPriority(packet: Packet, at: number, length: number): boolean {
  if (length !== 3 && length !== 4) return false;
  packet.line.text(packet.u8(at + SUBTYPE) & BACKUP ? ' backup' : ' non-backup');
  if (length === 4) writeNumber(packet.line, ' id ', packet.u8(at + SECOND));
  return true;
}

function writeDecimal64(packet: Packet, at: number): void {
  const high = packet.u32(at);
  const low = packet.u32(at + 4);
  if (high === 0) packet.line.decimal(low);
  else packet.line.text(((BigInt(high) << 32n) | BigInt(low)).toString());
}

/** Without leading zeros. */
function writeHex64(packet: Packet, label: string, at: number): void {
  const high = packet.u32(at);
  const low = packet.u32(at + 4);
  if (high === 0) writeHex(packet.line, label, low);
  else {
    writeHex(packet.line, label, high);
    packet.line.hex(low, 8);
  }
}
