import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';

/** What the decoders of a message have to know of all of it. */
export interface PimMessage {
  /**
   * Where it ends, going by IP: not before `packet.end`, and past it if bytes were cut off. What
   * would be past it is a fault of the message, what is only past `packet.end` is not; tcpdump
   * goes on to what is around the message in the first case.
   */
  readonly end: number;
  /**
   * Bytes of every address, without family and encoding in front, as RFC 2117 has them; 0: addresses
   * are as in every later RFC.
   */
  readonly addressSize: number;
}

/** What writers of addresses return instead of where the address ends. */
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
 * An encoded unicast address (RFC 7761, 4.9.1; those below alike). Returns where it ends; -1 if it is
 * not whole, or of no family that is known.
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

/** Bytes of the address itself; 0 if that is not to be known. */
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
