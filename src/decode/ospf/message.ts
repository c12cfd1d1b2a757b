import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writeAddressUnlessZero } from './address.js';
import { OspfHeader, OspfOptions } from './header.js';
import { isTextTooLong } from './limit.js';
import { LSA_HEADER, printLsa, printLsaHeader } from './lsa.js';
import { isOpaque, LSA_NAMES, OPAQUE_NAMES, OSPF_HEADER, OSPF_OPTIONS, OspfType } from './names.js';

/** Offsets into a database description, after the header (RFC 2328, A.3.3). */
const DESCRIPTION_FLAGS = 3;
const DESCRIPTION_SEQUENCE = 4;

/** A request for an advertisement (RFC 2328, A.3.4): its length, and offsets into it. */
const REQUEST = 12;
const REQUEST_ID = 4;
const REQUEST_ROUTER = 8;

const DESCRIPTION_FLAG_NAMES: BitNames = [
  [0x04, 'Init'],
  [0x02, 'More'],
  [0x01, 'Master'],
  [0x08, 'OOBResync'],
];

/**
 * What follows the header of version 2; `length` includes the header, `textStart` is where the
 * packet's text begins.
 */
export function printOspfMessage(
  packet: Packet,
  at: number,
  length: number,
  textStart: number,
): void {
  const body = at + OSPF_HEADER;
  const end = at + length;
  switch (packet.u8(at + OspfHeader.type)) {
    case OspfType.Hello:
      printHello(packet, body, end);
      break;
    case OspfType.DatabaseDescription:
      printDatabaseDescription(packet, body, end);
      break;
    case OspfType.LinkStateRequest:
      printRequests(packet, body, end);
      break;
    case OspfType.LinkStateUpdate:
      printUpdate(packet, at, textStart);
      break;
    case OspfType.LinkStateAck:
      // To the end of the capture, not of the packet, as in ospf_decode_v2 of print-ospf.c.
      printLsaHeaders(packet, body, Infinity);
      break;
  }
}

/** RFC 2328, A.3.2. */
function printHello(packet: Packet, at: number, end: number): void {
  const { line } = packet;
  if (!packet.need(at + OspfOptions.hello, 1)) return;
  writeOptions(packet, '\n\tOptions [', at + OspfOptions.hello);
  if (!packet.need(at, 12)) return;
  writeNumber(line, '\n\t  Hello Timer ', packet.u16(at + 4));
  writeNumber(line, 's, Dead Timer ', packet.u32(at + 8), 's, Mask ');
  packet.writeIpv4(at);
  writeNumber(line, ', Priority ', packet.u8(at + 7));
  writeAddressUnlessZero(packet, '\n\t  Designated Router ', at + 12);
  writeAddressUnlessZero(packet, ', Backup Designated Router ', at + 16);
  const neighbours = at + 20;
  if (neighbours < end) line.text('\n\t  Neighbor List:');
  for (let i = neighbours; i < end && packet.need(i, 4); i += 4) {
    line.text('\n\t    ');
    packet.writeIpv4(i);
  }
}

function writeOptions(packet: Packet, label: string, at: number): void {
  packet.line.text(label);
  writeBits(packet.line, OSPF_OPTIONS, packet.u8(at));
  packet.line.byte(Char.RightBracket);
}

/** RFC 2328, A.3.3. */
function printDatabaseDescription(packet: Packet, at: number, end: number): void {
  const { line } = packet;
  if (!packet.need(at + OspfOptions.description, 1)) return;
  writeOptions(packet, '\n\tOptions [', at + OspfOptions.description);
  if (!packet.need(at + DESCRIPTION_FLAGS, 1)) return;
  line.text(', DD Flags [');
  writeBits(line, DESCRIPTION_FLAG_NAMES, packet.u8(at + DESCRIPTION_FLAGS));
  line.byte(Char.RightBracket);
  const mtu = packet.u16(at);
  if (mtu !== 0) writeNumber(line, ', MTU: ', mtu);
  if (!packet.need(at + DESCRIPTION_SEQUENCE, 4)) return;
  writeHex(line, ', Sequence: 0x', packet.u32(at + DESCRIPTION_SEQUENCE), 8);
  printLsaHeaders(packet, at + 8, end);
}

function printLsaHeaders(packet: Packet, start: number, end: number): void {
  for (let at = start; at < end; at += LSA_HEADER) {
    if (printLsaHeader(packet, at) === 0) return;
  }
}

/** RFC 2328, A.3.4. */
function printRequests(packet: Packet, start: number, end: number): void {
  const { line } = packet;
  for (let at = start; at < end && packet.need(at, REQUEST); at += REQUEST) {
    const type = packet.u32(at);
    line.text('\n\t  Advertising Router: ');
    packet.writeIpv4(at + REQUEST_ROUTER);
    line.text(', ');
    line.text(LSA_NAMES.get(type) ?? 'unknown');
    writeNumber(line, ' LSA (', type, ')');
    if (isOpaque(type)) {
      const opaque = packet.u8(at + REQUEST_ID);
      line.text(', Opaque-Type: ');
      line.text(OPAQUE_NAMES.get(opaque) ?? 'unknown');
      writeNumber(line, ' LSA (', opaque);
      writeNumber(line, '), Opaque-ID: ', packet.u24(at + REQUEST_ID + 1));
    } else {
      line.text(', LSA-ID: ');
      packet.writeIpv4(at + REQUEST_ID);
    }
  }
}

/** RFC 2328, A.3.5. */
function printUpdate(packet: Packet, start: number, textStart: number): void {
  const { line } = packet;
  const at = start + OSPF_HEADER;
  if (!packet.need(at, 4)) return;
  const count = packet.u32(at);
  writeNumber(line, ', ', count, count === 1 ? ' LSA' : ' LSAs');
  let lsa = at + 4;
  for (let number = 1; number <= count && !packet.isTruncated(); number++) {
    if (isTextTooLong(packet, start, textStart)) {
      packet.truncate();
      return;
    }
    writeNumber(line, '\n\t  LSA #', number);
    lsa = printLsa(packet, lsa);
  }
}
