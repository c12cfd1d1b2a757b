import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';

/** An organisation's number and its subtype, before the data of its TLV (IEEE 802.1AB, 8.6). */
export const ORGANIZATION_HEADER = 4;
const SUBTYPE = 3;

/** The first line of an organisation's TLV, whose number is at `at`. Returns the subtype. */
export function printSubtype(packet: Packet, names: Names, at: number): number {
  const { line } = packet;
  const subtype = packet.u8(at + SUBTYPE);
  line.text('\n\t  ');
  line.text(names.get(subtype) ?? 'unknown');
  writeNumber(line, ' Subtype (', subtype, ')');
  return subtype;
}
