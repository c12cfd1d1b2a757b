import { Char } from '../../text/char.js';
import { writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';

/** Length of the header of version 3 (RFC 5340, A.3.1). */
export const OSPF3_HEADER = 16;

/** A block of link-local signaling follows the packet (RFC 5613, 2.1). */
export const OSPF3_OPTION_LLS = 0x200;

/** The field has 24 bits (RFC 5340, A.2; RFC 5838, 5613 and 7166). */
const OPTIONS: BitNames = [
  [0x001, 'V6'],
  [0x002, 'External'],
  [0x004, 'Deprecated'],
  [0x008, 'NSSA'],
  [0x010, 'Router'],
  [0x020, 'Demand Circuit'],
  [0x100, 'AFs Support'],
  [OSPF3_OPTION_LLS, 'LLS'],
  [0x400, 'Authentication Trailer'],
];

/** Options, in the last three of the four bytes at `at`. */
export function writeOptions(packet: Packet, label: string, at: number): void {
  if (!packet.need(at, 4)) return;
  packet.line.text(label);
  writeBits(packet.line, OPTIONS, packet.u32(at));
  packet.line.byte(Char.RightBracket);
}

const FUNCTION = 0x1fff;
const SCOPE = 0x6000;
const TRANSITIVE = 0x8000;

const FUNCTION_NAMES: Names = new Map(
  [
    'Router',
    'Network',
    'Inter-Area Prefix',
    'Inter-Area Router',
    'External',
    'Deprecated',
    'NSSA',
    'Link',
    'Intra-Area Prefix',
    'Intra-Area TE',
    'Grace',
    'Router Information',
    'Inter-AS-TE',
    'Layer 1 VPN',
  ].map((name, index) => [index + 1, name]),
);

const SCOPE_NAMES: Names = new Map([
  [0x0000, 'Link Local'],
  [0x2000, 'Area Local'],
  [0x4000, 'Domain Wide'],
]);

/** The type of an advertisement (RFC 5340, A.4.2.1), and the identifier at `idAt`. */
export function writeLsaType(packet: Packet, type: number, idAt: number): void {
  const { line } = packet;
  line.text('\n\t    ');
  line.text(FUNCTION_NAMES.get(type & FUNCTION) ?? 'Unknown');
  writeNumber(line, ' LSA (', type & FUNCTION, '), ');
  line.text(SCOPE_NAMES.get(type & SCOPE) ?? 'Unknown');
  line.text(' Scope');
  if ((type & TRANSITIVE) !== 0) line.text(', transitive');
  line.text(', LSA-ID ');
  packet.writeIpv4(idAt);
}
