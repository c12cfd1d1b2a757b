import { Layer } from '../field.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writePaddedText } from '../padded-text.js';
import { dumpUnknownHex } from '../unknown.js';
import { hasNetworkAddress, writeNetworkAddress } from './network-address.js';
import { printPrivate } from './private.js';

export const LldpLayer = new Layer('lldp');

const TLV_HEADER = 2;

const Type = {
  End: 0,
  ChassisId: 1,
  PortId: 2,
  TimeToLive: 3,
  PortDescription: 4,
  SystemName: 5,
  SystemDescription: 6,
  SystemCapabilities: 7,
  ManagementAddress: 8,
  Private: 127,
} as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [Type.End, 'End'],
  [Type.ChassisId, 'Chassis ID'],
  [Type.PortId, 'Port ID'],
  [Type.TimeToLive, 'Time to Live'],
  [Type.PortDescription, 'Port Description'],
  [Type.SystemName, 'System Name'],
  [Type.SystemDescription, 'System Description'],
  [Type.SystemCapabilities, 'System Capabilities'],
  [Type.ManagementAddress, 'Management Address'],
  [Type.Private, 'Organization specific'],
]);

/** A kind of chassis or port identifier. */
interface IdKind {
  readonly name: string;
  readonly form: 'text' | 'mac' | 'network';
}

const CHASSIS_KINDS: ReadonlyMap<number, IdKind> = new Map([
  [1, { name: 'Chassis component', form: 'text' }],
  [2, { name: 'Interface alias', form: 'text' }],
  [3, { name: 'Port component', form: 'text' }],
  [4, { name: 'MAC address', form: 'mac' }],
  [5, { name: 'Network address', form: 'network' }],
  [6, { name: 'Interface name', form: 'text' }],
  [7, { name: 'Local', form: 'text' }],
]);

const PORT_KINDS: ReadonlyMap<number, IdKind> = new Map([
  [1, { name: 'Interface alias', form: 'text' }],
  [2, { name: 'Port component', form: 'text' }],
  [3, { name: 'MAC address', form: 'mac' }],
  [4, { name: 'Network Address', form: 'network' }],
  [5, { name: 'Interface Name', form: 'text' }],
  [6, { name: 'Agent circuit ID', form: 'text' }],
  [7, { name: 'Local', form: 'text' }],
]);

const CAPABILITIES: BitNames = [
  [0x01, 'Other'],
  [0x02, 'Repeater'],
  [0x04, 'Bridge'],
  [0x08, 'WLAN AP'],
  [0x10, 'Router'],
  [0x20, 'Telephone'],
  [0x40, 'Docsis'],
  [0x80, 'Station Only'],
];

const INTERFACE_NUMBERINGS: Names = new Map([
  [2, 'Interface Index'],
  [3, 'System Port Number'],
]);

/** LLDP (IEEE 802.1AB): a line with the system's name; with -v every TLV. */
export function printLldp(packet: Packet, start: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'lldp';
  packet.fields?.layer(LldpLayer);
  writeNumber(line, 'LLDP, length ', length);
  const end = start + length;
  for (let at = start; end - at >= TLV_HEADER;) {
    if (!packet.has(at, TLV_HEADER)) {
      packet.writeTruncated();
      return;
    }
    const type = packet.u16(at) >> 9;
    const size = packet.u16(at) & 0x1ff;
    if (options.verbosity > 0) writeTlvHeader(packet, type, size);
    if (type === Type.End || size === 0) return;
    at += TLV_HEADER;
    if (!packet.has(at, size) || end - at < size) {
      packet.writeTruncated();
      return;
    }
    if (options.verbosity === 0) {
      if (type === Type.SystemName) writeText(packet, ': ', at, size);
    } else if (!printTlv(packet, type, at, size)) {
      packet.writeTruncated();
      return;
    }
    at += size;
  }
}

function writeTlvHeader(packet: Packet, type: number, size: number): void {
  const { line } = packet;
  line.text('\n\t');
  line.text(TYPE_NAMES.get(type) ?? 'Unknown');
  writeNumber(line, ' TLV (', type);
  writeNumber(line, '), length ', size);
}

function writeText(packet: Packet, label: string, at: number, size: number): void {
  packet.line.text(label);
  writePaddedText(packet, at, size);
}

/** False if the TLV is too short for its content. */
function printTlv(packet: Packet, type: number, at: number, size: number): boolean {
  const content = printContent(packet, type, at, size);
  if (content === 'broken') return false;
  if (content === 'unknown' || packet.options.verbosity > 1) {
    dumpUnknownHex(packet, at, size, '\n\t  ');
  }
  return true;
}

type Content = 'shown' | 'unknown' | 'broken';

function printContent(packet: Packet, type: number, at: number, size: number): Content {
  switch (type) {
    case Type.ChassisId:
      return printId(packet, CHASSIS_KINDS, at, size);
    case Type.PortId:
      return printId(packet, PORT_KINDS, at, size);
    case Type.TimeToLive:
      if (size < 2) return 'broken';
      writeNumber(packet.line, ': TTL ', packet.u16(at), 's');
      return 'shown';
    case Type.PortDescription:
    case Type.SystemName:
      writeText(packet, ': ', at, size);
      return 'shown';
    case Type.SystemDescription:
      writeText(packet, '\n\t  ', at, size);
      return 'shown';
    case Type.SystemCapabilities:
      if (size < 4) return 'broken';
      writeCapabilities(packet, '\n\t  System  Capabilities [', packet.u16(at));
      writeCapabilities(packet, '\n\t  Enabled Capabilities [', packet.u16(at + 2));
      return 'shown';
    case Type.ManagementAddress:
      return printManagementAddress(packet, at, size) ? 'shown' : 'broken';
    case Type.Private:
      if (size < 3) return 'broken';
      return printPrivate(packet, at, size) ? 'shown' : 'unknown';
    default:
      return 'unknown';
  }
}

function printId(
  packet: Packet,
  kinds: ReadonlyMap<number, IdKind>,
  at: number,
  size: number,
): Content {
  const { line } = packet;
  if (size < 2) return 'broken';
  const subtype = packet.u8(at);
  const kind = kinds.get(subtype);
  line.text('\n\t  Subtype ');
  line.text(kind?.name ?? 'Unknown');
  writeNumber(line, ' (', subtype, '): ');
  switch (kind?.form) {
    case 'text':
      writePaddedText(packet, at + 1, size - 1);
      return 'shown';
    case 'mac':
      if (size < 7) return 'broken';
      packet.writeMac(at + 1);
      return 'shown';
    case 'network':
      if (!hasNetworkAddress(packet, at + 1, size - 1)) return 'broken';
      writeNetworkAddress(packet, at + 1);
      return 'shown';
    case undefined:
      return 'unknown';
  }
}

function writeCapabilities(packet: Packet, label: string, bits: number): void {
  packet.line.text(label);
  writeBits(packet.line, CAPABILITIES, bits);
  writeHex(packet.line, '] (0x', bits, 4, ')');
}

/** How the interface is numbered, and its number. */
const INTERFACE = 5;

/** An address, an interface, and perhaps an object identifier (IEEE 802.1AB, 8.5.9). */
function printManagementAddress(packet: Packet, start: number, size: number): boolean {
  const { line } = packet;
  const end = start + size;
  const addressLength = packet.u8(start);
  const address = start + 1;
  if (end - address < addressLength) return false;
  if (!hasNetworkAddress(packet, address, addressLength)) return false;
  writeNumber(line, '\n\t  Management Address length ', addressLength, ', ');
  writeNetworkAddress(packet, address);
  const numbered = address + addressLength;
  if (end - numbered < INTERFACE) return false;
  const numbering = packet.u8(numbered);
  line.text('\n\t  ');
  line.text(INTERFACE_NUMBERINGS.get(numbering) ?? 'Unknown');
  writeNumber(line, ' Interface Numbering (', numbering);
  writeNumber(line, '): ', packet.u32(numbered + 1));
  const object = numbered + INTERFACE;
  if (object === end) return true;
  const objectLength = packet.u8(object);
  if (end - object < 1 + objectLength) return false;
  if (objectLength > 0) {
    writeNumber(line, '\n\t  OID length ', objectLength);
    writePaddedText(packet, object + 1, objectLength);
  }
  return true;
}
