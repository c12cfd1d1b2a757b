import { ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { EtherType, ETHERTYPE_NAMES } from './ethertype.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import { type Names, writeName, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

const arp = new Layer('arp');
const arpHardware = arp.group('hw');
const arpProtocol = arp.group('proto');
const arpSource = arp.group('src');
const arpTarget = arp.group('dst');
export const ArpFields = {
  layer: arp,
  operation: arp.number('opcode'),
  hardwareType: arpHardware.number('type'),
  hardwareSize: arpHardware.number('size'),
  protocolType: arpProtocol.number('type'),
  protocolSize: arpProtocol.number('size'),
  sourceHardware: arpSource.text('hw_mac'),
  sourceIpv4: arpSource.text('proto_ipv4'),
  targetHardware: arpTarget.text('hw_mac'),
  targetIpv4: arpTarget.text('proto_ipv4'),
} as const;

const NAME = ascii('ARP');
/** Offsets into the header (RFC 826). */
const PROTOCOL = 2;
const HARDWARE_LENGTH = 4;
const PROTOCOL_LENGTH = 5;
const OPERATION = 6;
const HEADER = 8;
const HARDWARE_ETHERNET = 1;
/** Lengths of addresses. */
const MAC = 6;
const IPV4 = 4;

/** IANA's hardware types, as tcpdump spells them (print-arp.c). */
const HARDWARE_NAMES: Names = new Map([
  [HARDWARE_ETHERNET, 'Ethernet'],
  [6, 'TokenRing'],
  [7, 'ArcNet'],
  [15, 'FrameRelay'],
  [19, 'ATM'],
  [23, 'Strip'],
  [24, 'IEEE 1394'],
  [32, 'InfiniBand'],
]);

const Operation = {
  Request: 1,
  Reply: 2,
  ReverseRequest: 3,
  ReverseReply: 4,
  InverseRequest: 8,
  InverseReply: 9,
  Nak: 10,
} as const;

const OPERATION_NAMES: Names = new Map<number, string>([
  [Operation.Request, 'Request'],
  [Operation.Reply, 'Reply'],
  [Operation.ReverseRequest, 'Reverse Request'],
  [Operation.ReverseReply, 'Reverse Reply'],
  [Operation.InverseRequest, 'Inverse Request'],
  [Operation.InverseReply, 'Inverse Reply'],
  [Operation.Nak, 'NACK Reply'],
]);

/** ARP, Reverse ARP and Inverse ARP (RFC 826, 903, 2390). */
export function printArp(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'arp';
  if (packet.fields !== undefined) record(packet, packet.fields, at);
  if (!packet.need(at, HEADER)) return;
  const hardware = packet.u16(at);
  const protocol = packet.u16(at + PROTOCOL);
  const hardwareLength = packet.u8(at + HARDWARE_LENGTH);
  const protocolLength = packet.u8(at + PROTOCOL_LENGTH);
  const operation = packet.u16(at + OPERATION);
  const senderHardware = at + HEADER;
  const sender = senderHardware + hardwareLength;
  const targetHardware = sender + protocolLength;
  const target = targetHardware + hardwareLength;
  if (!packet.need(target, protocolLength)) return;
  if (!options.linkHeader) {
    packet.writeProtocol(NAME);
    line.text(', ');
  }
  const isIpv4 = protocol === EtherType.Ipv4 || protocol === EtherType.Trailer;
  const isKnown = isIpv4 && protocolLength === 4 && hardwareLength !== 0;
  if (!isKnown || options.verbosity > 0) {
    writeName(line, HARDWARE_NAMES, hardware, 'Unknown Hardware (', ')');
    line.text(' (len ');
    line.decimal(hardwareLength);
    line.text('), ');
    writeNameOrHex(line, ETHERTYPE_NAMES, protocol, 'Unknown Protocol (0x', 4, ')');
    line.text(' (len ');
    line.decimal(protocolLength);
    line.byte(Char.RightParenthesis);
    if (options.verbosity === 0) {
      writeLength(packet, length);
      return;
    }
    line.text(', ');
  }
  writeName(line, OPERATION_NAMES, operation, 'Unknown (', ')');
  line.byte(Char.Space);

  switch (operation) {
    case Operation.Request:
      line.text('who-has ');
      writeProtocolAddress(packet, target, isIpv4, protocolLength);
      if (!isZero(packet, targetHardware, hardwareLength)) {
        line.text(' (');
        writeHardwareAddress(packet, targetHardware, hardwareLength);
        line.byte(Char.RightParenthesis);
      }
      line.text(' tell ');
      writeProtocolAddress(packet, sender, isIpv4, protocolLength);
      break;
    case Operation.Reply:
      writeProtocolAddress(packet, sender, isIpv4, protocolLength);
      line.text(' is-at ');
      writeHardwareAddress(packet, senderHardware, hardwareLength);
      break;
    case Operation.ReverseRequest:
    case Operation.InverseRequest:
      line.text('who-is ');
      writeHardwareAddress(packet, targetHardware, hardwareLength);
      line.text(' tell ');
      writeHardwareAddress(packet, senderHardware, hardwareLength);
      break;
    case Operation.ReverseReply:
      writeHardwareAddress(packet, targetHardware, hardwareLength);
      line.text(' at ');
      writeProtocolAddress(packet, target, isIpv4, protocolLength);
      break;
    case Operation.InverseReply:
      writeHardwareAddress(packet, senderHardware, hardwareLength);
      line.text(' at ');
      writeProtocolAddress(packet, sender, isIpv4, protocolLength);
      break;
    default:
      dumpUnknown(packet, at, packet.remaining(at));
      return;
  }
  writeLength(packet, length);
}

function record(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(ArpFields.layer);
  fields.u16(ArpFields.operation, at + OPERATION);
  fields.u16(ArpFields.hardwareType, at);
  fields.u8(ArpFields.hardwareSize, at + HARDWARE_LENGTH);
  fields.u16(ArpFields.protocolType, at + PROTOCOL);
  fields.u8(ArpFields.protocolSize, at + PROTOCOL_LENGTH);
  if (!packet.has(at, HEADER)) return;
  const isIpv4OnEthernet =
    packet.u16(at) === HARDWARE_ETHERNET &&
    packet.u16(at + PROTOCOL) === EtherType.Ipv4 &&
    packet.u8(at + HARDWARE_LENGTH) === MAC &&
    packet.u8(at + PROTOCOL_LENGTH) === IPV4;
  if (!isIpv4OnEthernet) return;
  const sender = at + HEADER;
  const target = sender + MAC + IPV4;
  fields.mac(ArpFields.sourceHardware, sender);
  fields.ipv4(ArpFields.sourceIpv4, sender + MAC);
  fields.mac(ArpFields.targetHardware, target);
  fields.ipv4(ArpFields.targetIpv4, target + MAC);
}

function writeLength(packet: Packet, length: number): void {
  packet.line.text(', length ');
  packet.line.decimal(length);
}

function writeProtocolAddress(packet: Packet, at: number, isIpv4: boolean, length: number): void {
  if (!isIpv4) packet.line.text('<wrong proto type>');
  else if (length !== 4) packet.line.text('<wrong len>');
  else packet.writeIpv4(at);
}

function writeHardwareAddress(packet: Packet, at: number, length: number): void {
  if (length === 0) packet.line.text('<empty>');
  else packet.line.linkAddress(packet.view, at, length);
}

/** Whether the address is all zeros. */
function isZero(packet: Packet, at: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (packet.u8(at + i) !== 0) return false;
  return true;
}
