import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';

/** The line that a TLV of an organisation begins with. Returns the subtype, which is at `at`. */
export function printSubtype(packet: Packet, names: Names, at: number): number {
  const { line } = packet;
  const subtype = packet.u8(at);
  line.text('\n\t  ');
  line.text(names.get(subtype) ?? 'unknown');
  writeNumber(line, ' Subtype (', subtype, ')');
  return subtype;
}
