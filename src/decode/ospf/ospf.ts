import { writeHex, writeNumber } from '../labelled.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { writePaddedText } from '../padded-text.js';
import { OspfHeader, recordOspfHeader, writeOspfRouter } from './header.js';
import { printLocalSignalling } from './lls.js';
import { printOspfMessage } from './message.js';
import { Authentication, DIGEST_LENGTH, OSPF_NAMES } from './names.js';

const DIGEST = 16;
const PASSWORD = 8;

const AUTHENTICATION_NAMES: Names = new Map<number, string>([
  [Authentication.None, 'none'],
  [Authentication.Password, 'simple'],
  [Authentication.Digest, 'MD5'],
]);

/** OSPF over IPv4 (RFC 2328, A.3.1): a line with the packet's type; with -v its contents. */
export function printOspf(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ospf2';
  if (packet.fields !== undefined) recordOspfHeader(packet, packet.fields, at);
  const textStart = line.length;
  // The digest after the packet does not belong to it.
  const trailer =
    packet.u16(at + OspfHeader.authenticationType) === Authentication.Digest ? DIGEST : 0;
  const ownLength = (length - trailer) >>> 0;
  packet.end -= trailer;
  const type = packet.u8(at + OspfHeader.type);
  const version = packet.u8(at);
  if (packet.isTruncated()) return;
  writeNumber(line, 'OSPFv', version, ', ');
  writeName(line, OSPF_NAMES, type, 'unknown LS-type ');
  writeNumber(line, ', length ', ownLength);
  if (packet.options.verbosity === 0 || !OSPF_NAMES.has(type)) return;

  const named = packet.u16(at + OspfHeader.length);
  if (ownLength !== named) writeNumber(line, ' [len ', named, ']');
  writeOspfRouter(packet, at);
  const isKnown = printAuthentication(packet, at);
  if (!isKnown || packet.isTruncated()) return;
  if (version !== 2) {
    writeNumber(line, ' ospf [version ', version, ']');
    return;
  }
  printOspfMessage(packet, at, Math.min(named, ownLength), textStart);
  if (ownLength > named) printLocalSignalling(packet, at, ownLength);
}

/** False if its type is unknown: then nothing else is shown. */
function printAuthentication(packet: Packet, at: number): boolean {
  const { line } = packet;
  const data = at + OspfHeader.authentication;
  if (!packet.need(data, 8)) return false;
  const type = packet.u16(at + OspfHeader.authenticationType);
  line.text(', Authentication Type: ');
  line.text(AUTHENTICATION_NAMES.get(type) ?? 'unknown');
  writeNumber(line, ' (', type, ')');
  switch (type) {
    case Authentication.None:
      return true;
    case Authentication.Password:
      line.text('\n\tSimple text password: ');
      writePaddedText(packet, data, PASSWORD);
      return true;
    case Authentication.Digest:
      writeNumber(line, '\n\tKey-ID: ', packet.u8(data + 2));
      writeNumber(line, ', Auth-Length: ', packet.u8(data + DIGEST_LENGTH));
      writeHex(line, ', Crypto Sequence Number: 0x', packet.u32(data + 4), 8);
      return true;
    default:
      return false;
  }
}
