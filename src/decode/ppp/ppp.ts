import { Char } from '../../text/char.js';
import { EtherType } from '../ethertype.js';
import { printIpv4 } from '../ipv4.js';
import { printIpv6 } from '../ipv6.js';
import { writeHex, writeNumber } from '../labelled.js';
import { printMpls } from '../mpls.js';
import { type BitNames, writeBits, writeNameOrHex } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { printChap, printPap } from './authentication.js';
import { printPppControl } from './control.js';
import { withoutEscapes } from './escape.js';
import { PppFields } from './fields.js';
import { writeCut } from './option.js';
import { PPP_PROTOCOL_NAMES, PppProtocol } from './protocol.js';

/** Address and control field, unless they are compressed (RFC 1662, 3.1). */
const ADDRESS_AND_CONTROL = 0xff03;
/** What captures by pppd have instead. */
const PPPD_IN = 0x0003;
const PPPD_OUT = 0x0103;

/** The byte that separates frames on a serial line, in place of a protocol number. */
const FLAG = 0x7e;

/** A PPP frame. */
export function printPpp(packet: Packet, start: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'ppp';
  packet.fields?.layer(PppFields.layer);
  let at = start;
  let left = length;
  const first = left >= 2 ? packet.u16(at) : 0;
  if (first === ADDRESS_AND_CONTROL || first === PPPD_IN || first === PPPD_OUT) {
    if (options.linkHeader && first !== ADDRESS_AND_CONTROL) {
      line.text(first === PPPD_IN ? 'In  ' : 'Out ');
    }
    at += 2;
    left -= 2;
  }
  if (left < 2) {
    packet.writeTruncated();
    return;
  }
  // A protocol number of one byte is odd (RFC 1661, 2).
  const isShort = packet.u8(at) % 2 === 1;
  const protocol = isShort ? packet.u8(at) : packet.u16(at);
  if (packet.isTruncated()) return;
  packet.fields?.number(PppFields.protocol, protocol);
  at += isShort ? 1 : 2;
  left -= isShort ? 1 : 2;
  if (options.linkHeader) {
    const name = PPP_PROTOCOL_NAMES.get(protocol);
    line.text(name ?? 'unknown');
    writeHex(line, ' (0x', protocol, 4);
    writeNumber(line, '), length ', length);
    if (name === undefined) return;
    line.text(': ');
  }
  if (isFlagged(protocol)) {
    if (left === 0) return;
    // The protocol's second byte may already be the payload's first.
    withoutEscapes(packet, at - 1, (from, count) => {
      printUnescaped(packet, from, count);
    });
  } else {
    printPayload(packet, protocol, at, left);
  }
}

function isFlagged(protocol: number): boolean {
  return protocol >> 8 === FLAG;
}

/** The protocol has to be guessed, as in ppp_hdlc of print-ppp.c. */
function printUnescaped(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  if (length === 0) {
    packet.writeTruncated();
    return;
  }
  const first = packet.u8(start);
  if (first === PppProtocol.Ipv4 || first === PppProtocol.Ipv6) {
    printPayload(packet, first, start + 1, length - 1);
    return;
  }
  const at = length >= 2 && packet.u16(start) === ADDRESS_AND_CONTROL ? start + 2 : start;
  if (!packet.has(at, 2)) {
    packet.writeTruncated();
    return;
  }
  const protocol = packet.u16(at);
  if (isFlagged(protocol)) writeHex(line, '(protocol 0x', protocol, 4, ' invalid)');
  else printPayload(packet, protocol, at + 2, length - (at + 2 - start));
}

function printPayload(packet: Packet, protocol: number, at: number, length: number): void {
  const { line } = packet;
  switch (protocol) {
    case PppProtocol.Ipv4:
    case PppProtocol.VjUncompressed:
    case EtherType.Ipv4:
      printIpv4(packet, at, length);
      break;
    case PppProtocol.Ipv6:
    case EtherType.Ipv6:
      printIpv6(packet, at, length);
      break;
    case PppProtocol.MplsUnicast:
    case PppProtocol.MplsMulticast:
      printMpls(packet, at, length);
      break;
    case PppProtocol.Compressed:
      line.text('compressed PPP data');
      break;
    case PppProtocol.Lcp:
    case PppProtocol.Ipcp:
    case PppProtocol.Osicp:
    case PppProtocol.Mplscp:
    case PppProtocol.Ipv6cp:
    case PppProtocol.Ccp:
    case PppProtocol.Bacp:
      printPppControl(packet, protocol, at, length);
      break;
    case PppProtocol.Multilink:
      printMultilink(packet, at, length);
      break;
    case PppProtocol.Chap:
      printChap(packet, at, length);
      break;
    case PppProtocol.Pap:
      printPap(packet, at, length);
      break;
    case PppProtocol.Bap:
      break;
    default:
      writeNameOrHex(line, PPP_PROTOCOL_NAMES, protocol, 'unknown PPP protocol (0x', 4, ')');
      line.byte(Char.Space);
      dumpUnknownHex(packet, at, length, '\n\t');
  }
}

const FRAGMENT_FLAGS: BitNames = [
  [0x8000, 'begin'],
  [0x4000, 'end'],
];

/** A fragment of a multilink bundle with the short sequence number (RFC 1990, 3). */
function printMultilink(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!packet.options.linkHeader) line.text('MLPPP, ');
  if (length < 2 || !packet.has(at, 2)) {
    writeCut(packet, 'mlppp');
    return;
  }
  const header = packet.u16(at);
  writeHex(line, 'seq 0x', header & 0x0fff, 3);
  line.text(', Flags [');
  writeBits(line, FRAGMENT_FLAGS, header);
  writeNumber(line, '], length ', length);
}
