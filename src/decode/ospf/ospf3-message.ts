import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writeAddressUnlessZero } from './address.js';
import { Ospf3Options, OspfHeader } from './header.js';
import { isTextTooLong } from './limit.js';
import { OspfType } from './names.js';
import { LSA3_HEADER, printLsa3, printLsa3Header } from './ospf3-lsa.js';
import { OSPF3_HEADER, writeLsaType, writeOptions } from './ospf3-names.js';

/** Offsets into a database description, after the header (RFC 5340, A.3.3). */
const DESCRIPTION_FLAGS = 7;
const DESCRIPTION_SEQUENCE = 8;

const REQUEST = 12;

const DESCRIPTION_FLAG_NAMES: BitNames = [
  [0x04, 'Init'],
  [0x02, 'More'],
  [0x01, 'Master'],
  [0x10, 'IPv6 MTU'],
];

/**
 * What follows the header of version 3; `length` includes the header, `textStart` is where the
 * packet's text begins.
 */
export function printOspf3Message(
  packet: Packet,
  at: number,
  length: number,
  textStart: number,
): void {
  const body = at + OSPF3_HEADER;
  const end = at + length;
  switch (packet.u8(at + OspfHeader.type)) {
    case OspfType.Hello:
      printHello(packet, body, end);
      return;
    case OspfType.DatabaseDescription:
      printDatabaseDescription(packet, body, end);
      return;
  }
  // The others are only lists.
  if (packet.options.verbosity === 1) return;
  switch (packet.u8(at + OspfHeader.type)) {
    case OspfType.LinkStateRequest:
      printRequests(packet, body, end);
      break;
    case OspfType.LinkStateUpdate:
      printUpdate(packet, at, end, textStart);
      break;
    case OspfType.LinkStateAck:
      printLsaHeaders(packet, body, end);
      break;
  }
}

/** RFC 5340, A.3.2. */
function printHello(packet: Packet, at: number, end: number): void {
  const { line } = packet;
  writeOptions(packet, '\n\tOptions [', at + Ospf3Options.hello);
  if (!packet.need(at, 12)) return;
  writeNumber(line, '\n\t  Hello Timer ', packet.u16(at + 8));
  writeNumber(line, 's, Dead Timer ', packet.u16(at + 10), 's, Interface-ID ');
  packet.writeIpv4(at);
  writeNumber(line, ', Priority ', packet.u8(at + Ospf3Options.hello));
  writeAddressUnlessZero(packet, '\n\t  Designated Router ', at + 12);
  writeAddressUnlessZero(packet, ', Backup Designated Router ', at + 16);
  if (packet.options.verbosity === 1) return;
  line.text('\n\t  Neighbor List:');
  for (let i = at + 20; i < end && packet.need(i, 4); i += 4) {
    line.text('\n\t    ');
    packet.writeIpv4(i);
  }
}

/** RFC 5340, A.3.3. */
function printDatabaseDescription(packet: Packet, at: number, end: number): void {
  const { line } = packet;
  writeOptions(packet, '\n\tOptions [', at + Ospf3Options.description);
  if (!packet.need(at + DESCRIPTION_FLAGS, 1)) return;
  line.text(', DD Flags [');
  writeBits(line, DESCRIPTION_FLAG_NAMES, packet.u8(at + DESCRIPTION_FLAGS));
  line.byte(Char.RightBracket);
  if (!packet.need(at + DESCRIPTION_SEQUENCE, 4)) return;
  writeNumber(line, ', MTU ', packet.u16(at + 4));
  writeHex(line, ', DD-Sequence 0x', packet.u32(at + DESCRIPTION_SEQUENCE), 8);
  if (packet.options.verbosity > 1) printLsaHeaders(packet, at + 12, end);
}

function printLsaHeaders(packet: Packet, start: number, end: number): void {
  for (let at = start; at < end && !packet.isTruncated(); at += LSA3_HEADER) {
    printLsa3Header(packet, at, end);
  }
}

/** RFC 5340, A.3.4. */
function printRequests(packet: Packet, start: number, end: number): void {
  for (let at = start; at < end && packet.need(at, REQUEST); at += REQUEST) {
    packet.line.text('\n\t  Advertising Router ');
    packet.writeIpv4(at + 8);
    writeLsaType(packet, packet.u16(at + 2), at + 4);
  }
}

/** RFC 5340, A.3.5. */
function printUpdate(packet: Packet, start: number, end: number, textStart: number): void {
  const body = start + OSPF3_HEADER;
  let left = packet.u32(body);
  for (let at = body + 4; at < end && left > 0 && !packet.isTruncated(); left--) {
    if (isTextTooLong(packet, start, textStart)) {
      packet.truncate();
      return;
    }
    at += printLsa3(packet, at, end);
  }
}
