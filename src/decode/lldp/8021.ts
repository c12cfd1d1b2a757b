import { Char } from '../../text/char.js';
import type { LineBuffer } from '../../text/line.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writePaddedText } from '../padded-text.js';
import { ORGANIZATION_HEADER, printSubtype } from './subtype.js';

const Subtype = {
  PortVlan: 1,
  ProtocolVlan: 2,
  VlanName: 3,
  ProtocolIdentity: 4,
  LinkAggregation: 7,
  CongestionNotification: 8,
  EtsConfiguration: 9,
  EtsRecommendation: 10,
  PriorityFlowControl: 11,
  ApplicationPriority: 12,
  EdgeVirtualBridging: 13,
  ChannelDiscovery: 14,
} as const;

const SUBTYPE_NAMES: Names = new Map<number, string>([
  [Subtype.PortVlan, 'Port VLAN Id'],
  [Subtype.ProtocolVlan, 'Port and Protocol VLAN ID'],
  [Subtype.VlanName, 'VLAN name'],
  [Subtype.ProtocolIdentity, 'Protocol Identity'],
  [Subtype.LinkAggregation, 'Link aggregation'],
  [Subtype.CongestionNotification, 'Congestion Notification'],
  [Subtype.EtsConfiguration, 'ETS Configuration'],
  [Subtype.EtsRecommendation, 'ETS Recommendation'],
  [Subtype.PriorityFlowControl, 'Priority Flow Control Configuration'],
  [Subtype.ApplicationPriority, 'Application Priority'],
  [Subtype.EdgeVirtualBridging, 'EVB'],
  [Subtype.ChannelDiscovery, 'CDCP'],
]);

/** Minimum lengths, header included, for a subtype's data to be shown. */
const MIN_LENGTHS: ReadonlyMap<number, number> = new Map<number, number>([
  [Subtype.PortVlan, 6],
  [Subtype.ProtocolVlan, 7],
  [Subtype.VlanName, 6],
  [Subtype.ProtocolIdentity, 5],
  [Subtype.LinkAggregation, 9],
  [Subtype.CongestionNotification, 6],
  [Subtype.EtsConfiguration, 25],
  [Subtype.EtsRecommendation, 25],
  [Subtype.PriorityFlowControl, 6],
  [Subtype.ApplicationPriority, 5],
  [Subtype.EdgeVirtualBridging, 9],
  [Subtype.ChannelDiscovery, 8],
]);

const PROTOCOL_VLAN_FLAGS: BitNames = [
  [0x02, 'supported'],
  [0x04, 'enabled'],
];

const AGGREGATION_FLAGS: BitNames = [
  [0x01, 'supported'],
  [0x02, 'enabled'],
];

const BRIDGING_MODES = [
  'Not Supported',
  'EVB Bridge',
  'EVB Station',
  'Reserved for future Standardization',
];

/**
 * TLVs defined by IEEE 802.1Q (annex D); the organisation's number is at `at`. False if the subtype
 * is unknown.
 */
export function printIeee8021(packet: Packet, at: number, length: number): boolean {
  if (length < ORGANIZATION_HEADER) return true;
  const subtype = printSubtype(packet, SUBTYPE_NAMES, at);
  const minLength = MIN_LENGTHS.get(subtype);
  if (minLength === undefined) return false;
  if (length >= minLength) {
    printData(packet, subtype, at + ORGANIZATION_HEADER, length - ORGANIZATION_HEADER);
  }
  return true;
}

function printData(packet: Packet, subtype: number, at: number, length: number): void {
  const { line } = packet;
  switch (subtype) {
    case Subtype.PortVlan:
      writeNumber(line, '\n\t    port vlan id (PVID): ', packet.u16(at));
      break;
    case Subtype.ProtocolVlan: {
      const flags = packet.u8(at);
      writeNumber(line, '\n\t    port and protocol vlan id (PPVID): ', packet.u16(at + 1));
      line.text(', flags [');
      writeBits(line, PROTOCOL_VLAN_FLAGS, flags);
      writeHex(line, '] (0x', flags, 2, ')');
      break;
    }
    case Subtype.VlanName:
      writeNumber(line, '\n\t    vlan id (VID): ', packet.u16(at));
      writeCountedText(packet, '\n\t    vlan name: ', at + 2, length - 2);
      break;
    case Subtype.ProtocolIdentity:
      writeCountedText(packet, '\n\t    protocol identity: ', at, length);
      break;
    case Subtype.LinkAggregation:
      writeAggregation(packet, at);
      break;
    case Subtype.CongestionNotification:
      line.text('\n\t    Pre-Priority CNPV Indicator');
      writePriorityBits(line, packet.u8(at));
      line.text('\n\t    Pre-Priority Ready Indicator');
      writePriorityBits(line, packet.u8(at + 1));
      break;
    case Subtype.EtsConfiguration: {
      const flags = packet.u8(at);
      writeNumber(line, '\n\t    Willing:', flags >> 7);
      // A single bit, which tcpdump shows as the second of two.
      writeNumber(line, ', CBS:', (flags >> 6) & 2);
      writeNumber(line, ', RES:', (flags >> 3) & 7);
      writeNumber(line, ', Max TCs:', flags & 7);
      writeTransmissionTables(packet, at);
      break;
    }
    case Subtype.EtsRecommendation:
      writeNumber(line, '\n\t    RES: ', packet.u8(at));
      writeTransmissionTables(packet, at);
      break;
    case Subtype.PriorityFlowControl: {
      const flags = packet.u8(at);
      writeNumber(line, '\n\t    Willing: ', flags >> 7);
      writeNumber(line, ', MBC: ', (flags >> 6) & 1);
      writeNumber(line, ', RES: ', (flags >> 4) & 3);
      writeNumber(line, ', PFC cap:', flags & 15);
      line.text(' \n\t    PFC Enable');
      writePriorityBits(line, packet.u8(at + 1));
      break;
    }
    case Subtype.ApplicationPriority:
      printApplicationPriorities(packet, at, length);
      break;
    case Subtype.EdgeVirtualBridging:
      printEdgeVirtualBridging(packet, at);
      break;
    case Subtype.ChannelDiscovery:
      printChannels(packet, at, length);
      break;
  }
}

/** Text preceded by its length, if both are within `length` bytes. */
function writeCountedText(packet: Packet, label: string, at: number, length: number): void {
  if (length < 1) return;
  const size = packet.u8(at);
  if (length < 1 + size) return;
  packet.line.text(label);
  writePaddedText(packet, at + 1, size);
}

/** Defined by 802.1 and, in its older form, by 802.3. */
export function writeAggregation(packet: Packet, at: number): void {
  const { line } = packet;
  line.text('\n\t    aggregation status [');
  writeBits(line, AGGREGATION_FLAGS, packet.u8(at));
  writeNumber(line, '], aggregation port ID ', packet.u32(at + 1));
}

/** Priority 0 first. */
function writePriorityBits(line: LineBuffer, bits: number): void {
  line.text('\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ');
  for (let priority = 0; priority < 8; priority++) {
    writeNumber(line, '', (bits >> priority) & 1, '  ');
  }
}

/** The tables of enhanced transmission selection (802.1Qaz). */
function writeTransmissionTables(packet: Packet, at: number): void {
  const { line } = packet;
  line.text('\n\t    Priority Assignment Table');
  line.text('\n\t     Priority : 0   1   2   3   4   5   6   7\n\t     Value    :');
  for (let i = 0; i < 8; i++) {
    const pair = packet.u8(at + 1 + (i >> 1));
    writeColumn(line, i % 2 === 0 ? pair >> 4 : pair & 15);
  }
  line.text('\n\t    TC Bandwidth Table');
  line.text('\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value :');
  for (let i = 0; i < 8; i++) writeColumn(line, packet.u8(at + 5 + i));
  line.text('\n\t    TSA Assignment Table');
  line.text('\n\t     Traffic Class: 0   1   2   3   4   5   6   7\n\t     Value        :');
  for (let i = 0; i < 8; i++) writeColumn(line, packet.u8(at + 13 + i));
}

/** A space and a byte in three columns, left-aligned. */
function writeColumn(line: LineBuffer, value: number): void {
  line.byte(Char.Space);
  line.decimal(value);
  if (value < 100) line.byte(Char.Space);
  if (value < 10) line.byte(Char.Space);
}

const PRIORITY = 3;

function printApplicationPriorities(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  writeNumber(line, '\n\t    RES: ', packet.u8(at));
  const tableLength = length - 1;
  if (tableLength === 0 || tableLength % PRIORITY !== 0) return;
  line.text('\n\t    Application Priority Table');
  for (let row = at + 1; row < at + length; row += PRIORITY) {
    const flags = packet.u8(row);
    writeNumber(line, '\n\t      Priority: ', flags >> 5);
    writeNumber(line, ', RES: ', (flags >> 3) & 3);
    writeNumber(line, ', Sel: ', flags & 7);
    writeNumber(line, ', Protocol ID: ', packet.u16(row + 1));
  }
}

/** 802.1Qbg. */
function printEdgeVirtualBridging(packet: Packet, at: number): void {
  const { line } = packet;
  const bridge = packet.u8(at);
  line.text('\n\t    EVB Bridge Status');
  writeNumber(line, '\n\t      RES: ', bridge >> 3);
  writeNumber(line, ', BGID: ', (bridge >> 2) & 1);
  writeNumber(line, ', RRCAP: ', (bridge >> 1) & 1);
  writeNumber(line, ', RRCTR: ', bridge & 1);
  const station = packet.u8(at + 1);
  line.text('\n\t    EVB Station Status');
  writeNumber(line, '\n\t      RES: ', station >> 4);
  writeNumber(line, ', SGID: ', (station >> 3) & 1);
  writeNumber(line, ', RRREQ: ', (station >> 2) & 1);
  writeNumber(line, ',RRSTAT: ', station & 3);
  const retries = packet.u8(at + 2);
  writeNumber(line, '\n\t    R: ', retries >> 5);
  writeNumber(line, ', RTE: ', retries & 0x1f);
  const mode = packet.u8(at + 3);
  line.text(', EVB Mode: ');
  line.text(BRIDGING_MODES[mode >> 6] ?? '');
  writeNumber(line, ' [', mode >> 6, ']');
  writeNumber(line, '\n\t    ROL: ', (mode >> 5) & 1);
  writeNumber(line, ', RWD: ', mode & 0x1f);
  const keepAlive = packet.u8(at + 4);
  writeNumber(line, ', RES: ', keepAlive >> 6);
  writeNumber(line, ', ROL: ', (keepAlive >> 5) & 1);
  writeNumber(line, ', RKA: ', keepAlive & 0x1f);
}

const CHANNEL = 3;

/** S-channel discovery and configuration (802.1Qbg). */
function printChannels(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const flags = packet.u8(at);
  writeNumber(line, '\n\t    Role: ', flags >> 7);
  writeNumber(line, ', RES: ', (flags >> 4) & 7);
  writeNumber(line, ', Scomp: ', (flags >> 3) & 1);
  writeNumber(line, ' ChnCap: ', packet.u16(at + 2) & 0x0fff);
  if ((length - 4) % CHANNEL !== 0) return;
  for (let channel = at + 4; channel < at + length; channel += CHANNEL) {
    const pair = packet.u24(channel);
    writeNumber(line, '\n\t    SCID: ', pair >> 12);
    writeNumber(line, ', SVID: ', pair & 0xfff);
  }
}
