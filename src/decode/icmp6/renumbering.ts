import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits, writeName } from '../names.js';
import type { Packet } from '../packet.js';

/**
 * Lengths of the header, of the match-prefix and use-prefix parts, and the offsets of their
 * prefixes (RFC 2894, 3).
 */
const HEADER = 16;
const MATCH = 24;
const MATCH_PREFIX = 8;
const USE = 32;
const USE_PREFIX = 16;

const COMMAND = 0;

const CODES: Names = new Map([
  [COMMAND, 'command'],
  [1, 'result'],
  [255, 'sequence number reset'],
]);

const FLAGS: BitNames = [
  [0x80, 'T'],
  [0x40, 'R'],
  [0x20, 'A'],
  [0x10, 'S'],
  [0x08, 'P'],
];

const OPERATIONS: Names = new Map([
  [1, 'add'],
  [2, 'change'],
  [3, 'setglobal'],
]);

const USE_FLAGS: BitNames = [
  [0x80, 'V'],
  [0x40, 'P'],
];

const INFINITE = 0xffff_ffff;

/** A router renumbering message (RFC 2894). */
export function printRouterRenumbering(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  const code = packet.u8(at + 1);
  line.text(', ');
  writeName(line, CODES, code, 'code-#');
  writeNumber(line, ', seq=', packet.u32(at + 4));
  if (packet.options.verbosity > 0) printDetails(packet, at);
  if (code === COMMAND && !printOperation(packet, at + HEADER)) packet.writeTruncated();
}

function printDetails(packet: Packet, at: number): void {
  const { line } = packet;
  const flags = packet.u8(at + 9);
  const reserved = packet.u32(at + 12);
  line.byte(Char.LeftBracket);
  if (flags !== 0) {
    writeBits(line, FLAGS, flags, '', '');
    line.byte(Char.Comma);
  }
  writeNumber(line, 'seg=', packet.u8(at + 8));
  writeNumber(line, ',maxdelay=', packet.u16(at + 10));
  if (reserved !== 0) writeHex(line, 'rsvd=0x', reserved);
  line.byte(Char.RightBracket);
}

/** The prefixes to match and to use instead; false if they are cut off or have a wrong length. */
function printOperation(packet: Packet, at: number): boolean {
  const { line } = packet;
  if (!packet.has(at, MATCH)) return false;
  beginPart(packet);
  line.text('match(');
  writeName(line, OPERATIONS, packet.u8(at), '#');
  if (packet.options.verbosity > 0) {
    writeNumber(line, ',ord=', packet.u8(at + 2));
    writeNumber(line, ',min=', packet.u8(at + 4));
    writeNumber(line, ',max=', packet.u8(at + 5));
  }
  line.byte(Char.Comma);
  packet.writeIpv6(at + MATCH_PREFIX);
  writeNumber(line, '/', packet.u8(at + 3), ')');

  // In units of eight bytes: three for the match-prefix part, four for each use-prefix part.
  const units = packet.u8(at + 1) - 3;
  if (units % 4 !== 0) return false;
  for (let use = at + MATCH, rest = units; rest > 0; use += USE, rest -= 4) {
    if (!packet.has(use, USE)) return false;
    printUse(packet, use);
  }
  return true;
}

function printUse(packet: Packet, at: number): void {
  const { line } = packet;
  beginPart(packet);
  line.text('use(');
  const flags = packet.u8(at + 12);
  if (flags !== 0) {
    writeBits(line, USE_FLAGS, flags, '', '');
    line.byte(Char.Comma);
  }
  if (packet.options.verbosity > 0) {
    writeHex(line, 'mask=0x', packet.u8(at + 2));
    writeHex(line, ',raflags=0x', packet.u8(at + 3));
    writeLifetime(packet, ',vltime=', packet.u32(at + 4));
    writeLifetime(packet, ',pltime=', packet.u32(at + 8));
    line.byte(Char.Comma);
  }
  packet.writeIpv6(at + USE_PREFIX);
  writeNumber(line, '/', packet.u8(at));
  writeNumber(line, '/', packet.u8(at + 1), ')');
}

function beginPart(packet: Packet): void {
  packet.line.text(packet.options.verbosity > 1 ? '\n\t' : ' ');
}

function writeLifetime(packet: Packet, label: string, seconds: number): void {
  packet.line.text(label);
  if (seconds === INFINITE) packet.line.text('infty');
  else packet.line.decimal(seconds);
}
