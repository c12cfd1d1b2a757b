import { Char } from '../../text/char.js';
import { writeDuration } from '../duration.js';
import { writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { printEdnsOptions } from './edns.js';
import { Fixed, FixedOpt, QUESTION_FIXED } from './fixed.js';
import { skipDomainName, writeDomainName } from './name.js';
import { DNS_CLASS_IN, DNS_CLASS_NAMES, DNS_TYPE_NAMES, DnsType } from './names.js';
import { recordAnswer, recordQuestion } from './record-fields.js';

/** The top bit of a class in multicast DNS: unicast response requested, or cache flush. */
const MULTICAST_BIT = 0x8000;
const DNSSEC_OK = 0x8000;

// These return where the question or record ends, or -1 if it is malformed or cut off.

/** ` A? example.org.` */
export function printQuestion(
  packet: Packet,
  at: number,
  message: number,
  isMulticast: boolean,
): number {
  const { line } = packet;
  const fixed = skipDomainName(packet, at);
  if (fixed < 0 || !packet.has(fixed, QUESTION_FIXED)) return -1;
  recordQuestion(packet, at, fixed, message, isMulticast);
  line.byte(Char.Space);
  writeName(line, DNS_TYPE_NAMES, packet.u16(fixed), 'Type');
  const rawClass = packet.u16(fixed + Fixed.class);
  const isFlagged = isMulticast && (rawClass & MULTICAST_BIT) !== 0;
  writeClass(packet, isFlagged ? rawClass & ~MULTICAST_BIT : rawClass);
  if (isMulticast) line.text(isFlagged ? ' (QU)' : ' (QM)');
  line.text('? ');
  const end = writeDomainName(packet, at, message);
  return end < 0 ? -1 : end + QUESTION_FIXED;
}

/** ` A 10.0.0.1` */
export function printRecord(
  packet: Packet,
  at: number,
  message: number,
  isMulticast: boolean,
): number {
  const { line } = packet;
  let fixed;
  if (packet.options.verbosity > 0) {
    line.byte(Char.Space);
    fixed = writeDomainName(packet, at, message);
    if (fixed < 0) return -1;
  } else {
    fixed = skipDomainName(packet, at);
  }
  // If it is cut off here, tcpdump treats that as the end (ns_rprint in print-domain.c).
  if (fixed < 0 || !packet.has(fixed, Fixed.data)) return packet.end;
  const type = packet.u16(fixed);
  const rawClass = packet.u16(fixed + Fixed.class);
  const isFlagged = isMulticast && (rawClass & MULTICAST_BIT) !== 0;
  const recordClass = isFlagged ? rawClass & ~MULTICAST_BIT : rawClass;
  if (type !== DnsType.Opt) writeClass(packet, recordClass);
  if (isFlagged) line.text(' (Cache flush)');
  if (type !== DnsType.Opt && packet.options.verbosity > 2) {
    line.text(' [');
    writeDuration(line, packet.u32(fixed + Fixed.timeToLive));
    line.byte(Char.RightBracket);
  }
  line.byte(Char.Space);
  writeName(line, DNS_TYPE_NAMES, type, 'Type');
  const data = fixed + Fixed.data;
  const length = packet.u16(fixed + Fixed.dataLength);
  const end = data + length;
  if (end > packet.end) return -1;
  recordAnswer(packet, at, fixed, message, isMulticast);
  if (type === DnsType.Opt) {
    line.text(' UDPsize=');
    line.decimal(recordClass);
    if (packet.u16(fixed + FixedOpt.flags) & DNSSEC_OK) line.text(' DO');
    return printEdnsOptions(packet, data, end) ? end : -1;
  }
  return printData(packet, type, data, length, message) ? end : -1;
}

function writeClass(packet: Packet, recordClass: number): void {
  if (recordClass === DNS_CLASS_IN) return;
  packet.line.byte(Char.Space);
  writeName(packet.line, DNS_CLASS_NAMES, recordClass, '(Class ', ')');
}

/** False if the data is malformed or cut off. */
function printData(
  packet: Packet,
  type: number,
  at: number,
  length: number,
  message: number,
): boolean {
  const { line } = packet;
  switch (type) {
    case DnsType.A:
      if (!packet.has(at, 4)) return false;
      line.byte(Char.Space);
      packet.writeIpv4(at);
      return true;
    case DnsType.Aaaa:
      if (!packet.has(at, 16)) return false;
      line.byte(Char.Space);
      packet.writeIpv6(at);
      return true;
    case DnsType.Ns:
    case DnsType.Cname:
    case DnsType.Ptr:
    case DnsType.Dname:
      line.byte(Char.Space);
      return writeDomainName(packet, at, message) >= 0;
    case DnsType.Mx:
      line.byte(Char.Space);
      if (!packet.has(at, 2) || writeDomainName(packet, at + 2, message) < 0) return false;
      line.byte(Char.Space);
      line.decimal(packet.u16(at));
      return true;
    case DnsType.Srv:
      line.byte(Char.Space);
      if (!packet.has(at, 6) || writeDomainName(packet, at + 6, message) < 0) return false;
      line.byte(Char.Colon);
      line.decimal(packet.u16(at + 4));
      line.byte(Char.Space);
      line.decimal(packet.u16(at));
      line.byte(Char.Space);
      line.decimal(packet.u16(at + 2));
      return true;
    case DnsType.Txt:
      return printStrings(packet, at, at + length);
    case DnsType.Soa:
      return packet.options.verbosity === 0 || printStartOfAuthority(packet, at, message);
    case DnsType.A6:
      return printA6(packet, at, message);
    case DnsType.Uri:
      return printUri(packet, at, length);
    case DnsType.Unspeca:
      return packet.writeEscaped(at, length);
    case DnsType.Tsig:
      return packet.options.verbosity === 0 || printSignature(packet, at, message);
    default:
      return true;
  }
}

function printStrings(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  for (let at = start; at < end;) {
    line.text(' "');
    if (!packet.has(at, 1)) return false;
    const length = packet.u8(at);
    if (!packet.writeEscaped(at + 1, length)) return false;
    line.byte(Char.Quote);
    at += 1 + length;
  }
  return true;
}

function printStartOfAuthority(packet: Packet, at: number, message: number): boolean {
  const { line } = packet;
  line.byte(Char.Space);
  const mailbox = writeDomainName(packet, at, message);
  if (mailbox < 0) return false;
  line.byte(Char.Space);
  const numbers = writeDomainName(packet, mailbox, message);
  if (numbers < 0 || !packet.has(numbers, 20)) return false;
  for (let i = 0; i < 20; i += 4) {
    line.byte(Char.Space);
    line.decimal(packet.u32(numbers + i));
  }
  return true;
}

const ADDRESS = new DataView(new ArrayBuffer(16));

/** RFC 2874: the low bits of an address, and the name where the prefix is found. */
function printA6(packet: Packet, at: number, message: number): boolean {
  const { line } = packet;
  if (!packet.has(at, 1)) return false;
  const prefixBits = packet.u8(at);
  const prefixBytes = prefixBits >> 3;
  if (prefixBits > 128) {
    line.byte(Char.Space);
    line.decimal(prefixBits);
    line.text('(bad plen)');
    return true;
  }
  if (prefixBits < 128) {
    if (!packet.need(at + 1, 16 - prefixBytes)) return true;
    for (let i = 0; i < 16; i++) {
      ADDRESS.setUint8(i, i < prefixBytes ? 0 : packet.u8(at + 1 + i - prefixBytes));
    }
    line.byte(Char.Space);
    line.decimal(prefixBits);
    line.byte(Char.Space);
    line.ipv6(ADDRESS, 0);
  }
  if (prefixBits === 0) return true;
  line.byte(Char.Space);
  return writeDomainName(packet, at + 1 + 16 - prefixBytes, message) >= 0;
}

function printUri(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (!packet.need(at, 4)) return true;
  line.byte(Char.Space);
  line.decimal(packet.u16(at));
  line.byte(Char.Space);
  line.decimal(packet.u16(at + 2));
  line.byte(Char.Space);
  // A length below 4 wraps around, as it does in tcpdump.
  return packet.writeEscaped(at + 4, length < 4 ? 0xffff_ffff : length - 4);
}

/** RFC 8945, 4.2. */
function printSignature(packet: Packet, at: number, message: number): boolean {
  const { line } = packet;
  line.byte(Char.Space);
  const name = writeDomainName(packet, at, message);
  if (name < 0) return false;
  let next = name + 6;
  for (const field of [' fudge=', ' maclen=', ' origid=', ' error=', ' otherlen=']) {
    if (!packet.has(next, 2)) return false;
    const value = packet.u16(next);
    line.text(field);
    line.decimal(value);
    next += 2;
    if (field === ' maclen=') next += value;
  }
  return true;
}
