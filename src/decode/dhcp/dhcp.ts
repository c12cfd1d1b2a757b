import { Char } from '../../text/char.js';
import { Layer } from '../field.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits, writeNameOrHex } from '../names.js';
import type { Packet } from '../packet.js';
import { printDhcpOptions } from './options.js';

export const DhcpLayer = new Layer('dhcp');

const REQUEST = 1;
const OPERATION_NAMES: Names = new Map([
  [REQUEST, 'Request'],
  [2, 'Reply'],
]);

const FLAG_NAMES: BitNames = [[0x8000, 'Broadcast']];

const HARDWARE_ETHERNET = 1;
const MAC = 6;

/** Offsets into a message (RFC 2131, 2). */
const HARDWARE_TYPE = 1;
const HARDWARE_LENGTH = 2;
const HOPS = 3;
const TRANSACTION = 4;
const SECONDS = 8;
const FLAGS = 10;
const CLIENT_ADDRESS = 12;
const YOUR_ADDRESS = 16;
const SERVER_ADDRESS = 20;
const GATEWAY_ADDRESS = 24;
const CLIENT_HARDWARE = 28;
const SERVER_NAME = 44;
const FILE = 108;
const VENDOR = 236;

const SERVER_NAME_SIZE = FILE - SERVER_NAME;
const FILE_SIZE = VENDOR - FILE;

/** What the vendor area begins with: options (RFC 1497), or "CMU" and a zero. */
const COOKIE_OPTIONS = 0x63825363;
const COOKIE_CMU = 0x434d5500;

/** BOOTP and DHCP: request or reply, and who sent a request; with -v the header and the options. */
export function printDhcp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'bootp';
  packet.fields?.layer(DhcpLayer);
  const operation = packet.u8(at);
  if (packet.isTruncated()) return;
  line.text('BOOTP/DHCP, ');
  writeNameOrHex(line, OPERATION_NAMES, operation, 'unknown (0x', 2, ')');
  const hardware = packet.u8(at + HARDWARE_TYPE);
  const hardwareLength = packet.u8(at + HARDWARE_LENGTH);
  const hasMac = hardware === HARDWARE_ETHERNET && hardwareLength === MAC;
  if (hasMac && operation === REQUEST) {
    if (!packet.need(at + CLIENT_HARDWARE, MAC)) return;
    line.text(' from ');
    packet.writeMac(at + CLIENT_HARDWARE);
  }
  line.text(', length ');
  line.decimal(length);
  if (packet.options.verbosity > 0 && !packet.isTruncated()) printHeader(packet, at, hasMac);
}

function printHeader(packet: Packet, at: number, hasMac: boolean): void {
  const { line } = packet;
  if (!packet.has(at + SECONDS, 2)) {
    packet.writeTruncated();
    return;
  }
  const hardware = packet.u8(at + HARDWARE_TYPE);
  if (hardware !== HARDWARE_ETHERNET) writeNumber(line, ', htype ', hardware);
  if (!hasMac) writeNumber(line, ', hlen ', packet.u8(at + HARDWARE_LENGTH));
  const hops = packet.u8(at + HOPS);
  if (hops !== 0) writeNumber(line, ', hops ', hops);
  const transaction = packet.u32(at + TRANSACTION);
  if (transaction !== 0) writeHex(line, ', xid 0x', transaction);
  const seconds = packet.u16(at + SECONDS);
  if (seconds !== 0) writeNumber(line, ', secs ', seconds);
  const flags = packet.u16(at + FLAGS);
  if (packet.isTruncated()) return;
  line.text(', Flags [');
  writeBits(line, FLAG_NAMES, flags);
  line.byte(Char.RightBracket);
  if (packet.options.verbosity > 1) writeHex(line, ' (0x', flags, 4, ')');
  writeAddress(packet, '\n\t  Client-IP ', at + CLIENT_ADDRESS);
  writeAddress(packet, '\n\t  Your-IP ', at + YOUR_ADDRESS);
  writeAddress(packet, '\n\t  Server-IP ', at + SERVER_ADDRESS);
  writeAddress(packet, '\n\t  Gateway-IP ', at + GATEWAY_ADDRESS);
  if (hasMac) {
    if (!packet.need(at + CLIENT_HARDWARE, MAC)) return;
    line.text('\n\t  Client-Ethernet-Address ');
    packet.writeMac(at + CLIENT_HARDWARE);
  }
  const isWhole =
    writeText(packet, '\n\t  sname "', at + SERVER_NAME, SERVER_NAME_SIZE) &&
    writeText(packet, '\n\t  file "', at + FILE, FILE_SIZE);
  if (isWhole) printVendorArea(packet, at + VENDOR);
  else packet.writeTruncated();
}

/** An address, unless it is 0.0.0.0. */
function writeAddress(packet: Packet, name: string, at: number): void {
  if (packet.u32(at) === 0) return;
  packet.line.text(name);
  packet.writeIpv4(at);
}

/** A text, unless it is empty; false if no zero ends it within `size` bytes. */
function writeText(packet: Packet, name: string, at: number, size: number): boolean {
  const { line } = packet;
  if (packet.u8(at) === 0) return true;
  line.text(name);
  const end = Math.min(at + size, packet.end);
  let next = at;
  for (; next < end; next++) {
    const character = packet.u8(next);
    if (character === 0) break;
    line.escaped(character);
  }
  line.byte(Char.Quote);
  return next < end;
}

function printVendorArea(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.has(at, 4)) {
    packet.writeTruncated();
    return;
  }
  const cookie = packet.u32(at);
  if (cookie === COOKIE_OPTIONS) {
    printDhcpOptions(packet, at);
  } else if (cookie === COOKIE_CMU) {
    printCmu(packet, at);
  } else if (cookie !== 0) {
    writeHex(line, '\n\t  Vendor-#0x', cookie);
  }
}

/** Whether the subnet mask is valid. */
const CMU_HAS_MASK = 1;

/**
 * Addresses in the vendor area of Carnegie Mellon's clients, by offset, in the order they are
 * printed.
 */
const CMU_ADDRESSES = [
  [12, ' DG:'],
  [8, ' SM:'],
  [16, ' NS1:'],
  [20, ' NS2:'],
  [24, ' IEN1:'],
  [28, ' IEN2:'],
  [32, ' TS1:'],
  [36, ' TS2:'],
] as const;

/** As in cmu_print of print-bootp.c. */
function printCmu(packet: Packet, start: number): void {
  const { line } = packet;
  line.text(' vend-cmu');
  if (!packet.has(start + 4, 4)) {
    packet.writeTruncated();
    return;
  }
  const flags = packet.u8(start + 4);
  if ((flags & ~CMU_HAS_MASK) !== 0) writeHex(line, ' F:0x', flags);
  for (const [offset, name] of CMU_ADDRESSES) {
    if (!packet.has(start + offset, 4)) {
      packet.writeTruncated();
      return;
    }
    const isDoubtful = name === ' SM:' && (flags & CMU_HAS_MASK) === 0;
    writeAddress(packet, isDoubtful ? ' SM*:' : name, start + offset);
  }
}
