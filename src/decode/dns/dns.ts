import { Char } from '../../text/char.js';
import type { FieldRecorder } from '../field-recorder.js';
import type { Packet } from '../packet.js';
import { DnsFields } from './fields.js';
import { Fixed, FixedOpt, QUESTION_FIXED } from './fixed.js';
import { skipDomainName } from './name.js';
import { DNS_OPCODES, DNS_RESPONSE_CODES, DnsType } from './names.js';
import { printQuestion, printRecord } from './record.js';
import { recordQuestion } from './record-fields.js';

const HEADER = 12;
/** Offsets into the header (RFC 1035, 4.1.1). */
const FLAGS = 2;
const QUESTIONS = 4;
const ANSWERS = 6;
const AUTHORITIES = 8;
const ADDITIONALS = 10;

const Flag = {
  Response: 0x8000,
  Authoritative: 0x0400,
  Truncated: 0x0200,
  RecursionDesired: 0x0100,
  RecursionAvailable: 0x0080,
  Authentic: 0x0020,
  CheckingDisabled: 0x0010,
} as const;

/** Bits that should be clear in a query. */
const ODD_IN_QUERY = 0x06cf;
const OPCODE_INVERSE_QUERY = 1;

/** A DNS message in a UDP datagram. */
export function printDns(packet: Packet, at: number, length: number): void {
  packet.protocol = 'domain';
  printMessage(packet, at, length, false);
}

/**
 * A multicast DNS message, where one bit of the class has another meaning (RFC 6762, 5.4 and 10.2).
 */
export function printMulticastDns(packet: Packet, at: number, length: number): void {
  packet.protocol = 'domain';
  printMessage(packet, at, length, true);
}

/** A message in a TCP segment, after its length; shown if it fills the segment exactly. */
export function printDnsOverTcp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'domain';
  if (length < 2) {
    line.text(' [DNS over TCP: length ');
    line.decimal(length);
    line.text(' < 2]');
    packet.writeInvalid();
    return;
  }
  const declared = packet.u16(at);
  if (declared !== length - 2) {
    if (packet.isTruncated()) return;
    line.text(' [prefix length(');
    line.decimal(declared);
    line.text(') != length(');
    line.decimal(length - 2);
    line.text(')]');
    packet.writeInvalid();
    return;
  }
  line.byte(Char.Space);
  printMessage(packet, at + 2, length - 2, false);
}

function printMessage(packet: Packet, at: number, length: number, isMulticast: boolean): void {
  const { line } = packet;
  if (packet.fields !== undefined) recordHeader(packet, packet.fields, at);
  if (length < HEADER) {
    line.text('domain [length ');
    line.decimal(length);
    line.text(' < 12]');
    packet.writeInvalid();
    return;
  }
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  const isResponse = (packet.u16(at + FLAGS) & Flag.Response) !== 0;
  const isWhole = isResponse
    ? printResponse(packet, at, isMulticast)
    : printQuery(packet, at, isMulticast);
  if (!isWhole) {
    packet.writeTruncated();
    return;
  }
  line.text(' (');
  line.decimal(length);
  line.byte(Char.RightParenthesis);
}

function recordHeader(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(DnsFields.layer);
  fields.u16(DnsFields.id, at);
  if (packet.has(at + FLAGS, 2)) {
    const flags = packet.u16(at + FLAGS);
    fields.boolean(DnsFields.isResponse, (flags & Flag.Response) !== 0);
    fields.number(DnsFields.opcode, (flags >> 11) & 15);
    fields.bits(DnsFields.flags, flags);
    if (flags & Flag.Response) {
      fields.bits(DnsFields.responseFlags, flags);
      fields.number(DnsFields.responseCode, flags & 15);
    }
  }
  fields.u16(DnsFields.questionCount, at + QUESTIONS);
  fields.u16(DnsFields.answerCount, at + ANSWERS);
  fields.u16(DnsFields.authorityCount, at + AUTHORITIES);
  fields.u16(DnsFields.additionalCount, at + ADDITIONALS);
}

// These return false if the message is cut off or malformed.

function printResponse(packet: Packet, at: number, isMulticast: boolean): boolean {
  const { line } = packet;
  const isVeryVerbose = packet.options.verbosity > 1;
  const flags = packet.u16(at + FLAGS);
  const questions = packet.u16(at + QUESTIONS);
  const answers = packet.u16(at + ANSWERS);
  const authorities = packet.u16(at + AUTHORITIES);
  const additionals = packet.u16(at + ADDITIONALS);
  line.decimal(packet.u16(at));
  line.text(DNS_OPCODES[(flags >> 11) & 15] ?? '');
  writeResponseCode(packet, responseCode(packet, at));
  if (flags & Flag.Authoritative) line.byte(Char.Asterisk);
  if (!(flags & Flag.RecursionAvailable)) line.byte(Char.Minus);
  if (flags & Flag.Truncated) line.byte(Char.Bar);
  if (flags & Flag.Authentic) line.byte(Char.Dollar);
  if (questions !== 1) writeCount(packet, questions, 'q]');

  let next = at + HEADER;
  for (let i = 0; i < questions; i++) {
    if (i > 0) line.byte(Char.Comma);
    if (isVeryVerbose) {
      line.text(' q:');
      next = printQuestion(packet, next, at, isMulticast);
      if (next < 0) return false;
    } else {
      const fixed = skipDomainName(packet, next);
      if (fixed < 0) return false;
      if (packet.has(fixed, QUESTION_FIXED)) recordQuestion(packet, next, fixed, at, isMulticast);
      next = fixed + QUESTION_FIXED;
    }
  }
  line.byte(Char.Space);
  line.decimal(answers);
  line.byte(Char.Slash);
  line.decimal(authorities);
  line.byte(Char.Slash);
  line.decimal(additionals);
  // The first answer is attempted even at the end of the capture.
  if (answers > 0) {
    next = printRecord(packet, next, at, isMulticast);
    if (next < 0) return false;
    next = printMoreRecords(packet, next, answers - 1, at, isMulticast);
    if (next < 0) return false;
  }
  return (
    !isVeryVerbose || printOtherSections(packet, next, authorities, additionals, at, isMulticast)
  );
}

function printQuery(packet: Packet, at: number, isMulticast: boolean): boolean {
  const { line } = packet;
  const flags = packet.u16(at + FLAGS);
  const opcode = (flags >> 11) & 15;
  const questions = packet.u16(at + QUESTIONS);
  const answers = packet.u16(at + ANSWERS);
  const authorities = packet.u16(at + AUTHORITIES);
  const additionals = packet.u16(at + ADDITIONALS);
  line.decimal(packet.u16(at));
  line.text(DNS_OPCODES[opcode] ?? '');
  if (flags & Flag.RecursionDesired) line.byte(Char.Plus);
  if (flags & Flag.CheckingDisabled) line.byte(Char.Percent);
  if (flags & ODD_IN_QUERY) {
    line.text(' [b2&3=0x');
    line.hex(flags);
    line.byte(Char.RightBracket);
  }
  if (opcode === OPCODE_INVERSE_QUERY) {
    if (questions !== 0) writeCount(packet, questions, 'q]');
    if (answers !== 1) writeCount(packet, answers, 'a]');
  } else {
    if (answers !== 0) writeCount(packet, answers, 'a]');
    if (questions !== 1) writeCount(packet, questions, 'q]');
  }
  if (authorities !== 0) writeCount(packet, authorities, 'n]');
  if (additionals !== 0) writeCount(packet, additionals, 'au]');

  let next = at + HEADER;
  for (let i = 0; i < questions; i++) {
    if (i > 0 && next >= packet.end) return false;
    next = printQuestion(packet, next, at, isMulticast);
    if (next < 0) return false;
  }
  if (packet.options.verbosity < 2) return true;
  if (answers > 0) {
    next = printRecord(packet, next, at, isMulticast);
    if (next < 0) return false;
    next = printMoreRecords(packet, next, answers - 1, at, isMulticast);
    if (next < 0) return false;
  }
  return printOtherSections(packet, next, authorities, additionals, at, isMulticast);
}

function printOtherSections(
  packet: Packet,
  start: number,
  authorities: number,
  additionals: number,
  message: number,
  isMulticast: boolean,
): boolean {
  const next = printSection(packet, ' ns:', start, authorities, message, isMulticast);
  return next >= 0 && printSection(packet, ' ar:', next, additionals, message, isMulticast) >= 0;
}

// These return where the records end; -1 if the message is cut off or malformed.

function printSection(
  packet: Packet,
  title: string,
  start: number,
  count: number,
  message: number,
  isMulticast: boolean,
): number {
  if (count === 0) return start;
  if (start >= packet.end) return -1;
  packet.line.text(title);
  const next = printRecord(packet, start, message, isMulticast);
  return next < 0 ? -1 : printMoreRecords(packet, next, count - 1, message, isMulticast);
}

function printMoreRecords(
  packet: Packet,
  start: number,
  count: number,
  message: number,
  isMulticast: boolean,
): number {
  let next = start;
  for (let i = 0; i < count; i++) {
    if (next >= packet.end) return -1;
    packet.line.byte(Char.Comma);
    next = printRecord(packet, next, message, isMulticast);
    if (next < 0) return -1;
  }
  return next;
}

/** ` [3q]` */
function writeCount(packet: Packet, count: number, unit: string): void {
  packet.line.text(' [');
  packet.line.decimal(count);
  packet.line.text(unit);
}

function writeResponseCode(packet: Packet, code: number): void {
  const name = DNS_RESPONSE_CODES[code];
  if (name !== undefined) {
    packet.line.text(name);
  } else {
    packet.line.text(' Resp');
    packet.line.decimal(code);
  }
}

/**
 * The header's response code, extended by the eight high bits in an OPT record (RFC 6891, 6.1.3).
 */
function responseCode(packet: Packet, at: number): number {
  const code = packet.u16(at + FLAGS) & 15;
  let next = at + HEADER;
  for (let i = packet.u16(at + QUESTIONS); i > 0; i--) {
    next = skipDomainName(packet, next);
    if (next < 0) return code;
    next += QUESTION_FIXED;
    if (next >= packet.end) return code;
  }
  for (let i = packet.u16(at + ANSWERS) + packet.u16(at + AUTHORITIES); i > 0; i--) {
    next = skipDomainName(packet, next);
    if (next < 0 || !packet.has(next + Fixed.dataLength, 2)) return code;
    next += Fixed.data + packet.u16(next + Fixed.dataLength);
    if (next >= packet.end) return code;
  }
  for (let i = packet.u16(at + ADDITIONALS); i > 0; i--) {
    next = skipDomainName(packet, next);
    if (next < 0 || !packet.has(next + FixedOpt.responseCode, 1)) return code;
    if (packet.u16(next) === DnsType.Opt) {
      return code | (packet.u8(next + FixedOpt.responseCode) << 4);
    }
    if (!packet.has(next + Fixed.dataLength, 2)) return code;
    next += Fixed.data + packet.u16(next + Fixed.dataLength);
    if (next >= packet.end) return code;
  }
  return code;
}
