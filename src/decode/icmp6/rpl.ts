import { Char } from '../../text/char.js';
import { hexDump } from '../../text/hex.js';
import { writeNumber } from '../labelled.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';

/** The bit of the code that marks a secured message (RFC 6550, 6). */
const SECURED = 0x80;

const Code = { Solicitation: 0, Object: 1, Destination: 2, DestinationAck: 3 } as const;

/** As tcpdump spells them (print-icmp6.c). */
const CODE_NAMES: Names = new Map<number, string>([
  [Code.Solicitation, 'DODAG Information Solicitation'],
  [Code.Object, 'DODAG Information Object'],
  [Code.Destination, 'Destination Advertisement Object'],
  [Code.DestinationAck, 'Destination Advertisement Object Ack'],
]);

const MODES: Names = new Map([
  [0, 'nonstoring'],
  [1, 'storing'],
  [2, 'nonstoring-multicast'],
  [3, 'storing-multicast'],
]);

const PAD1 = 0;

const OPTION_NAMES: Names = new Map([
  [1, 'padN'],
  [2, 'metrics'],
  [3, 'routinginfo'],
  [4, 'config'],
  [5, 'rpltarget'],
  [6, 'transitinfo'],
  [8, 'destprefix'],
  [9, 'rpltargetdesc'],
]);

/** Lengths; that of a destination does not include the optional DODAG identifier. */
const OBJECT = 24;
const DESTINATION = 4;
const DODAG_ID = 16;
const OPTION_HEADER = 2;

const GROUNDED = 0x80;
const WANTS_ACK = 0x80;
const DESTINATION_HAS_ID = 0x40;
const ACK_HAS_ID = 0x80;

/** A message of RPL (RFC 6550, 6): `length` bytes at `at`, after ICMPv6's checksum. */
export function printRpl(packet: Packet, code: number, at: number, length: number): void {
  const { line } = packet;
  if (code & SECURED) {
    line.text(', (SEC) [worktodo]');
    return;
  }
  line.text(', (CLR)');
  writeName(line, CODE_NAMES, code, 'RPL message, unknown code ');
  if (packet.options.verbosity === 0) return;
  switch (code) {
    case Code.Object:
      printObject(packet, at, length);
      return;
    case Code.Destination:
      printDestination(packet, at, length);
      return;
    case Code.DestinationAck:
      printDestinationAck(packet, at, length);
  }
}

/** RFC 6550, 6.3. */
function printObject(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < OBJECT) {
    writeNumber(line, ' [length ', length, ` < ${OBJECT}]`);
    packet.writeInvalid();
    return;
  }
  if (!packet.need(at, OBJECT)) return;
  const mode = packet.u8(at + 4);
  line.text(' [dagid:');
  packet.writeIpv6(at + 8);
  writeNumber(line, ',seq:', packet.u8(at + 5));
  writeNumber(line, ',instance:', packet.u8(at));
  writeNumber(line, ',rank:', packet.u16(at + 2));
  line.text(mode & GROUNDED ? ',grounded,mop:' : ',mop:');
  writeName(line, MODES, (mode >> 3) & 7, 'mop');
  writeNumber(line, ',prf:', mode & 7, ']');
  printOptions(packet, at + OBJECT, length - OBJECT);
}

/** RFC 6550, 6.4. */
function printDestination(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  // Like tcpdump, require room for the identifier even in a message without one.
  if (!packet.has(at, DESTINATION + DODAG_ID)) {
    packet.writeTruncated();
    return;
  }
  const flags = packet.u8(at + 1);
  const hasId = (flags & DESTINATION_HAS_ID) !== 0;
  const size = DESTINATION + (hasId ? DODAG_ID : 0);
  if (length < size) {
    line.text(' [|length too short]');
    return;
  }
  writeDodagId(packet, at, hasId);
  writeNumber(line, ',seq:', packet.u8(at + 3));
  writeNumber(line, ',instance:', packet.u8(at));
  if (flags & WANTS_ACK) line.text(',acK');
  if (hasId) line.text(',Dagid');
  line.byte(Char.Comma);
  line.hexByte(flags);
  line.byte(Char.RightBracket);
  printOptions(packet, at + size, length - size);
}

/** RFC 6550, 6.5. */
function printDestinationAck(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const hasId = packet.has(at, DESTINATION) && (packet.u8(at + 1) & ACK_HAS_ID) !== 0;
  const size = DESTINATION + (hasId ? DODAG_ID : 0);
  if (!packet.has(at, size)) {
    packet.writeTruncated();
    return;
  }
  if (length < size) {
    line.text(' [|dao-length too short]');
    return;
  }
  writeDodagId(packet, at, hasId);
  writeNumber(line, ',seq:', packet.u8(at + 2));
  writeNumber(line, ',instance:', packet.u8(at));
  writeNumber(line, ',status:', packet.u8(at + 3), ']');
  printOptions(packet, at + size, length - size);
}

function writeDodagId(packet: Packet, at: number, hasId: boolean): void {
  packet.line.text(' [dagid:');
  if (hasId) packet.writeIpv6(at + DESTINATION);
  else packet.line.text('<elided>');
}

/** RFC 6550, 6.7; with -vv, and their data with -vvv. */
function printOptions(packet: Packet, start: number, length: number): void {
  const { line, options } = packet;
  if (options.verbosity < 2) return;
  const end = start + length;
  for (let at = start; at < end && !packet.isTruncated();) {
    const type = packet.u8(at);
    if (type === PAD1) {
      line.text(' opt:pad1');
      at++;
      continue;
    }
    const size = packet.u8(at + 1) + OPTION_HEADER;
    line.text(' opt:');
    writeName(line, OPTION_NAMES, type, 'subopt:');
    writeNumber(line, ' len:', size, ' ');
    if (!packet.has(at, size)) {
      packet.writeTruncated();
      return;
    }
    if (options.verbosity > 2)
      hexDump(line, packet.view, at + OPTION_HEADER, size - OPTION_HEADER, ' ');
    at += size;
  }
}
