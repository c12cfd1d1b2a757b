import { Char } from '../text/char.js';
import { EtherType, ETHERTYPE_NAMES } from './ethertype.js';
import { Layer } from './field.js';
import { type BitNames, type Names, writeBits } from './names.js';
import type { Packet } from './packet.js';

const geneve = new Layer('geneve');
export const GeneveFields = { layer: geneve, network: geneve.number('vni') } as const;

const HEADER = 8;
/** Offsets into the header (RFC 8926, 3.4). */
const FLAGS = 1;
const PROTOCOL = 2;
const NETWORK = 4;
const RESERVED = 7;
const OPTION_HEADER = 4;
const CRITICAL_OPTION = 0x80;

const FLAG_NAMES: BitNames = [
  [0x80, 'O'],
  [0x40, 'C'],
  [0x20, 'R1'],
  [0x10, 'R2'],
  [0x08, 'R3'],
  [0x04, 'R4'],
  [0x02, 'R5'],
  [0x01, 'R6'],
];

const CLASS_NAMES: Names = new Map([
  [0x0100, 'Linux'],
  [0x0101, 'Open vSwitch'],
  [0x0102, 'Open Virtual Networking (OVN)'],
  [0x0103, 'In-band Network Telemetry (INT)'],
  [0x0104, 'VMware'],
]);

/** Geneve (RFC 8926). */
export function printGeneve(packet: Packet, at: number, length: number): void {
  const { line, options } = packet;
  packet.protocol = 'geneve';
  packet.fields?.layer(GeneveFields.layer);
  packet.fields?.u24(GeneveFields.network, at + NETWORK);
  line.text('Geneve');
  if (length < HEADER) {
    line.text(' [length ');
    line.decimal(length);
    line.text(' < 8]');
    packet.writeInvalid();
    return;
  }
  if (!packet.has(at, HEADER)) {
    packet.writeTruncated();
    return;
  }
  const versionAndLength = packet.u8(at);
  if (versionAndLength >> 6 !== 0) {
    line.text(' ERROR: unknown-version ');
    line.decimal(versionAndLength >> 6);
    return;
  }
  line.text(', Flags [');
  writeBits(line, FLAG_NAMES, packet.u8(at + FLAGS), 'none', '');
  line.text('], vni 0x');
  line.hex(packet.u24(at + NETWORK));
  const reserved = packet.u8(at + RESERVED);
  if (reserved !== 0) {
    line.text(', rsvd 0x');
    line.hex(reserved);
  }
  const protocol = packet.u16(at + PROTOCOL);
  if (options.linkHeader) {
    line.text(', proto ');
    line.text(ETHERTYPE_NAMES.get(protocol) ?? 'unknown');
    line.text(' (0x');
    line.hex(protocol, 4);
    line.byte(Char.RightParenthesis);
  }
  const optionsLength = (versionAndLength & 0x3f) * 4;
  if (length - HEADER < optionsLength) {
    line.text(' truncated-geneve - ');
    line.decimal(optionsLength - (length - HEADER));
    line.text(' bytes missing');
    return;
  }
  if (!packet.has(at + HEADER, optionsLength)) {
    packet.writeTruncated();
    return;
  }
  if (optionsLength > 0) {
    line.text(', options [');
    if (options.verbosity > 0) {
      printOptions(packet, at + HEADER, optionsLength);
    } else {
      line.decimal(optionsLength);
      line.text(' bytes');
    }
    line.byte(Char.RightBracket);
  }
  line.text(options.verbosity > 0 ? '\n\t' : ': ');
  const payload = at + HEADER + optionsLength;
  const payloadLength = length - HEADER - optionsLength;
  if (packet.decoders.etherType(packet, protocol, payload, payloadLength)) return;
  if (protocol === EtherType.TransparentBridging) {
    packet.decoders.ethernet(packet, payload, payloadLength);
  } else {
    line.text('geneve-proto-0x');
    line.hex(protocol);
  }
}

function printOptions(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  const end = start + length;
  for (let at = start; at < end;) {
    if (at > start) line.text(', ');
    const optionClass = packet.u16(at);
    const type = packet.u8(at + 2);
    const size = OPTION_HEADER + (packet.u8(at + 3) & 0x1f) * 4;
    line.text('class ');
    line.text(className(optionClass));
    line.text(' (0x');
    line.hex(optionClass);
    line.text(') type 0x');
    line.hex(type);
    line.text(type & CRITICAL_OPTION ? '(C) len ' : ' len ');
    line.decimal(size);
    if (at + size > end) {
      line.text(' [bad length]');
      return;
    }
    if (packet.options.verbosity > 1 && size > OPTION_HEADER) {
      line.text(' data');
      for (let i = OPTION_HEADER; i < size; i += 4) {
        line.byte(Char.Space);
        line.hex(packet.u32(at + i), 8);
      }
    }
    at += size;
  }
}

function className(optionClass: number): string {
  const name = CLASS_NAMES.get(optionClass);
  if (name !== undefined) return name;
  if (optionClass <= 0x00ff) return 'Standard';
  return optionClass >= 0xfff0 ? 'Experimental' : 'Unknown';
}
