import { writeHex, writeNumber } from '../labelled.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { Ospf3Options, OspfHeader } from './header.js';
import { OspfType } from './names.js';
import { OSPF3_HEADER, OSPF3_OPTION_LLS } from './ospf3-names.js';

const LLS_HEADER = 4;
const AUTHENTICATION_HEADER = 16;
/** Offset of the length into either. */
const LENGTH = 2;
/** Offsets into the authentication trailer (RFC 7166, 4.1). */
const ASSOCIATION = 6;
const SEQUENCE = 8;
const HMAC = 1;

/**
 * The `length` bytes after a packet of `packetLength` bytes: a block of link-local signaling, if
 * the packet's options say so, and the authentication trailer.
 */
export function printOspf3Trailer(
  packet: Packet,
  start: number,
  packetLength: number,
  length: number,
): void {
  const at = start + packetLength;
  const blockLength = hasLocalSignalling(packet, start)
    ? printLocalSignalling(packet, at, length)
    : 0;
  if (!packet.isTruncated()) printAuthentication(packet, at + blockLength, length - blockLength);
}

function hasLocalSignalling(packet: Packet, start: number): boolean {
  const body = start + OSPF3_HEADER;
  switch (packet.u8(start + OspfHeader.type)) {
    case OspfType.Hello:
      return (packet.u32(body + Ospf3Options.hello) & OSPF3_OPTION_LLS) !== 0;
    case OspfType.DatabaseDescription:
      return (packet.u32(body + Ospf3Options.description) & OSPF3_OPTION_LLS) !== 0;
    default:
      return false;
  }
}

/** RFC 5613, 2.2, without its TLVs. Returns its length. */
function printLocalSignalling(packet: Packet, at: number, length: number): number {
  const { line } = packet;
  if (length === 0) return 0;
  if (length < LLS_HEADER) return packet.truncate();
  if (!packet.need(at, 2)) return 0;
  writeHex(line, '\n\tLLS Checksum 0x', packet.u16(at), 4);
  if (!packet.need(at + LENGTH, 2)) return 0;
  const named = packet.u16(at + LENGTH);
  writeNumber(line, ', Data Length ', named);
  if (named < LLS_HEADER || named > length) return packet.truncate();
  return packet.need(at, named) ? named : 0;
}

/** RFC 7166, 4.1. */
function printAuthentication(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length === 0) return;
  if (length < AUTHENTICATION_HEADER) {
    packet.truncate();
    return;
  }
  if (!packet.need(at, 2)) return;
  const type = packet.u16(at);
  line.text('\n\tAuthentication Type ');
  if (type === HMAC) line.text('HMAC');
  else writeHex(line, 'unknown (0x', type, 4, ')');
  if (!packet.need(at + LENGTH, 2)) return;
  const named = packet.u16(at + LENGTH);
  writeNumber(line, ', Length ', named);
  if (named < AUTHENTICATION_HEADER || named > length) {
    packet.truncate();
    return;
  }
  if (!packet.need(at + ASSOCIATION, 2)) return;
  writeNumber(line, ', SAID ', packet.u16(at + ASSOCIATION));
  if (!packet.need(at + SEQUENCE, 4)) return;
  writeHex(line, ', CSN 0x', packet.u32(at + SEQUENCE), 8);
  if (!packet.need(at + SEQUENCE + 4, 4)) return;
  writeHex(line, ':', packet.u32(at + SEQUENCE + 4), 8);
  const data = at + AUTHENTICATION_HEADER;
  const dataLength = named - AUTHENTICATION_HEADER;
  if (packet.need(data, dataLength) && packet.options.verbosity > 1) {
    dumpUnknownHex(packet, data, dataLength, '\n\tAuthentication Data ');
  }
}
