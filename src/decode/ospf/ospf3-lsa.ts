import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { printGrace } from './grace.js';
import { writeLsaType, writeOptions } from './ospf3-names.js';
import { printPrefix, printPrefixes } from './ospf3-prefix.js';
import { printTrafficEngineering } from './te.js';

/** Length of the header (RFC 5340, A.4.2). */
export const LSA3_HEADER = 20;
/** Offsets into the header. */
const TYPE = 2;
const ID = 4;
const ROUTER = 8;
const SEQUENCE = 12;
const LENGTH = 18;

/** Types, with their scope (RFC 5340, A.4.2.1; RFC 5187 and 5329). */
const Type = {
  Link: 0x0008,
  /** tcpdump's value; in RFC 5329 it has area scope, 0xa00a. */
  TrafficEngineering: 0x000a,
  Grace: 0x000b,
  Router: 0x2001,
  Network: 0x2002,
  InterAreaPrefix: 0x2003,
  IntraAreaPrefix: 0x2009,
  External: 0x4005,
} as const;

const ROUTER_FLAGS: BitNames = [
  [0x01, 'ABR'],
  [0x02, 'External'],
  [0x04, 'Virtual-Link Endpoint'],
  [0x08, 'Deprecated'],
  [0x10, 'NSSA Translator'],
];

/** The packet ends at `end`, whatever was captured. */
export function printLsa3Header(packet: Packet, at: number, end: number): void {
  const { line } = packet;
  if (at + LSA3_HEADER > end) {
    packet.truncate();
    return;
  }
  if (!packet.need(at, LSA3_HEADER)) return;
  line.text('\n\t  Advertising Router ');
  packet.writeIpv4(at + ROUTER);
  writeHex(line, ', seq 0x', packet.u32(at + SEQUENCE), 8);
  writeNumber(line, ', age ', packet.u16(at), 's, length ');
  writeBodyLength(packet, packet.u16(at + LENGTH));
  writeLsaType(packet, packet.u16(at + TYPE), at + ID);
}

/** Below 0 it wraps around at 64 bits, as in ospf6_print_lshdr of print-ospf6.c. */
function writeBodyLength({ line }: Packet, length: number): void {
  if (length >= LSA3_HEADER) line.decimal(length - LSA3_HEADER);
  // 2^64 is 18446744073709551616.
  else writeNumber(line, '18446744073709551', 616 + length - LSA3_HEADER);
}

/** An advertisement. Returns its length. */
export function printLsa3(packet: Packet, at: number, end: number): number {
  printLsa3Header(packet, at, end);
  const length = packet.u16(at + LENGTH);
  if (packet.isTruncated()) return 0;
  const isWhole = length >= LSA3_HEADER && at + length <= end;
  if (
    !isWhole ||
    !printBody(packet, packet.u16(at + TYPE), at + LSA3_HEADER, length - LSA3_HEADER)
  ) {
    packet.truncate();
  }
  return length;
}

/** False if it does not fit its length. */
function printBody(packet: Packet, type: number, at: number, length: number): boolean {
  switch (type) {
    case Type.Router:
      return printRouter(packet, at, length);
    case Type.Network:
      return printNetwork(packet, at, length);
    case Type.InterAreaPrefix:
      return printInterAreaPrefix(packet, at, length);
    case Type.External:
      return printExternal(packet, at, length);
    case Type.Link:
      return printLink(packet, at, length);
    case Type.IntraAreaPrefix:
      return printIntraAreaPrefix(packet, at, length);
    case Type.Grace:
      return printGrace(packet, at, length);
    case Type.TrafficEngineering:
      return printTrafficEngineering(packet, at, length);
    default:
      dumpUnknownHex(packet, at, length, '\n\t      ');
      return true;
  }
}

const LINK_LABELS: ReadonlyMap<number, string> = new Map([
  [1, 'Neighbor Router-ID '],
  [2, 'Neighbor Network-ID '],
  [4, 'Virtual Link: Neighbor Router-ID '],
]);

const LINK = 16;

/** RFC 5340, A.4.3. */
function printRouter(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < 4) return false;
  writeOptions(packet, '\n\t      Options [', at);
  line.text(', RLA-Flags [');
  writeBits(line, ROUTER_FLAGS, packet.u8(at));
  line.byte(Char.RightBracket);
  const end = at + length;
  for (let link = at + 4; link < end; link += LINK) {
    if (link + LINK > end || !packet.need(link, LINK)) return false;
    const type = packet.u8(link);
    const label = LINK_LABELS.get(type);
    line.text('\n\t      ');
    if (label === undefined) {
      writeHex(line, 'Unknown Router Links Type 0x', type, 2);
      return true;
    }
    line.text(label);
    packet.writeIpv4(link + 12);
    line.text('\n\t      Neighbor Interface-ID ');
    packet.writeIpv4(link + 8);
    line.text(', Interface ');
    packet.writeIpv4(link + 4);
    writeNumber(line, ', metric ', packet.u16(link + 2));
  }
  return true;
}

/** RFC 5340, A.4.4. */
function printNetwork(packet: Packet, at: number, length: number): boolean {
  if (length < 4) return false;
  writeOptions(packet, '\n\t      Options [', at);
  packet.line.text('\n\t      Connected Routers:');
  const end = at + length;
  for (let router = at + 4; router < end; router += 4) {
    if (router + 4 > end || !packet.need(router, 4)) return false;
    packet.line.text('\n\t\t');
    packet.writeIpv4(router);
  }
  return true;
}

const METRIC = 0xff_ffff;

/** RFC 5340, A.4.5. */
function printInterAreaPrefix(packet: Packet, at: number, length: number): boolean {
  if (length < 4 || !packet.need(at, 4)) return false;
  writeNumber(packet.line, ', metric ', packet.u32(at) & METRIC);
  const end = at + length;
  for (let prefix = at + 4; prefix < end;) {
    const size = printPrefix(packet, prefix, end - prefix);
    if (size === 0) return false;
    prefix += size;
  }
  return true;
}

const HAS_FORWARD = 0x0200_0000;
const HAS_TAG = 0x0100_0000;

/** tcpdump mistakes the top bit for RFC 5340's E bit, which is 0x04000000. */
const EXTERNAL_FLAGS: BitNames = [
  [0x8000_0000 | 0, 'External Type 2'],
  [HAS_FORWARD, 'Forwarding'],
  [HAS_TAG, 'Tag'],
];

/** RFC 5340, A.4.7. */
function printExternal(packet: Packet, start: number, length: number): boolean {
  const { line } = packet;
  if (length < 4 || !packet.need(start, 4)) return false;
  const flags = packet.u32(start);
  line.text('\n\t     Flags [');
  writeBits(line, EXTERNAL_FLAGS, flags);
  writeNumber(line, '] metric ', flags & METRIC);
  const prefix = start + 4;
  const end = start + length;
  const size = printPrefix(packet, prefix, end - prefix);
  if (size === 0) return false;
  let at = prefix + size;
  if ((flags & HAS_FORWARD) !== 0) {
    if (at + 16 > end || !packet.need(at, 16)) return false;
    line.text(' forward ');
    packet.writeIpv6(at);
    at += 16;
  }
  if ((flags & HAS_TAG) !== 0) {
    if (at + 4 > end || !packet.need(at, 4)) return false;
    line.text(' tag ');
    packet.writeIpv4(at);
    at += 4;
  }
  // The referenced type has 16 bits; tcpdump checks only the first eight.
  if (packet.u8(prefix + 2) !== 0) {
    if (at + 4 > end || !packet.need(at, 4)) return false;
    line.text(' RefLSID: ');
    packet.writeIpv4(at);
  }
  return true;
}

/** Offset into the data. */
const LINK_PREFIXES = 24;

/** RFC 5340, A.4.9. */
function printLink(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < 4) return false;
  writeOptions(packet, '\n\t      Options [', at);
  if (length < LINK_PREFIXES || !packet.need(at, LINK_PREFIXES)) return false;
  const count = packet.u32(at + 20);
  writeNumber(line, '\n\t      Priority ', packet.u8(at), ', Link-local address ');
  packet.writeIpv6(at + 4);
  writeNumber(line, ', Prefixes ', count, ':');
  return printPrefixes(packet, count, at + LINK_PREFIXES, length - LINK_PREFIXES);
}

/** RFC 5340, A.4.10. */
function printIntraAreaPrefix(packet: Packet, at: number, length: number): boolean {
  if (length < 4 || !packet.need(at + 8, 4)) return false;
  writeLsaType(packet, packet.u16(at + 2), at + 4);
  if (length < 6) return false;
  const count = packet.u16(at);
  writeNumber(packet.line, '\n\t      Prefixes ', count, ':');
  // tcpdump counts only six of the twelve bytes before them, and so reads past the end.
  return printPrefixes(packet, count, at + 12, length - 6);
}
