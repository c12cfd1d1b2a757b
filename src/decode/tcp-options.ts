import type { Packet } from './packet.js';
import { type Ascii, ascii } from '../print/line.js';

const Option = {
  EndOfList: 0,
  NoOperation: 1,
  MaximumSegmentSize: 2,
  WindowScale: 3,
  SackPermitted: 4,
  Sack: 5,
  Echo: 6,
  EchoReply: 7,
  Timestamp: 8,
  Cc: 11,
  CcNew: 12,
  CcEcho: 13,
  Signature: 19,
  Scps: 20,
  UserTimeout: 28,
  Authentication: 29,
  Multipath: 30,
  FastOpen: 34,
  Experiment2: 254,
} as const;

/** As tcpdump spells them (print-tcp.c). */
const OPTION_NAMES: ReadonlyMap<number, Ascii> = new Map<number, Ascii>(
  (
    [
      [Option.EndOfList, 'eol'],
      [Option.NoOperation, 'nop'],
      [Option.MaximumSegmentSize, 'mss'],
      [Option.WindowScale, 'wscale'],
      [Option.SackPermitted, 'sackOK'],
      [Option.Sack, 'sack'],
      [Option.Echo, 'echo'],
      [Option.EchoReply, 'echoreply'],
      [Option.Timestamp, 'TS'],
      [Option.Cc, 'cc'],
      [Option.CcNew, 'ccnew'],
      [Option.CcEcho, ''],
      [Option.Signature, 'md5'],
      [Option.Scps, 'scps'],
      [Option.UserTimeout, 'uto'],
      [Option.Authentication, 'tcp-ao'],
      [Option.Multipath, 'mptcp'],
      [Option.FastOpen, 'tfo'],
      [Option.Experiment2, 'exp'],
    ] as const
  ).map(([option, name]) => [option, ascii(name)]),
);

/** Two no-operations and a timestamp (RFC 7323, appendix A): length, first word, and how it looks. */
const TIMESTAMP_ONLY = 12;
const TIMESTAMP_ONLY_START = 0x0101_080a;
const TIMESTAMP_TEXT = ascii('nop,nop,TS val ');

const OPTIONS_TEXT = ascii(', options [');
const VALUE_TEXT = ascii(' val ');
const ECHO_TEXT = ascii(' ecr ');

/** The experiment identifier of TCP Fast Open (RFC 6994, RFC 7413). */
const EXPERIMENT_FAST_OPEN = 0xf989;

/** What a single option came to. */
const Outcome = {
  Done: 0,
  /** Its length contradicts its kind, or the header's length. */
  Bad: 1,
  /** Cut off by the snapshot length. */
  Truncated: 2,
} as const;
type Outcome = (typeof Outcome)[keyof typeof Outcome];

/**
 * The options, `, options […]`; false if the rest of the segment is not to be shown.
 * `dataAt` and `dataLength` are the segment's data, which a signature covers.
 */
export function printTcpOptions(
  packet: Packet,
  start: number,
  length: number,
  dataAt: number,
  dataLength: number,
): boolean {
  const { line } = packet;
  const end = start + length;
  line.put(OPTIONS_TEXT);
  if (length === TIMESTAMP_ONLY && packet.has(start, length)) {
    // What nearly every segment has, and nothing else.
    if (packet.view.getInt32(start) === TIMESTAMP_ONLY_START) {
      line.field(TIMESTAMP_TEXT, packet.view.getUint32(start + 4));
      line.field(ECHO_TEXT, packet.view.getUint32(start + 8));
      line.byte(0x5d);
      return true;
    }
  }
  for (let at = start; at < end && !packet.isTruncated();) {
    const isFirst = at === start;
    if (!isFirst) line.byte(0x2c);
    const option = packet.u8(at);
    const hasLength = option !== Option.EndOfList && option !== Option.NoOperation;
    const optionLength = hasLength ? packet.u8(at + 1) : 1;
    if (packet.isTruncated()) return false;
    let outcome: Outcome = Outcome.Bad;
    if (!hasLength || (optionLength >= 2 && optionLength <= end - at)) {
      writeOptionName(packet, option);
      outcome = printOption(packet, option, at, optionLength, end, dataAt, dataLength);
    }
    if (outcome === Outcome.Bad) {
      line.text('[bad opt]');
      if (!isFirst) line.byte(0x5d);
      return false;
    }
    if (outcome === Outcome.Truncated) {
      packet.writeTruncated();
      // Not a bracket: so print-tcp.c has it.
      if (!isFirst) line.byte(0x3e);
      return false;
    }
    const expected = expectedLength(option, optionLength);
    if (expected !== optionLength) {
      line.text('[len ');
      line.decimal(optionLength);
      line.byte(0x5d);
    }
    if (option === Option.EndOfList) break;
    at += expected;
  }
  line.byte(0x5d);
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

/** The whole length that an option's kind calls for; its own length where any will do. */
function expectedLength(option: number, length: number): number {
  switch (option) {
    case Option.MaximumSegmentSize:
    case Option.Scps:
    case Option.UserTimeout:
      return 4;
    case Option.WindowScale:
      return 3;
    case Option.SackPermitted:
      return 2;
    case Option.Echo:
    case Option.EchoReply:
    case Option.Cc:
    case Option.CcNew:
    case Option.CcEcho:
      return 6;
    case Option.Timestamp:
      return 10;
    case Option.Signature:
      return 18;
    default:
      return length;
  }
}

/** Behind the option's name: its data. */
function printOption(
  packet: Packet,
  option: number,
  at: number,
  length: number,
  end: number,
  dataAt: number,
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
      line.byte(0x20);
      line.decimal(packet.u16(data));
      break;
    case Option.WindowScale:
      line.byte(0x20);
      line.decimal(packet.u8(data));
      break;
    case Option.Echo:
    case Option.EchoReply:
    case Option.Cc:
    case Option.CcNew:
    case Option.CcEcho:
      line.byte(0x20);
      line.decimal(packet.u32(data));
      break;
    case Option.Timestamp:
      line.put(VALUE_TEXT);
      line.decimal(packet.u32(data));
      line.put(ECHO_TEXT);
      line.decimal(packet.u32(data + 4));
      break;
    case Option.Signature:
      line.byte(0x20);
      line.text(
        packet.has(dataAt, dataLength)
          ? 'shared secret not supplied with -M, '
          : 'snaplen too short, ',
      );
      line.text("can't check - ");
      packet.writeHexBytes(data, size);
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
    case Option.FastOpen:
      line.byte(0x20);
      printFastOpen(packet, data, size);
      break;
    case Option.Experiment2:
      return printExperiment(packet, data, size);
    default:
      return printUnknown(packet, data, size);
  }
  return Outcome.Done;
}

/** Whether tcpdump looks at once if all of the option was captured. */
function isFixed(option: number): boolean {
  return OPTION_NAMES.has(option);
}

function printSack(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size % 8 !== 0) {
    line.text(' invalid sack');
    return Outcome.Done;
  }
  line.byte(0x20);
  line.decimal(size / 8);
  line.byte(0x20);
  const base = packet.sequence.sackBase;
  for (let i = 0; i < size; i += 8) {
    if (!packet.has(at + i, 8)) return Outcome.Truncated;
    line.byte(0x7b);
    line.decimal((packet.u32(at + i) - base) >>> 0);
    line.byte(0x3a);
    line.decimal((packet.u32(at + i + 4) - base) >>> 0);
    line.byte(0x7d);
  }
  return Outcome.Done;
}

/** TCP-AO (RFC 5925, 2.2). */
function printAuthentication(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size < 2) {
    packet.writeInvalid();
    return Outcome.Done;
  }
  if (!packet.has(at, 1)) return Outcome.Truncated;
  line.text(' keyid ');
  line.decimal(packet.u8(at));
  if (!packet.has(at, 2)) return Outcome.Truncated;
  line.text(' rnextkeyid ');
  line.decimal(packet.u8(at + 1));
  if (size > 2) {
    line.text(' mac 0x');
    return printHex(packet, at + 2, size - 2);
  }
  return Outcome.Done;
}

function printUserTimeout(packet: Packet, value: number): void {
  const { line } = packet;
  line.text(' 0x');
  line.hex(value);
  line.byte(0x20);
  line.decimal(value & 1 ? (value >> 1) * 60 : value >> 1);
}

function printFastOpen(packet: Packet, at: number, size: number): void {
  if (size === 0) {
    packet.line.text(' cookiereq');
  } else if (size % 2 !== 0 || size < 4 || size > 16) {
    packet.writeInvalid();
  } else {
    packet.line.text(' cookie ');
    packet.writeHexBytes(at, size);
  }
}

function printExperiment(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size < 2) return Outcome.Bad;
  const identifier = packet.u16(at);
  line.byte(0x2d);
  if (identifier === EXPERIMENT_FAST_OPEN) {
    line.text('tfo');
    printFastOpen(packet, at + 2, size - 2);
  } else {
    line.hex(identifier, 4);
  }
  return Outcome.Done;
}

function printUnknown(packet: Packet, at: number, size: number): Outcome {
  if (size > 0) packet.line.text(' 0x');
  return printHex(packet, at, size);
}

function printHex(packet: Packet, at: number, size: number): Outcome {
  for (let i = 0; i < size; i++) {
    if (!packet.has(at + i, 1)) return Outcome.Truncated;
    packet.line.hexByte(packet.u8(at + i));
  }
  return Outcome.Done;
}
