import { writeNumber } from '../labelled.js';
import { writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { OspfHeader, recordOspfHeader, writeOspfRouter } from './header.js';
import { OSPF_NAMES } from './names.js';
import { printOspf3Message } from './ospf3-message.js';
import { printOspf3Trailer } from './ospf3-trailer.js';

/** OSPF over IPv6 (RFC 5340, A.3.1): a line with the packet's type; with -v its contents. */
export function printOspf3(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ospf3';
  if (packet.fields !== undefined) recordOspfHeader(packet, packet.fields, at);
  const textStart = line.length;
  const type = packet.u8(at + OspfHeader.type);
  const version = packet.u8(at);
  if (packet.isTruncated()) return;
  writeNumber(line, 'OSPFv', version, ', ');
  writeName(line, OSPF_NAMES, type, 'unknown packet type (', ')');
  writeNumber(line, ', length ', length);
  if (packet.options.verbosity === 0 || !OSPF_NAMES.has(type)) return;

  const named = packet.u16(at + OspfHeader.length);
  if (named > length) {
    writeNumber(line, ' [len ', named, ']');
    return;
  }
  writeOspfRouter(packet, at);
  const instance = packet.u8(at + OspfHeader.instance);
  if (instance !== 0) writeNumber(line, ', Instance ', instance);
  if (version !== 3) return;
  printOspf3Message(packet, at, named, textStart);
  if (!packet.isTruncated()) printOspf3Trailer(packet, at, named, length - named);
}
