import { writeHex } from '../labelled.js';
import type { Names } from '../names.js';
import { Oui, OUI_NAMES } from '../oui.js';
import type { Packet } from '../packet.js';
import { printIeee8021 } from './8021.js';
import { printIeee8023 } from './8023.js';
import { printDcbx } from './dcbx.js';
import { printMediaEndpoint } from './med.js';
import { ORGANIZATION_HEADER, printSubtype } from './subtype.js';

/** An organisation's own TLV, which begins with its number. False if the content is unknown. */
export function printPrivate(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  const oui = packet.u24(at);
  line.text(': OUI ');
  line.text(OUI_NAMES.get(oui) ?? 'Unknown');
  writeHex(line, ' (0x', oui, 6, ')');
  switch (oui) {
    case Oui.Ieee8021:
      return printIeee8021(packet, at, length);
    case Oui.Ieee8023:
      return printIeee8023(packet, at, length);
    case Oui.Iana:
      return printIana(packet, at, length);
    case Oui.Tia:
      return printMediaEndpoint(packet, at, length);
    case Oui.Dcbx:
      return printDcbx(packet, at, length);
    default:
      return false;
  }
}

/** Manufacturer usage descriptions (RFC 8520, 11). */
const MUD_URL = 1;
const MIN_IANA = 8;
const IANA_NAMES: Names = new Map([[MUD_URL, 'MUD-URL']]);

function printIana(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < MIN_IANA) return true;
  if (printSubtype(packet, IANA_NAMES, at) !== MUD_URL) return false;
  line.text('\n\t  MUD-URL=');
  packet.writeEscaped(at + ORGANIZATION_HEADER, length - ORGANIZATION_HEADER);
  return true;
}
