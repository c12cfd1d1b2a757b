import { Char } from '../../text/char.js';
import { RECORD_NAMES } from '../group-record.js';
import { writeName } from '../names.js';
import type { Packet } from '../packet.js';

/** Lengths of a message of version 1, of a query of version 2 and of the header of its report. */
const MLD = 24;
const MLD2_QUERY = 28;
const MLD2_REPORT = 8;
/** Offsets into a query of either version (RFC 2710, 3; RFC 3810, 5.1). */
const MAX_RESPONSE = 4;
const GROUP = 8;
/** A group record of a report (RFC 3810, 5.2.4), without its sources. */
const RECORD = 20;
const RECORD_GROUP = 4;
const ADDRESS = 16;

/** A query of version 1 (RFC 2710) or 2 (RFC 3810), distinguished by length. */
export function printMldQuery(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length === MLD) {
    printMldReport(packet, at);
  } else if (length >= MLD2_QUERY) {
    line.text(' v2');
    printMldv2Query(packet, at, length);
  } else {
    line.text(' unknown-version (len ');
    line.decimal(length);
    line.text(') ');
  }
}

/** A report or done message of version 1. */
export function printMldReport(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.has(at, MLD)) return;
  line.text('max resp delay: ');
  line.decimal(packet.u16(at + MAX_RESPONSE));
  line.text(' addr: ');
  packet.writeIpv6(at + GROUP);
}

function printMldv2Query(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const isVerbose = packet.options.verbosity > 0;
  const code = packet.u16(at + MAX_RESPONSE);
  if (isVerbose) {
    line.text(' [max resp delay=');
    line.decimal(code < 32768 ? code : floating(code & 0xfff, 0x1000, (code >> 12) & 7));
    line.byte(Char.RightBracket);
  }
  if (!packet.need(at + GROUP, ADDRESS)) return;
  line.text(' [gaddr ');
  packet.writeIpv6(at + GROUP);
  if (isVerbose) {
    const flags = packet.u8(at + 24);
    if (flags & 8) line.text(' sflag');
    if (flags & 7) {
      line.text(' robustness=');
      line.decimal(flags & 7);
    }
    const interval = packet.u8(at + 25);
    line.text(' qqi=');
    line.decimal(interval < 128 ? interval : floating(interval & 15, 16, (interval >> 4) & 7));
  }
  const sources = packet.u16(at + 26);
  if (sources > 0) {
    if (length < MLD2_QUERY + sources * ADDRESS) line.text(' [invalid number of sources]');
    else if (packet.options.verbosity > 1) printSources(packet, at + MLD2_QUERY, sources);
    else writeSourceCount(packet, sources);
  }
  line.byte(Char.RightBracket);
}

export function printMldv2Report(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < MLD2_REPORT) {
    line.text(' [invalid len ');
    line.decimal(length);
    line.byte(Char.RightBracket);
    return;
  }
  const records = packet.u16(at + 6);
  line.text(', ');
  line.decimal(records);
  line.text(' group record(s)');
  if (packet.options.verbosity === 0) return;
  let record = at + MLD2_REPORT;
  for (let i = 0; i < records && !packet.isTruncated(); i++) {
    if (at + length < record + RECORD) {
      line.text(' [invalid number of groups]');
      return;
    }
    if (!packet.need(record + RECORD_GROUP, ADDRESS)) return;
    line.text(' [gaddr ');
    packet.writeIpv6(record + RECORD_GROUP);
    line.byte(Char.Space);
    writeName(line, RECORD_NAMES, packet.u8(record), ' [v2-report-#', ']');
    const sources = packet.u16(record + 2);
    if (at + length < record + RECORD + sources * ADDRESS) {
      line.text(' [invalid number of sources ');
      line.decimal(sources);
      line.byte(Char.RightBracket);
      return;
    }
    if (packet.options.verbosity > 1) printSources(packet, record + RECORD, sources);
    else writeSourceCount(packet, sources);
    line.byte(Char.RightBracket);
    record += RECORD + sources * ADDRESS;
  }
}

/** A value of 4 or 12 bits with an exponent (RFC 3810, 5.1.3). */
function floating(mantissa: number, implicit: number, exponent: number): number {
  return (mantissa | implicit) << (exponent + 3);
}

function writeSourceCount(packet: Packet, count: number): void {
  packet.line.text(', ');
  packet.line.decimal(count);
  packet.line.text(' source(s)');
}

function printSources(packet: Packet, at: number, count: number): void {
  const { line } = packet;
  line.text(' {');
  for (let i = 0; i < count && packet.need(at + i * ADDRESS, ADDRESS); i++) {
    line.byte(Char.Space);
    packet.writeIpv6(at + i * ADDRESS);
  }
  line.text(' }');
}
