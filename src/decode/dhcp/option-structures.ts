import { Char } from '../../text/char.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { writeBytes, writeQuoted } from './option-formats.js';

// Options whose data is more than a list. Each function is an OptionWriter.

const MESSAGE_NAMES: Names = new Map([
  [1, 'Discover'],
  [2, 'Offer'],
  [3, 'Request'],
  [4, 'Decline'],
  [5, 'ACK'],
  [6, 'NACK'],
  [7, 'Release'],
  [8, 'Inform'],
  [10, 'LeaseQuery'],
  [11, 'LeaseUnassigned'],
  [12, 'LeaseUnknown'],
  [13, 'LeaseActive'],
]);

export function writeMessageType(packet: Packet, at: number, length: number): number {
  if (length !== 1) return writeBytes(packet, at, length);
  writeName(packet.line, MESSAGE_NAMES, packet.u8(at), 'Unknown (', ')');
  return 0;
}

const OVERLOAD_NAMES: Names = new Map([
  [1, 'file'],
  [2, 'sname'],
  [3, 'file+sname'],
]);

/** Which header fields also hold options. */
export function writeOverload(packet: Packet, at: number, length: number): number {
  return writeNamedByte(packet, OVERLOAD_NAMES, at, length);
}

const NODE_NAMES: Names = new Map([
  [1, 'b-node'],
  [2, 'p-node'],
  [4, 'm-node'],
  [8, 'h-node'],
]);

/** How to resolve NetBIOS names. */
export function writeNetbiosNode(packet: Packet, at: number, length: number): number {
  return writeNamedByte(packet, NODE_NAMES, at, length);
}

function writeNamedByte(packet: Packet, names: Names, at: number, length: number): number {
  if (length < 1) {
    packet.line.text('[ERROR: length < 1 bytes]');
    return 0;
  }
  writeName(packet.line, names, packet.u8(at), '#');
  return length - 1;
}

const HARDWARE_NAMES: Names = new Map([
  [0x01, 'ether'],
  [0x06, 'ieee802'],
  [0x07, 'arcnet'],
  [0x0f, 'frelay'],
  [0x17, 'strip'],
  [0x18, 'ieee1394'],
]);

/** Text, or a hardware type and address. */
export function writeClientId(packet: Packet, at: number, length: number): number {
  const { line } = packet;
  if (length < 1) {
    line.text('[ERROR: length < 1 bytes]');
    return 0;
  }
  const type = packet.u8(at);
  if (type === 0) return writeQuoted(packet, at + 1, length - 1);
  writeName(line, HARDWARE_NAMES, type, 'hardware-type ', ',');
  line.byte(Char.Space);
  line.linkAddress(packet.view, at + 1, length - 1);
  return 0;
}

/** Flags, two codes of the server, and the domain name (RFC 4702). */
export function writeClientName(packet: Packet, at: number, length: number): number {
  const { line } = packet;
  if (length < 3) {
    line.text('[ERROR: length < 3 bytes]');
    return 0;
  }
  const flags = packet.u8(at);
  if (flags & 0xf0) {
    line.text('[ERROR: MBZ nibble 0x');
    line.hex(flags >> 4);
    line.text(' != 0] ');
  }
  if (flags & 0x0f) {
    line.byte(Char.LeftBracket);
    if (flags & 0x01) line.byte(Char.S);
    if (flags & 0x02) line.byte(Char.O);
    if (flags & 0x04) line.byte(Char.E);
    if (flags & 0x08) line.byte(Char.N);
    line.text('] ');
  }
  if (packet.u16(at + 1) !== 0) {
    line.decimal(packet.u8(at + 1));
    line.byte(Char.Slash);
    line.decimal(packet.u8(at + 2));
    line.byte(Char.Space);
  }
  return writeQuoted(packet, at + 3, length - 3);
}

const AGENT_NAMES: Names = new Map([
  [1, 'Circuit-ID'],
  [2, 'Remote-ID'],
  [6, 'Subscriber-ID'],
]);

/** What a relay agent adds about the client (RFC 3046): suboptions. */
export function writeAgentInformation(packet: Packet, start: number, length: number): number {
  const { line } = packet;
  const end = start + length;
  let at = start;
  while (end - at >= 2) {
    const type = packet.u8(at);
    const size = packet.u8(at + 1);
    at += 2;
    line.text('\n\t      ');
    line.text(AGENT_NAMES.get(type) ?? 'Unknown');
    line.text(' SubOption ');
    line.decimal(type);
    line.text(', length ');
    line.decimal(size);
    line.text(': ');
    if (size > end - at) {
      line.text('length goes past end of option');
      return 0;
    }
    if (AGENT_NAMES.has(type)) packet.writeEscaped(at, size);
    else dumpUnknownHex(packet, at, size, '\n\t\t');
    at += size;
  }
  return end - at;
}

/** Destinations, each as long as its prefix needs, with their routers (RFC 3442). */
export function writeClasslessRoutes(packet: Packet, start: number, length: number): number {
  const { line } = packet;
  if (length < 5) {
    line.text('[ERROR: length < 5 bytes]');
    return 0;
  }
  const end = start + length;
  for (let at = start; at < end;) {
    if (at > start) line.byte(Char.Comma);
    const prefix = packet.u8(at++);
    if (prefix > 32) {
      line.text('[ERROR: Mask width (');
      line.decimal(prefix);
      line.text(') > 32]');
      return 0;
    }
    const size = (prefix + 7) >> 3;
    if (end - at < size + 4) {
      line.text('[ERROR: Remaining length (');
      line.decimal(end - at);
      line.text(') < ');
      line.decimal(size + 4);
      line.text(' bytes]');
      return 0;
    }
    line.byte(Char.LeftParenthesis);
    writeDestination(packet, at, size, prefix);
    line.byte(Char.Colon);
    packet.writeIpv4(at + size);
    line.byte(Char.RightParenthesis);
    at += size + 4;
  }
  return 0;
}

function writeDestination(packet: Packet, at: number, size: number, prefix: number): void {
  const { line } = packet;
  if (prefix === 0) {
    line.text('default');
    return;
  }
  for (let i = 0; i < 4; i++) {
    if (i > 0) line.byte(Char.Dot);
    line.decimal(i < size ? packet.u8(at + i) : 0);
  }
  line.byte(Char.Slash);
  line.decimal(prefix);
}

/** Texts, each preceded by its length (RFC 3004). */
export function writeUserClasses(packet: Packet, start: number, length: number): number {
  const { line } = packet;
  if (length < 2) {
    line.text('[ERROR: length < 2 bytes]');
    return 0;
  }
  const end = start + length;
  let number = 1;
  for (let at = start; at < end; number++) {
    const size = packet.u8(at++);
    line.text('\n\t      instance#');
    line.decimal(number);
    line.text(': ');
    if (size === 0) {
      line.text('[ERROR: suboption length must be non-zero]');
      return 0;
    }
    if (end - at < size) {
      line.text('[ERROR: invalid option]');
      return 0;
    }
    writeQuoted(packet, at, size);
    line.text(', length ');
    line.decimal(size);
    at += size;
  }
  return 0;
}
