import { Char } from '../../text/char.js';
import { checksum } from '../checksum.js';
import { writeDuration } from '../duration.js';
import { Layer } from '../field.js';
import { RECORD_NAMES } from '../group-record.js';
import { writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { printDvmrp } from './dvmrp.js';
import { printPim1 } from './pim1.js';

const igmp = new Layer('igmp');
export const IgmpFields = { layer: igmp, type: igmp.number('type') } as const;

const Type = {
  Query: 0x11,
  Report1: 0x12,
  Dvmrp: 0x13,
  Pim1: 0x14,
  Report2: 0x16,
  Leave: 0x17,
  TraceResponse: 0x1e,
  Trace: 0x1f,
  Report3: 0x22,
} as const;

/** Offsets into a message (RFC 2236, 2; RFC 3376, 4). */
const RESPONSE_TIME = 1;
const CHECKSUM = 2;
const GROUP = 4;
/** Lengths: of a message of version 1 or 2, of the headers of version 3, and of a trace. */
const MESSAGE = 8;
const QUERY3 = 12;
const REPORT3 = 8;
const TRACE = 24;
/** A group record of a report (RFC 3376, 4.2.4), without its sources. */
const RECORD = 8;
const RECORD_SOURCES = 2;
const RECORD_GROUP = 4;
/** Offsets into a trace (draft-ietf-idmr-traceroute-ipm). */
const TRACE_SOURCE = 8;
const TRACE_REPLY_TO = 16;
/** The default response time, in tenths of a second. */
const DEFAULT_RESPONSE_TIME = 100;

/** IGMP, versions 1 to 3 (RFC 1112, 2236, 3376). */
export function printIgmp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'igmp';
  packet.fields?.layer(IgmpFields.layer);
  packet.fields?.u8(IgmpFields.type, at);
  if (packet.options.quiet) {
    line.text('igmp');
    return;
  }
  const type = packet.u8(at);
  if (packet.isTruncated()) return;
  printMessage(packet, type, at, length);
  if (packet.options.verbosity > 0 && length >= 4 && packet.has(at, length)) {
    if (checksum(packet, at, length) !== 0) {
      line.text(' bad igmp cksum ');
      line.hex(packet.u16(at + CHECKSUM));
      line.byte(Char.Exclamation);
    }
  }
}

function printMessage(packet: Packet, type: number, at: number, length: number): void {
  const { line } = packet;
  switch (type) {
    case Type.Query:
      line.text('igmp query');
      if (length >= QUERY3) printQuery3(packet, at, length);
      else printQuery(packet, at, length);
      break;
    case Type.Report1:
      writeGroup(packet, 'igmp v1 report ', at);
      writeOddLength(packet, length);
      break;
    case Type.Report2:
      writeGroup(packet, 'igmp v2 report ', at);
      break;
    case Type.Leave:
      writeGroup(packet, 'igmp leave ', at);
      break;
    case Type.Report3:
      line.text('igmp v3 report');
      printReport3(packet, at, length);
      break;
    case Type.Dvmrp:
      line.text('igmp dvmrp');
      if (length < MESSAGE) writeOddLength(packet, length);
      else printDvmrp(packet, at, length);
      break;
    case Type.Pim1:
      line.text('igmp pimv1');
      printPim1(packet, at, length);
      break;
    case Type.TraceResponse:
      printTrace(packet, 'mresp ', at, length);
      break;
    case Type.Trace:
      printTrace(packet, 'mtrace ', at, length);
      break;
    default:
      line.text('igmp-');
      line.decimal(type);
  }
}

function writeGroup(packet: Packet, before: string, at: number): void {
  if (!packet.need(at + GROUP, 4)) return;
  packet.line.text(before);
  packet.writeIpv4(at + GROUP);
}

function writeOddLength(packet: Packet, length: number): void {
  if (length === MESSAGE) return;
  packet.line.text(' [len ');
  packet.line.decimal(length);
  packet.line.byte(Char.RightBracket);
}

function writeInvalidLength(packet: Packet, length: number): void {
  packet.line.text(' [invalid len ');
  packet.line.decimal(length);
  packet.line.byte(Char.RightBracket);
}

function printQuery(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const time = packet.u8(at + RESPONSE_TIME);
  if (packet.isTruncated()) return;
  line.text(time === 0 ? ' v1' : ' v2');
  if (time !== 0 && time !== DEFAULT_RESPONSE_TIME) {
    line.text(' [max resp time ');
    line.decimal(time);
    line.byte(Char.RightBracket);
  }
  if (packet.u32(at + GROUP) !== 0) {
    line.text(' [gaddr ');
    packet.writeIpv4(at + GROUP);
    line.byte(Char.RightBracket);
  }
  writeOddLength(packet, length);
}

function printQuery3(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  line.text(' v3');
  if (length % 4 !== 0) {
    writeInvalidLength(packet, length);
    return;
  }
  const code = packet.u8(at + RESPONSE_TIME);
  if (packet.isTruncated()) return;
  if (code !== DEFAULT_RESPONSE_TIME) {
    line.text(' [max resp time ');
    writeTenths(packet, code < 128 ? code : ((code & 15) | 16) << (((code >> 4) & 7) + 3));
    line.byte(Char.RightBracket);
  }
  if (packet.u32(at + GROUP) === 0) return;
  line.text(' [gaddr ');
  packet.writeIpv4(at + GROUP);
  const sources = packet.u16(at + 10);
  if (sources > 0) {
    if (length < QUERY3 + 4 * sources) line.text(' [invalid number of sources]');
    else if (packet.options.verbosity > 1) printSources(packet, at + QUERY3, sources);
    else writeSourceCount(packet, sources);
  }
  line.byte(Char.RightBracket);
}

/** `2.5s` below a minute, `5m10s` from there on. */
function writeTenths(packet: Packet, tenths: number): void {
  const { line } = packet;
  if (tenths < 600) {
    line.decimal(Math.floor(tenths / 10));
    line.byte(Char.Dot);
    line.decimal(tenths % 10);
    line.byte(Char.LowerS);
    return;
  }
  writeDuration(line, Math.floor(tenths / 10));
}

function printReport3(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < 16 || length % 4 !== 0) {
    writeInvalidLength(packet, length);
    return;
  }
  const records = packet.u16(at + 6);
  if (packet.isTruncated()) return;
  line.text(', ');
  line.decimal(records);
  line.text(' group record(s)');
  if (packet.options.verbosity === 0) return;
  const end = at + length;
  let record = at + REPORT3;
  for (let i = 0; i < records && !packet.isTruncated(); i++) {
    if (end < record + RECORD) {
      line.text(' [invalid number of groups]');
      return;
    }
    if (!packet.need(record + RECORD_GROUP, 4)) return;
    line.text(' [gaddr ');
    packet.writeIpv4(record + RECORD_GROUP);
    line.byte(Char.Space);
    writeName(line, RECORD_NAMES, packet.u8(record), ' [v3-report-#', ']');
    const sources = packet.u16(record + RECORD_SOURCES);
    if (end < record + RECORD + 4 * sources) {
      line.text(' [invalid number of sources ');
      line.decimal(sources);
      line.byte(Char.RightBracket);
      return;
    }
    if (packet.options.verbosity > 1) printSources(packet, record + RECORD, sources);
    else writeSourceCount(packet, sources);
    line.byte(Char.RightBracket);
    record += RECORD + 4 * sources;
  }
}

function writeSourceCount(packet: Packet, count: number): void {
  packet.line.text(', ');
  packet.line.decimal(count);
  packet.line.text(' source(s)');
}

function printSources(packet: Packet, at: number, count: number): void {
  const { line } = packet;
  line.text(' {');
  for (let i = 0; i < count && packet.need(at + 4 * i, 4); i++) {
    line.byte(Char.Space);
    packet.writeIpv4(at + 4 * i);
  }
  line.text(' }');
}

function printTrace(packet: Packet, name: string, at: number, length: number): void {
  const { line } = packet;
  if (length < TRACE) {
    writeInvalidLength(packet, length);
    return;
  }
  if (!packet.need(at + TRACE_SOURCE, TRACE - TRACE_SOURCE)) return;
  line.text(name);
  line.decimal(packet.u24(at + 21));
  line.text(': ');
  packet.writeIpv4(at + TRACE_SOURCE);
  line.text(' to ');
  packet.writeIpv4(at + 12);
  line.text(' reply-to ');
  packet.writeIpv4(at + TRACE_REPLY_TO);
  if (packet.u8(at + TRACE_REPLY_TO) >> 4 === 0xe) {
    line.text(' with-ttl ');
    line.decimal(packet.u8(at + 20));
  }
}
