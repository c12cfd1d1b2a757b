import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { Packet } from './packet.js';

export const NtpLayer = new Layer('ntp');

const TIME_HEADER = 48;
const CONTROL_HEADER = 12;
const MODE_CONTROL = 6;
const MODE_NAMES = [
  'unspecified',
  'symmetric active',
  'symmetric passive',
  'Client',
  'Server',
  'Broadcast',
  'Control Message',
  'Reserved',
];
const LEAP_NAMES = ['', '+1s', '-1s', 'clock unsynchronized'];

/** Offsets into a time message (RFC 5905, 7.3). */
const STRATUM = 1;
const POLL = 2;
const PRECISION = 3;
const ROOT_DELAY = 4;
const ROOT_DISPERSION = 8;
const REFERENCE_ID = 12;
const REFERENCE_TIME = 16;
const ORIGIN_TIME = 24;
const RECEIVE_TIME = 32;
const TRANSMIT_TIME = 40;
const KEY_ID = 48;
const DIGEST = KEY_ID + 4;

/** Offsets into a control message (RFC 9327, 2). */
const STATUS = 4;
const COUNT = 10;

/** Offset into a time stamp. */
const FRACTION = 4;

/** Seconds from 1900 to 1970. */
const UNIX_EPOCH = 2_208_988_800;
/**
 * Seconds of an era. The second one begins in 2036; a value in the lower half is assumed to be in
 * it, as no clock is set to before 1968 (RFC 4330, 3).
 */
const ERA = 2 ** 32;
const FRACTION_SCALE = 2 ** 32;

/** NTP: the first line, and with -v all of it. */
export function printNtp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ntp';
  packet.fields?.layer(NtpLayer);
  const first = packet.u8(at);
  if (packet.isTruncated()) return;
  const mode = first & 7;
  line.text('NTPv');
  line.decimal((first >> 3) & 7);
  line.text(', ');
  line.text(MODE_NAMES[mode] ?? '');
  line.text(', length ');
  line.decimal(length);
  if (packet.options.verbosity === 0) return;
  line.text('\n\tLeap indicator: ');
  line.text(LEAP_NAMES[first >> 6] ?? '');
  line.text(' (');
  line.decimal(first & 0xc0);
  line.byte(Char.RightParenthesis);
  if (mode === MODE_CONTROL) printControl(packet, at, length);
  else if (mode < MODE_CONTROL) printTime(packet, at, length);
}

function printTime(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < TIME_HEADER) {
    writeTooShort(packet, at, length);
    return;
  }
  const stratum = packet.u8(at + STRATUM);
  if (packet.isTruncated()) return;
  line.text(', Stratum ');
  line.decimal(stratum);
  line.text(stratumName(stratum));
  if (!packet.need(at + POLL, 1)) return;
  const poll = signed(packet.u8(at + POLL));
  line.text(', poll ');
  line.signedDecimal(poll);
  writePollInterval(packet, poll);
  if (!packet.need(at + PRECISION, 1)) return;
  line.text(', precision ');
  line.signedDecimal(signed(packet.u8(at + PRECISION)));
  if (!writeField(packet, '\n\tRoot Delay: ', at + ROOT_DELAY, 4)) return;
  writeShort(packet, at + ROOT_DELAY);
  if (!writeField(packet, ', Root dispersion: ', at + ROOT_DISPERSION, 4)) return;
  writeShort(packet, at + ROOT_DISPERSION);
  if (!writeField(packet, ', Reference-ID: ', at + REFERENCE_ID, 4)) return;
  if (!writeReference(packet, stratum, at + REFERENCE_ID)) return;
  if (!writeField(packet, '\n\t  Reference Timestamp:  ', at + REFERENCE_TIME, 8)) return;
  writeTime(packet, at + REFERENCE_TIME);
  if (!writeField(packet, '\n\t  Originator Timestamp: ', at + ORIGIN_TIME, 8)) return;
  writeTime(packet, at + ORIGIN_TIME);
  if (!writeField(packet, '\n\t  Receive Timestamp:    ', at + RECEIVE_TIME, 8)) return;
  writeTime(packet, at + RECEIVE_TIME);
  if (!writeField(packet, '\n\t  Transmit Timestamp:   ', at + TRANSMIT_TIME, 8)) return;
  writeTime(packet, at + TRANSMIT_TIME);
  line.text('\n\t    Originator - Receive Timestamp:  ');
  writeDifference(packet, at + ORIGIN_TIME, at + RECEIVE_TIME);
  line.text('\n\t    Originator - Transmit Timestamp: ');
  writeDifference(packet, at + ORIGIN_TIME, at + TRANSMIT_TIME);
  writeAuthentication(packet, at, length - TIME_HEADER);
}

function writeTooShort(packet: Packet, at: number, length: number): void {
  packet.writeInvalid();
  if (!packet.has(at, length)) packet.writeTruncated();
}

/** The field's name; `[|ntp]` if the field was cut off. */
function writeField(packet: Packet, name: string, at: number, size: number): boolean {
  if (!packet.has(at, size)) {
    packet.writeTruncated();
    return false;
  }
  packet.line.text(name);
  return true;
}

function signed(value: number): number {
  return (value << 24) >> 24;
}

function stratumName(stratum: number): string {
  if (stratum === 0) return ' (unspecified)';
  if (stratum === 1) return ' (primary reference)';
  return stratum <= 15 ? ' (secondary reference)' : ' (reserved)';
}

/** A power of two of seconds. */
function writePollInterval(packet: Packet, exponent: number): void {
  if (exponent <= -32 || exponent >= 32) return;
  packet.line.text(exponent < 0 ? ' (1/' : ' (');
  packet.line.decimal(2 ** Math.abs(exponent));
  packet.line.text('s)');
}

/** What the reference identifier means depends on the stratum; false if nothing follows it. */
function writeReference(packet: Packet, stratum: number, at: number): boolean {
  const { line } = packet;
  switch (stratum) {
    case 0:
      line.text('(unspec)');
      return true;
    case 1:
      packet.writeEscaped(at, 4);
      return true;
    case 62:
    case 63:
      packet.writeIpv4(at);
      line.text(stratum === 62 ? ' INFO_QUERY' : ' INFO_REPLY');
      return false;
    default:
      line.text('0x');
      line.hex(packet.u32(at), 8);
      return true;
  }
}

/** A fixed-point number with 16 bits before and after the point. */
function writeShort(packet: Packet, at: number): void {
  packet.line.decimal(packet.u16(at));
  packet.line.byte(Char.Dot);
  packet.line.paddedDecimal(Math.floor((packet.u16(at + 2) / 65536) * 1_000_000), 6);
}

/** Seconds since 1900; 0 is kept, as it means no time. */
function sinceFirstEra(seconds: number): number {
  return seconds !== 0 && seconds < ERA / 2 ? seconds + ERA : seconds;
}

/** Seconds and fraction of the era, and what time that is. */
function writeTime(packet: Packet, at: number): void {
  const { line } = packet;
  const seconds = packet.u32(at);
  line.decimal(seconds);
  writeFraction(packet, packet.u32(at + FRACTION));
  if (seconds === 0) return;
  line.text(' (');
  line.text(new Date((sinceFirstEra(seconds) - UNIX_EPOCH) * 1000).toISOString().slice(0, 19));
  line.text('Z)');
}

function writeFraction(packet: Packet, fraction: number): void {
  packet.line.byte(Char.Dot);
  packet.line.paddedDecimal(Math.floor((fraction / FRACTION_SCALE) * 1_000_000_000), 9);
}

function writeDifference(packet: Packet, from: number, to: number): void {
  const { line } = packet;
  const fromSeconds = packet.u32(from);
  const fromFraction = packet.u32(from + FRACTION);
  if (fromSeconds === 0 && fromFraction === 0) {
    writeTime(packet, to);
    return;
  }
  let seconds = sinceFirstEra(packet.u32(to)) - sinceFirstEra(fromSeconds);
  let fraction = packet.u32(to + FRACTION) - fromFraction;
  const isNegative = seconds < 0 || (seconds === 0 && fraction <= 0);
  if (isNegative) {
    seconds = -seconds;
    fraction = -fraction;
  }
  if (fraction < 0) {
    seconds -= 1;
    fraction += 0x1_0000_0000;
  }
  line.byte(isNegative ? Char.Minus : Char.Plus);
  line.decimal(seconds);
  writeFraction(packet, fraction);
}

/** After the header: a key, with or without a digest of 16 or 20 bytes. */
function writeAuthentication(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length === 0) return;
  if (length !== 4 && length !== 20 && length !== 24) {
    line.text('\n\t(');
    line.decimal(length);
    line.text(' more bytes after the header)');
    return;
  }
  if (!packet.need(at + KEY_ID, 4)) return;
  line.text('\n\tKey id: ');
  line.decimal(packet.u32(at + KEY_ID));
  if (length === 4) return;
  if (!writeField(packet, '\n\tAuthentication: ', at + DIGEST, length - 4)) return;
  packet.writeHexBytes(at + DIGEST, length - 4);
}

/** Mode 6 (RFC 9327). */
function printControl(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < CONTROL_HEADER) {
    writeTooShort(packet, at, length);
    return;
  }
  const control = packet.u8(at + 1);
  if (packet.isTruncated()) return;
  line.text(control & 0x80 ? ', Response' : ', Request');
  line.text(control & 0x40 ? ', Error' : ', OK');
  line.text(control & 0x20 ? ', More' : ', Last');
  line.text(', OpCode=');
  line.decimal(control & 0x1f);
  line.byte(Char.LineFeed);
  writeNumber(packet, '\tSequence=', at + 2);
  if (!packet.need(at + STATUS, 2)) return;
  const status = packet.u16(at + STATUS);
  line.text(status === 0 ? ', Status=' : ', Status=0x');
  line.hex(status);
  writeNumber(packet, ', Assoc.=', at + 6);
  writeNumber(packet, ', Offset=', at + 8);
  writeNumber(packet, ', Count=', at + COUNT);
  const count = packet.u16(at + COUNT);
  if (CONTROL_HEADER + count > length) {
    writeTooShort(packet, at, length);
  } else if (count !== 0) {
    writeField(packet, '\n\tTO-BE-DONE: data not interpreted', at + CONTROL_HEADER, count);
  }
}

function writeNumber(packet: Packet, name: string, at: number): void {
  if (!packet.need(at, 2)) return;
  packet.line.text(name);
  packet.line.decimal(packet.u16(at));
}
