import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';
import { writeBytes, writeShorts, writeUnsignedWords } from './option-formats.js';
import { END, type OptionKind, OPTIONS, PAD, PARAMETER_REQUEST } from './option-table.js';

const COOKIE = 4;
const UNKNOWN = 'Unknown';
/** Options that the client requests, in each row. */
const NAMES_PER_ROW = 4;

/** The options after the magic cookie at `start`, a line each, up to the packet's end. */
export function printDhcpOptions(packet: Packet, start: number): void {
  const { line, options } = packet;
  const showsPadding = options.verbosity > 2;
  line.text('\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x');
  line.hex(packet.u32(start), 8);
  for (let at = start + COOKIE; packet.has(at, 1);) {
    const tag = packet.u8(at++);
    const hasData = tag !== PAD && tag !== END;
    if (tag === PAD && !showsPadding) continue;
    if (tag === END && !showsPadding) return;
    const length = hasData ? packet.u8(at++) : 0;
    if (packet.isTruncated()) return;
    const kind = OPTIONS.get(tag);
    line.text('\n\t    ');
    writeOptionName(packet, tag);
    line.text(', length ');
    line.decimal(length);
    if (length > 0) line.text(': ');
    if (tag === PAD) at = printPadding(packet, at);
    if (!packet.has(at, length)) {
      packet.writeTruncated();
      return;
    }
    if (tag === PARAMETER_REQUEST) printRequested(packet, at, length);
    else printData(packet, kind, at, length);
    at += length;
  }
}

function writeOptionName(packet: Packet, tag: number): void {
  const { line } = packet;
  line.text(OPTIONS.get(tag)?.name ?? UNKNOWN);
  line.text(' (');
  line.decimal(tag);
  line.byte(Char.RightParenthesis);
}

/** Skips the padding after its first byte. */
function printPadding(packet: Packet, start: number): number {
  let at = start;
  while (packet.has(at, 1) && packet.u8(at) === PAD) at++;
  if (at > start) {
    packet.line.text(', occurs ');
    packet.line.decimal(at - start + 1);
  }
  return at;
}

function printRequested(packet: Packet, at: number, length: number): void {
  for (let i = 0; i < length; i++) {
    packet.line.text(i % NAMES_PER_ROW === 0 ? '\n\t      ' : ', ');
    writeOptionName(packet, packet.u8(at + i));
  }
}

function printData(packet: Packet, kind: OptionKind | undefined, at: number, length: number): void {
  const write = kind?.write ?? unknownWriter(length);
  const left = write(packet, at, length);
  if (left === 0) return;
  packet.line.text('\n\t  trailing data length ');
  packet.line.decimal(left);
}

/** The largest unit that divides the data evenly. */
function unknownWriter(length: number): OptionKind['write'] {
  if (length % 2 !== 0) return writeBytes;
  return length % 4 !== 0 ? writeShorts : writeUnsignedWords;
}
