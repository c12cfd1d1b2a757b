import { Char } from '../text/char.js';
import { recordVlanTag, writeVlanTag } from './ethernet.js';
import { EtherType, ETHERTYPE_NAMES } from './ethertype.js';
import { printEtherType } from './ethertype-payload.js';
import { Layer } from './field.js';
import { printLlc } from './llc.js';
import type { Names } from './names.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

export const SllLayer = new Layer('sll');

/** Linux "cooked" headers: offsets of their fields, and their lengths. */
interface Layout {
  readonly name: string;
  readonly length: number;
  readonly protocol: number;
  readonly address: number;
}

const SLL: Layout = { name: 'sll', length: 16, protocol: 14, address: 6 };
const SLL_ADDRESS_LENGTH = 4;
const SLL2: Layout = { name: 'sll2', length: 20, protocol: 0, address: 12 };
const SLL2_INTERFACE = 4;
const SLL2_ADDRESS_LENGTH = 11;
const SLL2_PACKET_TYPE = 10;

const PACKET_TYPE_NAMES: Names = new Map([
  [0, 'In'],
  [1, 'B'],
  [2, 'M'],
  [3, 'P'],
  [4, 'Out'],
]);

const VLAN_TAG = 4;
const MAC = 6;
/** Values of the protocol field that are not EtherTypes. */
const MAX_LENGTH = 1500;
const RAW_8023 = 0x0001;
const LLC = 0x0004;

/** Captures on the interface `any` of Linux (LINKTYPE_LINUX_SLL). */
export function printSll(packet: Packet, at: number, length: number): number {
  packet.protocol = SLL.name;
  packet.fields?.layer(SllLayer);
  if (!packet.need(at, SLL.length)) return 0;
  if (packet.options.linkHeader) writeHeader(packet, SLL, at, length);
  return printPayload(packet, SLL, at, length);
}

/** The same since libpcap 1.10 (LINKTYPE_LINUX_SLL2): with an interface and a direction. */
export function printSll2(packet: Packet, at: number, length: number): number {
  const { line } = packet;
  packet.protocol = SLL2.name;
  packet.fields?.layer(SllLayer);
  if (!packet.need(at, SLL2.length)) return 0;
  // Only the capturing machine knows the interface's name.
  line.text('?     ');
  const type = PACKET_TYPE_NAMES.get(packet.u8(at + SLL2_PACKET_TYPE)) ?? '?';
  line.text(type.padEnd(4));
  if (packet.options.linkHeader) writeHeader(packet, SLL2, at, length);
  return printPayload(packet, SLL2, at, length);
}

function writeHeader(packet: Packet, layout: Layout, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = layout.name;
  let addressLength;
  if (layout === SLL) {
    addressLength = packet.u16(at + SLL_ADDRESS_LENGTH);
    const type = PACKET_TYPE_NAMES.get(packet.u16(at)) ?? '?';
    line.text(type.padStart(3));
    line.byte(Char.Space);
  } else {
    addressLength = packet.u8(at + SLL2_ADDRESS_LENGTH);
    line.text('ifindex ');
    line.decimal(packet.u32(at + SLL2_INTERFACE));
    line.byte(Char.Space);
  }
  if (addressLength === MAC) {
    packet.writeMac(at + layout.address);
    line.byte(Char.Space);
  }
  if (options.quiet) return;
  const protocol = packet.u16(at + layout.protocol);
  if (protocol === RAW_8023) line.text('802.3');
  else if (protocol === LLC) line.text('802.2');
  else {
    line.text('ethertype ');
    line.text((protocol > MAX_LENGTH ? ETHERTYPE_NAMES.get(protocol) : undefined) ?? 'Unknown');
    line.text(' (0x');
    line.hex(protocol, 4);
    line.byte(Char.RightParenthesis);
  }
  line.text(', length ');
  line.decimal(length);
  line.text(': ');
}

/** Returns the length of the header, tags included. */
function printPayload(packet: Packet, layout: Layout, start: number, wireLength: number): number {
  const { line, options } = packet;
  let at = start + layout.length;
  let length = wireLength - layout.length;
  let type = packet.u16(start + layout.protocol);
  while (type === EtherType.Vlan) {
    if (packet.remaining(at) < VLAN_TAG) {
      packet.protocol = 'vlan';
      packet.writeTruncated();
      return at - start + packet.remaining(at);
    }
    if (options.linkHeader) {
      writeVlanTag(packet, packet.u16(at));
      line.text(', ');
    }
    type = packet.u16(at + 2);
    if (packet.fields !== undefined) recordVlanTag(packet.fields, packet.u16(at), type);
    if (type <= MAX_LENGTH) type = LLC;
    if (!options.quiet) {
      line.text('ethertype ');
      line.text(ETHERTYPE_NAMES.get(type) ?? 'Unknown');
      line.text(', ');
    }
    at += VLAN_TAG;
    length -= VLAN_TAG;
  }
  if (type === LLC) {
    const headerLength = printLlc(packet, at, length, -1);
    if (headerLength >= 0) return at - start + headerLength;
  } else if (type > MAX_LENGTH) {
    if (printEtherType(packet, type, at, length)) return at - start;
    if (!options.linkHeader) writeHeader(packet, layout, start, length + layout.length);
  }
  if (options.dumpUnknown) dumpUnknown(packet, at, packet.remaining(at));
  return at - start;
}
