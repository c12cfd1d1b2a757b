import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writeAggregation } from './8021.js';
import { ORGANIZATION_HEADER, printSubtype } from './subtype.js';

const Subtype = { MacPhy: 1, PowerViaMdi: 2, LinkAggregation: 3, FrameSize: 4 } as const;

const SUBTYPE_NAMES: Names = new Map<number, string>([
  [Subtype.MacPhy, 'MAC/PHY configuration/status'],
  [Subtype.PowerViaMdi, 'Power via MDI'],
  [Subtype.LinkAggregation, 'Link aggregation'],
  [Subtype.FrameSize, 'Max frame size'],
]);

const AUTONEGOTIATION_FLAGS: BitNames = [
  [0x01, 'supported'],
  [0x02, 'enabled'],
];

/** ifMauAutoNegCapAdvertisedBits (RFC 3636). */
const AUTONEGOTIATION_CAPABILITIES: BitNames = [
  [0x4000, '10BASE-T hdx'],
  [0x2000, '10BASE-T fdx'],
  [0x1000, '100BASE-T4'],
  [0x0800, '100BASE-TX hdx'],
  [0x0400, '100BASE-TX fdx'],
  [0x0200, '100BASE-T2 hdx'],
  [0x0100, '100BASE-T2 fdx'],
  [0x0080, 'Pause for fdx links'],
  [0x0040, 'Asym PAUSE for fdx'],
  [0x0020, 'Sym PAUSE for fdx'],
  [0x0010, 'Asym and Sym PAUSE for fdx'],
  [0x0008, '1000BASE-{X LX SX CX} hdx'],
  [0x0004, '1000BASE-{X LX SX CX} fdx'],
  [0x0002, '1000BASE-T hdx'],
  [0x0001, '1000BASE-T fdx'],
];

/** dot3MauType (RFC 3636), by number. */
const MAU_TYPES = [
  'Unknown',
  'AUI',
  '10BASE_5',
  'FOIRL',
  '10BASE2',
  '10BASET duplex mode unknown',
  '10BASEFP',
  '10BASEFB',
  '10BASEFL duplex mode unknown',
  '10BROAD36',
  '10BASET hdx',
  '10BASET fdx',
  '10BASEFL hdx',
  '10BASEFL fdx',
  '100BASET4',
  '100BASETX hdx',
  '100BASETX fdx',
  '100BASEFX hdx',
  '100BASEFX fdx',
  '100BASET2 hdx',
  '100BASET2 fdx',
  '1000BASEX hdx',
  '1000BASEX fdx',
  '1000BASELX hdx',
  '1000BASELX fdx',
  '1000BASESX hdx',
  '1000BASESX fdx',
  '1000BASECX hdx',
  '1000BASECX fdx',
  '1000BASET hdx',
  '1000BASET fdx',
  '10GBASEX',
  '10GBASELX4',
  '10GBASER',
  '10GBASEER',
  '10GBASELR',
  '10GBASESR',
  '10GBASEW',
  '10GBASEEW',
  '10GBASELW',
  '10GBASESW',
];

const POWER_FLAGS: BitNames = [
  [0x01, 'PSE'],
  [0x02, 'supported'],
  [0x04, 'enabled'],
  [0x08, 'can be controlled'],
];

const POWER_PAIRS: Names = new Map([
  [1, 'signal'],
  [2, 'spare'],
]);

const POWER_CLASSES: Names = new Map([
  [1, 'class0'],
  [2, 'class1'],
  [3, 'class2'],
  [4, 'class3'],
  [5, 'class4'],
]);

/**
 * TLVs defined by IEEE 802.3 (79.3); the organisation's number is at `at`. False if the subtype is
 * unknown.
 */
export function printIeee8023(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < ORGANIZATION_HEADER) return true;
  const subtype = printSubtype(packet, SUBTYPE_NAMES, at);
  const data = at + ORGANIZATION_HEADER;
  switch (subtype) {
    case Subtype.MacPhy:
      if (length >= 9) printMacPhy(packet, data);
      return true;
    case Subtype.PowerViaMdi:
      if (length >= 7) printPower(packet, data);
      return true;
    case Subtype.LinkAggregation:
      if (length >= 9) writeAggregation(packet, data);
      return true;
    case Subtype.FrameSize:
      if (length >= 6) writeNumber(line, '\n\t    MTU size ', packet.u16(data));
      return true;
    default:
      return false;
  }
}

function printMacPhy(packet: Packet, data: number): void {
  const { line } = packet;
  const flags = packet.u8(data);
  line.text('\n\t    autonegotiation [');
  writeBits(line, AUTONEGOTIATION_FLAGS, flags);
  writeHex(line, '] (0x', flags, 2, ')');
  const capabilities = packet.u16(data + 1);
  line.text('\n\t    PMD autoneg capability [');
  writeBits(line, AUTONEGOTIATION_CAPABILITIES, capabilities, 'unknown');
  writeHex(line, '] (0x', capabilities, 4, ')');
  const type = packet.u16(data + 3);
  line.text('\n\t    MAU type ');
  line.text(MAU_TYPES[type] ?? 'unknown');
  writeHex(line, ' (0x', type, 4, ')');
}

function printPower(packet: Packet, data: number): void {
  const { line } = packet;
  line.text('\n\t    MDI power support [');
  writeBits(line, POWER_FLAGS, packet.u8(data));
  line.text('], power pair ');
  line.text(POWER_PAIRS.get(packet.u8(data + 1)) ?? 'unknown');
  line.text(', power class ');
  line.text(POWER_CLASSES.get(packet.u8(data + 2)) ?? 'unknown');
}
