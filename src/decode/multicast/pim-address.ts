import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';

/** What decoders need to know about the whole message. */
export interface PimMessage {
  /**
   * Where it ends according to IP: at `packet.end`, or past it if bytes were cut off. A field past
   * this end is the message's own error, and tcpdump goes on with what surrounds the message; a
   * field that is only past `packet.end` was cut off.
   */
  readonly end: number;
  /**
   * Length of every address, if they come without family and encoding, as in RFC 2117; 0: with
   * both, as in every later RFC.
   */
  readonly addressSize: number;
}

/** Returned instead of where the address ends. */
const NO_ADDRESS = -1;

const FAMILY_IPV4 = 1;
const FAMILY_IPV6 = 2;
const IPV4_SIZE = 4;
const IPV6_SIZE = 16;
/** Family and encoding. */
const PREFIX = 2;
/** Flags and the length of the mask. */
const MASK = 2;

/** Sparse, wildcard, rendezvous point tree (RFC 7761, 4.9.1). */
const SOURCE_FLAGS: BitNames = [
  [0x04, 'S'],
  [0x02, 'W'],
  [0x01, 'R'],
];
const UNKNOWN_SOURCE_FLAGS = 0xf8;

/**
 * An encoded unicast address (RFC 7761, 4.9.1; likewise below). Returns where it ends; -1 if it is
 * incomplete or its family is unknown.
 */
export function writeUnicast(packet: Packet, message: PimMessage, at: number): number {
  const size = addressSize(packet, message, at);
  const start = message.addressSize === 0 ? at + PREFIX : at;
  if (size === 0 || !packet.has(start, size)) return NO_ADDRESS;
  writeAddress(packet, start, size);
  return start + size;
}

export function writeGroup(packet: Packet, message: PimMessage, at: number): number {
  return writeMasked(packet, message, at, writeGroupFlags);
}

export function writeSource(packet: Packet, message: PimMessage, at: number): number {
  return writeMasked(packet, message, at, writeSourceFlags);
}

function writeMasked(
  packet: Packet,
  message: PimMessage,
  at: number,
  writeFlags: (packet: Packet, flags: number) => void,
): number {
  const size = addressSize(packet, message, at);
  const start = message.addressSize === 0 ? at + PREFIX : at;
  if (size === 0 || !packet.has(start, MASK + size)) return NO_ADDRESS;
  writeAddress(packet, start + MASK, size);
  const maskLength = packet.u8(start + 1);
  if (maskLength !== 8 * size) writeNumber(packet.line, '/', maskLength);
  const flags = packet.u8(start);
  if (flags !== 0) writeFlags(packet, flags);
  return start + MASK + size;
}

/** Length of the address itself; 0 if it is unknown. */
function addressSize(packet: Packet, message: PimMessage, at: number): number {
  const size = message.addressSize;
  if (size !== 0) return size === IPV4_SIZE || size === IPV6_SIZE ? size : 0;
  if (message.end - at < PREFIX) return 0;
  const family = packet.u8(at);
  if (family !== FAMILY_IPV4 && family !== FAMILY_IPV6) return 0;
  const encoding = packet.u8(at + 1);
  if (encoding !== 0) return 0;
  return family === FAMILY_IPV4 ? IPV4_SIZE : IPV6_SIZE;
}

function writeAddress(packet: Packet, at: number, size: number): void {
  if (size === IPV4_SIZE) packet.writeIpv4(at);
  else packet.writeIpv6(at);
}

function writeGroupFlags(packet: Packet, flags: number): void {
  writeHex(packet.line, '(0x', flags, 2, ')');
}

function writeSourceFlags(packet: Packet, flags: number): void {
  const { line } = packet;
  line.byte(Char.LeftParenthesis);
  writeBits(line, SOURCE_FLAGS, flags, '', '');
  const unknown = flags & UNKNOWN_SOURCE_FLAGS;
  if (unknown !== 0) writeHex(line, '+0x', unknown, 2);
  line.byte(Char.RightParenthesis);
}
