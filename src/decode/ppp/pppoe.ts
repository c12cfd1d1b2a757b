import { Char, isPrintable } from '../../text/char.js';
import { type Names, writeNameOrHex } from '../names.js';
import type { Packet } from '../packet.js';
import { PppoeFields } from './fields.js';
import { printPpp } from './ppp.js';

const HEADER = 6;
/** Offsets into the header (RFC 2516, 4). */
const CODE = 1;
const SESSION = 2;
const LENGTH = 4;
const TAG_HEADER = 4;
/** How many characters of a tag are shown. */
const MAX_TAG = 79;
const INITIATION = 0x09;
/** The longest initiation packet allowed (RFC 2516, 5.1). */
const MAX_INITIATION = 1478;

const CODE_NAMES: Names = new Map([
  [0x00, ''],
  [INITIATION, 'PADI'],
  [0x07, 'PADO'],
  [0x19, 'PADR'],
  [0x65, 'PADS'],
  [0xa7, 'PADT'],
]);

const TAG_NAMES: Names = new Map([
  [0x0000, 'EOL'],
  [0x0101, 'Service-Name'],
  [0x0102, 'AC-Name'],
  [0x0103, 'Host-Uniq'],
  [0x0104, 'AC-Cookie'],
  [0x0105, 'Vendor-Specific'],
  [0x0110, 'Relay-Session-ID'],
  [0x0120, 'PPP-Max-Payload'],
  [0x0201, 'Service-Name-Error'],
  [0x0202, 'AC-System-Error'],
  [0x0203, 'Generic-Error'],
]);

/** PPP over Ethernet: discovery and sessions (RFC 2516). */
export function printPppoe(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'pppoe';
  packet.fields?.layer(PppoeFields.layer);
  packet.fields?.u8(PppoeFields.code, at + CODE);
  packet.fields?.u16(PppoeFields.session, at + SESSION);
  if (length < HEADER) {
    line.text(' (length ');
    line.decimal(length);
    line.text(' < 6)');
    packet.writeInvalid();
    return;
  }
  if (!packet.need(at, HEADER)) return;
  const version = packet.u8(at) >> 4;
  const type = packet.u8(at) & 15;
  const code = packet.u8(at + CODE);
  const session = packet.u16(at + SESSION);
  let payloadLength = packet.u16(at + LENGTH);
  if (version !== 1) writeOdd(packet, ' [ver ', version);
  if (type !== 1) writeOdd(packet, ' [type ', type);
  line.text('PPPoE ');
  writeNameOrHex(line, CODE_NAMES, code, 'PAD-', 1);
  if (code === INITIATION && payloadLength > MAX_INITIATION) {
    line.text(' [len ');
    line.decimal(payloadLength);
    line.text('!]');
  }
  if (payloadLength > length - HEADER) {
    line.text(' [len ');
    line.decimal(payloadLength);
    line.text(' > ');
    line.decimal(length - HEADER);
    line.text('!]');
    payloadLength = length - HEADER;
  }
  if (session !== 0) {
    line.text(' [ses 0x');
    line.hex(session);
    line.byte(Char.RightBracket);
  }
  if (code !== 0) {
    printTags(packet, at + HEADER, payloadLength);
  } else {
    line.byte(Char.Space);
    printPpp(packet, at + HEADER, payloadLength);
  }
}

function writeOdd(packet: Packet, name: string, value: number): void {
  packet.line.text(name);
  packet.line.decimal(value);
  packet.line.byte(Char.RightBracket);
}

function printTags(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  let type = -1;
  for (let at = start; type !== 0 && at < start + length;) {
    if (!packet.need(at, TAG_HEADER)) return;
    type = packet.u16(at);
    const size = packet.u16(at + 2);
    const data = at + TAG_HEADER;
    if (!packet.need(data, size)) return;
    line.text(' [');
    writeNameOrHex(line, TAG_NAMES, type, 'TAG-0x', 1);
    if (size > 0) writeTag(packet, data, size);
    line.byte(Char.RightBracket);
    at = data + size;
  }
}

/** As text if more than half of it is printable, otherwise in upper-case hex. */
function writeTag(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const shown = Math.min(length, MAX_TAG);
  let printable = 0;
  for (let i = 0; i < shown; i++) if (isPrintable(packet.u8(at + i))) printable++;
  if (2 * printable > shown) {
    line.text(' "');
    for (let i = 0; i < shown; i++) {
      const character = packet.u8(at + i);
      line.byte(isPrintable(character) ? character : Char.Dot);
    }
    line.byte(Char.Quote);
  } else {
    line.text(' 0x');
    for (let i = 0; i < length; i++) line.hexByteCapitals(packet.u8(at + i));
  }
}
