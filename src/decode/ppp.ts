import { EtherType } from './ethertype.js';
import { PppFields } from './fields.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import { printMpls } from './mpls.js';
import { type Names, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { dumpUnknownHex } from './unknown.js';

const Protocol = {
  Ipv4: 0x0021,
  VjUncompressed: 0x002f,
  Ipv6: 0x0057,
  Compressed: 0x00fd,
  MplsUnicast: 0x0281,
  MplsMulticast: 0x0283,
  Ipcp: 0x8021,
  Osicp: 0x8023,
  Ipv6cp: 0x8057,
  Ccp: 0x80fd,
  Mplscp: 0x8281,
  Lcp: 0xc021,
  Bacp: 0xc02b,
} as const;

/** As tcpdump spells them (print-ppp.c). */
const PROTOCOL_NAMES: Names = new Map<number, string>([
  [Protocol.Ipv4, 'IP'],
  [0x0023, 'OSI'],
  [0x0025, 'NS'],
  [0x0027, 'DECNET'],
  [0x0029, 'APPLE'],
  [0x002b, 'IPX'],
  [0x002d, 'VJC IP'],
  [Protocol.VjUncompressed, 'VJNC IP'],
  [0x0031, 'BRPDU'],
  [0x0033, 'STII'],
  [0x0035, 'VINES'],
  [Protocol.MplsUnicast, 'MPLS'],
  [Protocol.MplsMulticast, 'MPLS'],
  [Protocol.Compressed, 'Compressed'],
  [0x003d, 'MLPPP'],
  [Protocol.Ipv6, 'IP6'],
  [0x0201, 'HELLO'],
  [0x0231, 'LUXCOM'],
  [0x0233, 'SNS'],
  [Protocol.Ipcp, 'IPCP'],
  [Protocol.Osicp, 'OSICP'],
  [0x8025, 'NSCP'],
  [0x8027, 'DECNETCP'],
  [0x8029, 'APPLECP'],
  [0x802b, 'IPXCP'],
  [0x8033, 'STIICP'],
  [0x8035, 'VINESCP'],
  [Protocol.Ipv6cp, 'IP6CP'],
  [Protocol.Mplscp, 'MPLSCP'],
  [Protocol.Lcp, 'LCP'],
  [0xc023, 'PAP'],
  [0xc025, 'LQM'],
  [0xc223, 'CHAP'],
  [0xc227, 'EAP'],
  [0xc027, 'SPAP'],
  [0xc123, 'Old-SPAP'],
  [Protocol.Bacp, 'BACP'],
  [0xc02d, 'BAP'],
  [0xc03d, 'MLPPP-CP'],
  [Protocol.Ccp, 'CCP'],
]);

const CODE_NAMES = [
  'Vendor-Extension',
  'Conf-Request',
  'Conf-Ack',
  'Conf-Nack',
  'Conf-Reject',
  'Term-Request',
  'Term-Ack',
  'Code-Reject',
  'Prot-Reject',
  'Echo-Request',
  'Echo-Reply',
  'Disc-Req',
  'Ident',
  'Time-Rem',
  'Reset-Req',
  'Reset-Ack',
];

/** Address and control field, where they are not left out (RFC 1662, 3.1). */
const ADDRESS_AND_CONTROL = 0xff03;
/** What pppd's captures have there instead. */
const PPPD_IN = 0x0003;
const PPPD_OUT = 0x0103;

/** A PPP frame: of control protocols the first line, of others what they carry. */
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
    const name = PROTOCOL_NAMES.get(protocol);
    line.text(name ?? 'unknown');
    line.text(' (0x');
    line.hex(protocol, 4);
    line.text('), length ');
    line.decimal(length);
    if (name === undefined) return;
    line.text(': ');
  }
  printPayload(packet, protocol, at, left);
}

function printPayload(packet: Packet, protocol: number, at: number, length: number): void {
  const { line } = packet;
  switch (protocol) {
    case Protocol.Ipv4:
    case Protocol.VjUncompressed:
    case EtherType.Ipv4:
      printIpv4(packet, at, length);
      break;
    case Protocol.Ipv6:
    case EtherType.Ipv6:
      printIpv6(packet, at, length);
      break;
    case Protocol.MplsUnicast:
    case Protocol.MplsMulticast:
      printMpls(packet, at, length);
      break;
    case Protocol.Compressed:
      line.text('compressed PPP data');
      break;
    case Protocol.Lcp:
    case Protocol.Ipcp:
    case Protocol.Osicp:
    case Protocol.Mplscp:
    case Protocol.Ipv6cp:
    case Protocol.Ccp:
    case Protocol.Bacp:
      printControl(packet, protocol, at, length);
      break;
    default:
      writeNameOrHex(line, PROTOCOL_NAMES, protocol, 'unknown PPP protocol (0x', 4, ')');
      line.byte(0x20);
      dumpUnknownHex(packet, at, length, '\n\t');
  }
}

function printControl(packet: Packet, protocol: number, at: number, length: number): void {
  const { line } = packet;
  line.text(PROTOCOL_NAMES.get(protocol) ?? '');
  line.text(', ');
  if (length < 4 || !packet.has(at, 2)) {
    line.text('[|');
    line.text(PROTOCOL_NAMES.get(protocol) ?? '');
    line.byte(0x5d);
    return;
  }
  const code = packet.u8(at);
  line.text(CODE_NAMES[code] ?? 'Unknown Opcode');
  line.text(' (0x');
  line.hexByte(code);
  line.text('), id ');
  line.decimal(packet.u8(at + 1));
  line.text(', length ');
  line.decimal(length + 2);
}
