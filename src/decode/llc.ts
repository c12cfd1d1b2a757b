import { Char } from '../text/char.js';
import { printIpv4 } from './ipv4.js';
import { LlcFields } from './llc-fields.js';
import { type Names, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { printSnap, SNAP_HEADER } from './snap.js';
import { printStp } from './stp.js';
import { dumpUnknown } from './unknown.js';

/** Offsets into the header (IEEE 802.2). */
const SOURCE = 1;
const CONTROL = 2;

const Sap = { Ip: 0x06, Stp: 0x42, Snap: 0xaa, Global: 0xff } as const;

/** As tcpdump spells them (print-llc.c). */
const SAP_NAMES: Names = new Map<number, string>([
  [0x00, 'Null'],
  [0x02, '802.1B I'],
  [0x03, '802.1B G'],
  [0x04, 'SNA'],
  [Sap.Ip, 'IP'],
  [0x0e, 'ProWay NM'],
  [Sap.Stp, 'STP'],
  [0x4e, 'RS511'],
  [0x7e, 'ISO8208'],
  [0x8e, 'ProWay'],
  [Sap.Snap, 'SNAP'],
  [0xe0, 'IPX'],
  [0xf0, 'NetBeui'],
  [0xfe, 'OSI'],
  [Sap.Global, 'Global'],
]);

const UNNUMBERED_INFORMATION = 0x03;
const EXCHANGE_IDENTIFICATION = 0xaf;
const EXCHANGE_FORMAT = 0x81;

const COMMAND_NAMES: Names = new Map([
  [UNNUMBERED_INFORMATION, 'ui'],
  [0xe3, 'test'],
  [EXCHANGE_IDENTIFICATION, 'xid'],
  [0x63, 'ua'],
  [0x43, 'disc'],
  [0x0f, 'dm'],
  [0x6f, 'sabme'],
  [0x87, 'frmr'],
]);

/** Bit 0 of the source address, and the poll bit of the control field, in one or two bytes. */
const RESPONSE = 0x01;
const POLL_U = 0x10;
const POLL_IS = 0x0100;

const FLAG_NAMES: Names = new Map([
  [0, 'Command'],
  [RESPONSE, 'Response'],
  [POLL_U, 'Poll'],
  [RESPONSE | POLL_U, 'Final'],
  [POLL_IS, 'Poll'],
  [RESPONSE | POLL_IS, 'Final'],
]);

const SUPERVISORY_NAMES = ['Receiver Ready', 'Receiver not Ready', 'Reject', '?'];

/**
 * An IEEE 802.2 frame. `addressesAt` is where the Ethernet header is, -1 if there is none. Returns
 * the length of the header, negative if the rest has yet to be dumped.
 */
export function printLlc(packet: Packet, at: number, length: number, addressesAt: number): number {
  packet.protocol = 'llc';
  const available = Math.min(packet.remaining(at), length);
  const isUnnumbered = available >= 3 && (packet.u8(at + CONTROL) & 3) === 3;
  const header = isUnnumbered ? 3 : 4;
  if (available < header) {
    packet.writeTruncated();
    dumpUnknown(packet, at, packet.remaining(at));
    return available;
  }
  const destinationField = packet.u8(at);
  const sourceField = packet.u8(at + SOURCE);
  const destination = destinationField & ~1;
  const source = sourceField & ~RESPONSE;
  const control = isUnnumbered ? packet.u8(at + CONTROL) : packet.u16le(at + CONTROL);
  packet.fields?.layer(LlcFields.layer);
  packet.fields?.number(LlcFields.destination, destinationField);
  packet.fields?.number(LlcFields.source, sourceField);
  packet.fields?.number(LlcFields.control, control);
  if (packet.options.linkHeader) {
    writeHeader(packet, destinationField, sourceField, control, isUnnumbered);
  }
  const data = at + header;
  const dataLength = length - header;
  if (source === destination && control === UNNUMBERED_INFORMATION) {
    switch (source) {
      case Sap.Snap: {
        const isKnown = printSnap(packet, data, dataLength, addressesAt);
        return isKnown ? header + SNAP_HEADER : -(header + SNAP_HEADER);
      }
      case Sap.Stp:
        printStp(packet, data, dataLength);
        return header;
      case Sap.Ip:
        printIpv4(packet, data, dataLength);
        return header;
    }
  }
  if (!packet.options.linkHeader) writeAccessPoints(packet, destination, source, addressesAt);
  const isWithoutPayload = isUnnumbered
    ? printUnnumbered(packet, control, sourceField, data, length)
    : printNumbered(packet, control, sourceField, length);
  return isWithoutPayload ? header : -header;
}

/** -e */
function writeHeader(
  packet: Packet,
  destinationField: number,
  sourceField: number,
  control: number,
  isUnnumbered: boolean,
): void {
  const { line } = packet;
  line.text('LLC, dsap ');
  writeAccessPoint(packet, destinationField & ~1);
  line.text(destinationField & 1 ? ' Group, ssap ' : ' Individual, ssap ');
  writeAccessPoint(packet, sourceField & ~1);
  line.text(sourceField & RESPONSE ? ' Response, ctrl 0x' : ' Command, ctrl 0x');
  line.hex(control, isUnnumbered ? 2 : 4);
  line.text(': ');
}

function writeAccessPoint(packet: Packet, sap: number): void {
  packet.line.text(SAP_NAMES.get(sap) ?? 'Unknown');
  packet.line.text(' (0x');
  packet.line.hexByte(sap);
  packet.line.byte(Char.RightParenthesis);
}

function writeAccessPoints(
  packet: Packet,
  destination: number,
  source: number,
  addressesAt: number,
): void {
  const { line } = packet;
  const hasAddresses = addressesAt >= 0;
  if (hasAddresses) {
    packet.writeMac(addressesAt + 6);
    line.byte(Char.Space);
  }
  if (source !== destination) {
    writeNameOrHex(line, SAP_NAMES, source, 'Unknown SSAP 0x', 2);
    line.byte(Char.Space);
  }
  if (hasAddresses || source !== destination) line.text('> ');
  if (hasAddresses) {
    packet.writeMac(addressesAt);
    line.byte(Char.Space);
  }
  writeNameOrHex(line, SAP_NAMES, destination, 'Unknown DSAP 0x', 2);
  line.byte(Char.Space);
}

/** True if there is nothing left to show after the header. */
function printUnnumbered(
  packet: Packet,
  control: number,
  sourceField: number,
  data: number,
  length: number,
): boolean {
  const { line } = packet;
  line.text('Unnumbered, ');
  writeNameOrHex(line, COMMAND_NAMES, control & ~POLL_U, '', 2);
  writeFlagsAndLength(packet, (sourceField & RESPONSE) | (control & POLL_U), length);
  if ((control & ~POLL_U) !== EXCHANGE_IDENTIFICATION) return false;
  const dataLength = length - 3;
  if (dataLength === 0) return true;
  const captured = packet.remaining(data);
  if (captured < 1) {
    packet.writeTruncated();
    return true;
  }
  if (packet.u8(data) !== EXCHANGE_FORMAT) return false;
  if (captured < 3 || dataLength < 3) {
    packet.writeTruncated();
    dumpUnknown(packet, data, captured);
  } else {
    line.text(': ');
    line.hexByte(packet.u8(data + 1));
    line.byte(Char.Space);
    line.hexByte(packet.u8(data + 2));
  }
  return true;
}

/** A supervisory frame (true: there is nothing left to show) or an information frame. */
function printNumbered(
  packet: Packet,
  control: number,
  sourceField: number,
  length: number,
): boolean {
  const { line } = packet;
  const isSupervisory = (control & 1) === 1;
  if (isSupervisory) {
    line.text('Supervisory, ');
    line.text(SUPERVISORY_NAMES[(control >> 2) & 3] ?? '?');
  } else {
    line.text('Information, send seq ');
    line.decimal((control >> 1) & 0x7f);
  }
  line.text(', rcv seq ');
  line.decimal((control >> 9) & 0x7f);
  writeFlagsAndLength(packet, (sourceField & RESPONSE) | (control & POLL_IS), length);
  return isSupervisory;
}

function writeFlagsAndLength(packet: Packet, flags: number, length: number): void {
  const { line } = packet;
  line.text(', Flags [');
  line.text(FLAG_NAMES.get(flags) ?? '?');
  line.text('], length ');
  line.decimal(length);
}
