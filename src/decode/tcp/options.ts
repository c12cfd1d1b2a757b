import { ascii } from '../../text/ascii.js';
import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';
import { printMultipath } from './mptcp.js';
import { expectedLength, Option, OPTION_NAMES, Outcome } from './option-kinds.js';
import {
  printAuthentication,
  printExperiment,
  printFastOpen,
  printSignature,
  printUnknown,
  printUserTimeout,
} from './rare-options.js';

/** Two no-operations and a timestamp (RFC 7323, appendix A): their length, first word, and text. */
const TIMESTAMP_ONLY = 12;
const TIMESTAMP_ONLY_START = 0x0101_080a;
const TIMESTAMP_TEXT = ascii('nop,nop,TS val ');

const OPTIONS_TEXT = ascii(', options [');
const VALUE_TEXT = ascii(' val ');
const ECHO_TEXT = ascii(' ecr ');

/**
 * The options, `, options […]`; false if the rest of the segment must not be shown. `flags` and
 * `dataLength` are the segment's; its data follows the options.
 */
export function printTcpOptions(
  packet: Packet,
  start: number,
  length: number,
  flags: number,
  dataLength: number,
): boolean {
  const { line } = packet;
  const end = start + length;
  line.put(OPTIONS_TEXT);
  if (length === TIMESTAMP_ONLY && packet.has(start, length)) {
    // All that nearly every segment has.
    if (packet.view.getInt32(start) === TIMESTAMP_ONLY_START) {
      line.field(TIMESTAMP_TEXT, packet.view.getUint32(start + 4));
      line.field(ECHO_TEXT, packet.view.getUint32(start + 8));
      line.byte(Char.RightBracket);
      return true;
    }
  }
  for (let at = start; at < end && !packet.isTruncated();) {
    const isFirst = at === start;
    if (!isFirst) line.byte(Char.Comma);
    const option = packet.u8(at);
    const hasLength = option !== Option.EndOfList && option !== Option.NoOperation;
    const optionLength = hasLength ? packet.u8(at + 1) : 1;
    if (packet.isTruncated()) return false;
    let outcome: Outcome = Outcome.Bad;
    if (!hasLength || (optionLength >= 2 && optionLength <= end - at)) {
      writeOptionName(packet, option);
      outcome = printOption(packet, option, at, optionLength, end, flags, dataLength);
    }
    if (outcome === Outcome.Bad) {
      line.text('[bad opt]');
      if (!isFirst) line.byte(Char.RightBracket);
      return false;
    }
    if (outcome === Outcome.Truncated) {
      packet.writeTruncated();
      // Not a bracket: as in print-tcp.c.
      if (!isFirst) line.byte(Char.Greater);
      return false;
    }
    const expected = expectedLength(option, optionLength);
    if (expected !== optionLength) {
      line.text('[len ');
      line.decimal(optionLength);
      line.byte(Char.RightBracket);
    }
    if (option === Option.EndOfList) break;
    at += expected;
  }
  line.byte(Char.RightBracket);
  return true;
}

function writeOptionName(packet: Packet, option: number): void {
  const name = OPTION_NAMES.get(option);
  if (name !== undefined) {
    packet.line.put(name);
  } else {
    packet.line.text('unknown-');
    packet.line.decimal(option);
  }
}

/** The option's data, after its name. */
function printOption(
  packet: Packet,
  option: number,
  at: number,
  length: number,
  end: number,
  flags: number,
  dataLength: number,
): Outcome {
  const { line } = packet;
  const expected = expectedLength(option, length);
  if (at + expected > end) return Outcome.Bad;
  const data = at + 2;
  const size = expected - 2;
  switch (option) {
    case Option.Sack:
      return printSack(packet, data, size);
    case Option.Authentication:
      return printAuthentication(packet, data, size);
    case Option.EndOfList:
    case Option.NoOperation:
    case Option.SackPermitted:
      return Outcome.Done;
  }
  if (!packet.has(data, size) && isFixed(option)) return Outcome.Truncated;
  switch (option) {
    case Option.MaximumSegmentSize:
      line.byte(Char.Space);
      line.decimal(packet.u16(data));
      break;
    case Option.WindowScale:
      line.byte(Char.Space);
      line.decimal(packet.u8(data));
      break;
    case Option.Echo:
    case Option.EchoReply:
    case Option.Cc:
    case Option.CcNew:
    case Option.CcEcho:
      line.byte(Char.Space);
      line.decimal(packet.u32(data));
      break;
    case Option.Timestamp:
      line.put(VALUE_TEXT);
      line.decimal(packet.u32(data));
      line.put(ECHO_TEXT);
      line.decimal(packet.u32(data + 4));
      break;
    case Option.Signature:
      printSignature(packet, data, size, end, dataLength);
      break;
    case Option.Scps:
      line.text(' cap ');
      line.hexByte(packet.u8(data));
      line.text(' id ');
      line.decimal(packet.u8(data + 1));
      break;
    case Option.UserTimeout:
      printUserTimeout(packet, packet.u16(data));
      break;
    case Option.Multipath:
      return printMultipath(packet, at, length, flags) ? Outcome.Done : Outcome.Bad;
    case Option.FastOpen:
      line.byte(Char.Space);
      printFastOpen(packet, data, size);
      break;
    case Option.Experiment2:
      return printExperiment(packet, data, size);
    default:
      return printUnknown(packet, data, size);
  }
  return Outcome.Done;
}

/** Whether tcpdump first checks that all of the option was captured. */
function isFixed(option: number): boolean {
  return OPTION_NAMES.has(option);
}

function printSack(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size % 8 !== 0) {
    line.text(' invalid sack');
    return Outcome.Done;
  }
  line.byte(Char.Space);
  line.decimal(size / 8);
  line.byte(Char.Space);
  const base = packet.sequence.sackBase;
  for (let i = 0; i < size; i += 8) {
    if (!packet.has(at + i, 8)) return Outcome.Truncated;
    line.byte(Char.LeftBrace);
    line.decimal((packet.u32(at + i) - base) >>> 0);
    line.byte(Char.Colon);
    line.decimal((packet.u32(at + i + 4) - base) >>> 0);
    line.byte(Char.RightBrace);
  }
  return Outcome.Done;
}
