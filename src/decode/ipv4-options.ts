import { Char } from '../text/char.js';
import { type Names, writeName } from './names.js';
import type { Packet } from './packet.js';

/** Offsets into an option of a route or of time stamps (RFC 791, 3.1). */
const POINTER = 2;
const FIRST_HOP = 3;
const FLAGS = 3;
const FIRST_TIMESTAMP = 4;

const Option = {
  EndOfList: 0,
  NoOperation: 1,
  RecordRoute: 7,
  Timestamp: 68,
  LooseSourceRoute: 131,
  StrictSourceRoute: 137,
  RouterAlert: 148,
} as const;

const OPTION_NAMES: Names = new Map<number, string>([
  [Option.EndOfList, 'EOL'],
  [Option.NoOperation, 'NOP'],
  [Option.Timestamp, 'timestamp'],
  [130, 'security'],
  [Option.RecordRoute, 'RR'],
  [Option.StrictSourceRoute, 'SSRR'],
  [Option.LooseSourceRoute, 'LSRR'],
  [Option.RouterAlert, 'RA'],
  [82, 'traceroute'],
]);

/** The options of an IPv4 header (RFC 791, 3.1); false if one was cut off. */
export function printIpv4Options(packet: Packet, start: number, length: number): boolean {
  const { line } = packet;
  const end = start + length;
  for (let at = start; at < end && !packet.isTruncated();) {
    if (at > start) line.byte(Char.Comma);
    const option = packet.u8(at);
    writeName(line, OPTION_NAMES, option, 'unknown ');
    let optionLength = 1;
    if (option !== Option.NoOperation && option !== Option.EndOfList) {
      optionLength = packet.u8(at + 1);
      if (optionLength < 2) {
        writeBadLength(packet, optionLength);
        return true;
      }
    }
    if (optionLength > end - at) {
      writeBadLength(packet, optionLength);
      return true;
    }
    if (!packet.has(at, optionLength)) return false;
    switch (option) {
      case Option.EndOfList:
        return true;
      case Option.Timestamp:
        if (!printTimestamps(packet, at, optionLength)) return false;
        break;
      case Option.RecordRoute:
      case Option.StrictSourceRoute:
      case Option.LooseSourceRoute:
        if (!printRoute(packet, at, optionLength)) return false;
        break;
      case Option.RouterAlert:
        if (optionLength < 4) {
          writeBadLength(packet, optionLength);
        } else if (packet.u16(at + 2) !== 0) {
          line.text(' value ');
          line.decimal(packet.u16(at + 2));
        }
        break;
    }
    at += optionLength;
  }
  return true;
}

function writeBadLength(packet: Packet, length: number): void {
  packet.line.text(' [bad length ');
  packet.line.decimal(length);
  packet.line.byte(Char.RightBracket);
}

function printRoute(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < FIRST_HOP) {
    writeBadLength(packet, length);
    return true;
  }
  if ((length + 1) & 3) writeBadLength(packet, length);
  // Unsigned, as in tcpdump: a pointer of 0 is far past the end.
  const pointer = (packet.u8(at + POINTER) - 1) >>> 0;
  if (pointer < FIRST_HOP || (pointer + 1) & 3 || pointer > length + 1) {
    line.text(' [bad ptr ');
    line.decimal(packet.u8(at + POINTER));
    line.byte(Char.RightBracket);
  }
  for (let hop = FIRST_HOP; hop < length; hop += 4) {
    if (!packet.has(at + hop, 4)) return false;
    line.byte(Char.Space);
    packet.writeIpv4(at + hop);
    if (pointer > hop) line.byte(Char.Comma);
  }
  return true;
}

function printTimestamps(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < FIRST_TIMESTAMP) {
    line.text('[bad length ');
    line.decimal(length);
    line.byte(Char.RightBracket);
    return true;
  }
  line.text(' TS{');
  const flags = packet.u8(at + FLAGS) & 15;
  const hopLength = flags === 0 ? 4 : 8;
  if ((length - FIRST_TIMESTAMP) & (hopLength - 1)) {
    line.text('[bad length ');
    line.decimal(length);
    line.byte(Char.RightBracket);
  }
  const pointer = (packet.u8(at + POINTER) - 1) >>> 0;
  if (
    pointer < FIRST_TIMESTAMP ||
    (pointer - FIRST_TIMESTAMP) & (hopLength - 1) ||
    pointer > length + 1
  ) {
    line.text('[bad ptr ');
    line.decimal(packet.u8(at + POINTER));
    line.byte(Char.RightBracket);
  }
  let hop = 0;
  if (writeTimestampKind(packet, flags)) {
    let separator = ' ';
    for (hop = FIRST_TIMESTAMP; hop < length; hop += hopLength) {
      if (pointer === hop) separator = ' ^ ';
      if (!packet.has(at + hop, hopLength)) return false;
      line.text(separator);
      line.decimal(packet.u32(at + hop + hopLength - 4));
      line.byte(Char.At);
      if (hopLength === 8) packet.writeIpv4(at + hop);
      separator = ' ';
    }
  }
  if (pointer === hop) line.text(' ^ ');
  const notRecorded = packet.u8(at + FLAGS) >> 4;
  if (notRecorded > 0) {
    line.text(' [');
    line.decimal(notRecorded);
    line.text(' hops not recorded]} ');
  } else {
    line.byte(Char.RightBrace);
  }
  return true;
}

/** False for an unknown kind. */
function writeTimestampKind(packet: Packet, flags: number): boolean {
  switch (flags) {
    case 0:
      packet.line.text('TSONLY');
      return true;
    case 1:
      packet.line.text('TS+ADDR');
      return true;
    case 3:
      packet.line.text('PRESPEC');
      return true;
    default:
      packet.line.text('[bad ts type ');
      packet.line.decimal(flags);
      packet.line.byte(Char.RightBracket);
      return false;
  }
}
