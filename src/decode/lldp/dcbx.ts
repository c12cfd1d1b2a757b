import { Char } from '../../text/char.js';
import type { LineBuffer } from '../../text/line.js';
import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { ORGANIZATION_HEADER, printSubtype } from './subtype.js';

/** The revision that is not decoded. */
const REVISION_1 = 1;

const SUBTYPE_NAMES: Names = new Map([
  [REVISION_1, 'DCB Capability Exchange Protocol Rev 1'],
  [2, 'DCB Capability Exchange Protocol Rev 1.01'],
]);

const Type = { Control: 1, PriorityGroups: 2, PriorityFlowControl: 3, Application: 4 } as const;

const TLV_HEADER = 2;
/** Versions, flags and subtype. */
const FEATURE_HEADER = 4;

/**
 * Data center bridging exchange: it has TLVs of its own; the organisation's number is at `at`.
 * False if the last of them is unknown.
 */
export function printDcbx(packet: Packet, at: number, length: number): boolean {
  if (length < ORGANIZATION_HEADER) return true;
  const subtype = printSubtype(packet, SUBTYPE_NAMES, at);
  return subtype !== REVISION_1 && printTlvs(packet, at + ORGANIZATION_HEADER, at + length);
}

function printTlvs(packet: Packet, start: number, end: number): boolean {
  let isKnown = true;
  for (let at = start; end - at >= TLV_HEADER;) {
    const type = packet.u16(at) >> 9;
    const size = packet.u16(at) & 0x1ff;
    at += TLV_HEADER;
    if (type === 0 || size === 0 || size > end - at) return true;
    const minSize = MIN_SIZES.get(type);
    isKnown = minSize !== undefined;
    if (minSize !== undefined) {
      if (size < minSize) return true;
      printTlv(packet, type, at, size);
    }
    if (!isKnown || packet.options.verbosity > 1) dumpUnknownHex(packet, at, size, '\n\t    ');
    at += size;
  }
  return isKnown;
}

const MIN_SIZES: ReadonlyMap<number, number> = new Map<number, number>([
  [Type.Control, 10],
  [Type.PriorityGroups, 17],
  [Type.PriorityFlowControl, 6],
  [Type.Application, 4],
]);

function printTlv(packet: Packet, type: number, at: number, size: number): void {
  const { line } = packet;
  switch (type) {
    case Type.Control:
      writeHeading(packet, 'Control - Protocol Control', type, at, size);
      writeNumber(line, '\n\t      Sequence Number: ', packet.u32(at + 2));
      writeNumber(line, '\n\t      Acknowledgement Number: ', packet.u32(at + 6));
      break;
    case Type.PriorityGroups:
      writeHeading(packet, 'Feature - Priority Group', type, at, size);
      writeFeature(packet, at);
      writePriorityGroups(packet, at + FEATURE_HEADER);
      break;
    case Type.PriorityFlowControl:
      writeHeading(packet, 'Feature - Priority Flow Control', type, at, size);
      writeFeature(packet, at);
      writeFlowControl(packet, at + FEATURE_HEADER);
      break;
    case Type.Application:
      writeHeading(packet, 'Feature - Application', type, at, size);
      writeFeature(packet, at);
      for (
        let entry = at + FEATURE_HEADER;
        at + size - entry >= APPLICATION;
        entry += APPLICATION
      ) {
        writeApplication(packet, entry);
      }
      break;
  }
}

function writeHeading(packet: Packet, name: string, type: number, at: number, size: number): void {
  const { line } = packet;
  line.text('\n\t    ');
  line.text(name);
  writeHex(line, ' (type 0x', type);
  writeNumber(line, ', length ', size, ')');
  writeNumber(line, '\n\t      Oper_Version: ', packet.u8(at));
  writeNumber(line, '\n\t      Max_Version: ', packet.u8(at + 1));
}

/** The beginning of every feature. */
function writeFeature(packet: Packet, at: number): void {
  const { line } = packet;
  const flags = packet.u8(at + 2);
  writeCapitals(line, '\n\t      Info block(0x', flags);
  writeNumber(line, ': Enable bit: ', flags >> 7);
  writeNumber(line, ', Willing bit: ', (flags >> 6) & 1);
  writeNumber(line, ', Error Bit: ', (flags >> 5) & 1);
  writeNumber(line, '\n\t      SubType: ', packet.u8(at + 3));
}

function writeCapitals(line: LineBuffer, label: string, value: number): void {
  line.text(label);
  line.hexByteCapitals(value);
  line.byte(Char.RightParenthesis);
}

function writePriorityGroups(packet: Packet, at: number): void {
  const { line } = packet;
  line.text('\n\t      Priority Allocation');
  for (let priority = 0; priority < 8; priority++) {
    const pair = packet.u8(at + (priority >> 1));
    writeNumber(line, '\n\t          PgId_', priority);
    writeNumber(line, ': ', priority % 2 === 0 ? pair >> 4 : pair & 15);
  }
  line.text('\n\t      Priority Group Allocation');
  for (let group = 0; group < 8; group++) {
    writeNumber(line, '\n\t          Pg percentage[', group);
    writeNumber(line, ']: ', packet.u8(at + 4 + group));
  }
  writeNumber(line, '\n\t      NumTCsSupported: ', packet.u8(at + 12));
}

function writeFlowControl(packet: Packet, at: number): void {
  const { line } = packet;
  const bits = packet.u8(at);
  writeCapitals(line, '\n\t      PFC Config (0x', bits);
  for (let priority = 0; priority < 8; priority++) {
    writeNumber(line, '\n\t          Priority Bit ', priority);
    line.text((bits >> priority) & 1 ? ': Enabled' : ': Disabled');
  }
  writeNumber(line, '\n\t      NumTCPFCSupported: ', packet.u8(at + 1));
}

const APPLICATION = 6;

function writeApplication(packet: Packet, at: number): void {
  const { line } = packet;
  const selectorAndOui = packet.u24(at + 2);
  const selector = selectorAndOui >> 22;
  line.text('\n\t      Application Value');
  writeHex(line, '\n\t          Application Protocol ID: 0x', packet.u16(at), 4);
  writeHex(line, '\n\t          SF (0x', selector, 1, ') Application Protocol ID is ');
  line.text(selector !== 0 ? 'Socket Number' : 'L2 EtherType');
  writeHex(line, '\n\t          OUI: 0x', selectorAndOui & 0x3fffff, 6);
  writeHex(line, '\n\t          User Priority Map: 0x', packet.u8(at + 5), 2);
}
