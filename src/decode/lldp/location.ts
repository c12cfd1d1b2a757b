import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { writePaddedText } from '../padded-text.js';
import { dumpUnknownHex } from '../unknown.js';

const Format = { Coordinates: 1, CivicAddress: 2, EmergencyNumber: 3 } as const;

const FORMAT_NAMES: Names = new Map<number, string>([
  [Format.Coordinates, 'coordinate-based LCI'],
  [Format.CivicAddress, 'civic address LCI'],
  [Format.EmergencyNumber, 'ECS ELIN'],
]);

const ALTITUDE_TYPES: Names = new Map([
  [1, 'meters'],
  [2, 'floors'],
]);

const DATUM_TYPES: Names = new Map([
  [1, 'World Geodesic System 1984'],
  [2, 'North American Datum 1983 (NAVD88)'],
  [3, 'North American Datum 1983 (MLLW)'],
]);

/** Whose location it is. */
const WHAT_NAMES: Names = new Map([
  [0, 'location of DHCP server'],
  [1, 'location of the network element believed to be closest to the client'],
  [2, 'location of the client'],
]);

/** ANSI/TIA-1057, annex B. */
const ADDRESS_ELEMENTS: Names = new Map([
  [1, 'national subdivisions (state,canton,region,province,prefecture)'],
  [2, 'county, parish, gun, district'],
  [3, 'city, township, shi'],
  [4, 'city division, borough, city district, ward chou'],
  [5, 'neighborhood, block'],
  [6, 'street'],
]);

/** The location of a media endpoint, in one of several formats (ANSI/TIA-1057, 10.2.4). */
export function printLocation(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const format = packet.u8(at);
  line.text('\n\t    Location data format ');
  line.text(FORMAT_NAMES.get(format) ?? 'unknown');
  writeHex(line, ' (0x', format, 2, ')');
  const data = at + 1;
  const dataLength = length - 1;
  switch (format) {
    case Format.Coordinates:
      if (dataLength >= 16) printCoordinates(packet, data);
      break;
    case Format.CivicAddress:
      printCivicAddress(packet, data, dataLength);
      break;
    case Format.EmergencyNumber:
      line.text('\n\t    ECS ELIN id ');
      writePaddedText(packet, data, dataLength);
      break;
    default:
      line.text('\n\t    Location ID ');
      dumpUnknownHex(packet, data, dataLength, '\n\t      ');
  }
}

/** RFC 3825, 2. */
function printCoordinates(packet: Packet, at: number): void {
  const { line } = packet;
  writeNumber(line, '\n\t    Latitude resolution ', packet.u8(at) >> 2);
  writeNumber(line, ', latitude value ', degrees(packet, at));
  writeNumber(line, '\n\t    Longitude resolution ', packet.u8(at + 5) >> 2);
  writeNumber(line, ', longitude value ', degrees(packet, at + 5));
  const altitudeType = packet.u8(at + 10) >> 4;
  line.text('\n\t    Altitude type ');
  line.text(ALTITUDE_TYPES.get(altitudeType) ?? 'unknown');
  writeNumber(line, ' (', altitudeType, ')');
  writeNumber(line, '\n\t    Altitude resolution ', (packet.u16(at + 10) >> 6) & 0x3f);
  writeHex(line, ', altitude value 0x', packet.u32(at + 11) & 0x3fffffff);
  const datum = packet.u8(at + 15);
  line.text('\n\t    Datum ');
  line.text(DATUM_TYPES.get(datum) ?? 'unknown');
  writeHex(line, ' (0x', datum, 2, ')');
}

/** The low 34 of 40 bits. */
function degrees(packet: Packet, at: number): number {
  return (packet.u8(at) & 3) * 0x1_0000_0000 + packet.u32(at + 1);
}

/** Whose location it is, and the country. */
const BEFORE_ELEMENTS = 3;

/** A length, whose location it is, the country, and the elements of the address. */
function printCivicAddress(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (length < 1) return;
  const size = packet.u8(at);
  if (size < BEFORE_ELEMENTS || length < size + 2) return;
  const what = packet.u8(at + 1);
  writeNumber(line, '\n\t    LCI length ', size, ', LCI what ');
  line.text(WHAT_NAMES.get(what) ?? 'unknown');
  writeHex(line, ' (0x', what, 2, '), Country-code ');
  writePaddedText(packet, at + 2, 2);
  const end = at + 1 + size;
  for (let element = at + 1 + BEFORE_ELEMENTS; end - element >= 2;) {
    const type = packet.u8(element);
    const elementLength = packet.u8(element + 1);
    element += 2;
    line.text("\n\t      CA type '");
    line.text(ADDRESS_ELEMENTS.get(type) ?? 'unknown');
    writeNumber(line, "' (", type, ')');
    writeNumber(line, ', length ', elementLength, ': ');
    if (type === 0 || elementLength === 0 || elementLength > end - element) return;
    writePaddedText(packet, element, elementLength);
    element += elementLength;
  }
}
