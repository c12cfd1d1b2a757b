import { writeHex, writeNumber } from '../labelled.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { BACP_OPTIONS, CCP_OPTIONS } from './ccp.js';
import { IPCP_OPTIONS, IPV6CP_OPTIONS } from './ipcp.js';
import { LCP_OPTIONS, writeVendor } from './lcp.js';
import { type ControlOptions, printPppOption, writeCut } from './option.js';
import { PPP_PROTOCOL_NAMES, PppProtocol } from './protocol.js';

const Code = {
  Vendor: 0,
  ConfigureRequest: 1,
  ConfigureAck: 2,
  ConfigureNak: 3,
  ConfigureReject: 4,
  TerminateRequest: 5,
  TerminateAck: 6,
  CodeReject: 7,
  ProtocolReject: 8,
  EchoRequest: 9,
  EchoReply: 10,
  DiscardRequest: 11,
  Identification: 12,
  TimeRemaining: 13,
} as const;

/** By number; tcpdump shows no details of those without an entry in Code. */
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

/** Options of the control protocols; those of others are not decoded. */
const OPTIONS: ReadonlyMap<number, ControlOptions> = new Map<number, ControlOptions>([
  [PppProtocol.Lcp, LCP_OPTIONS],
  [PppProtocol.Ipcp, IPCP_OPTIONS],
  [PppProtocol.Ipv6cp, IPV6CP_OPTIONS],
  [PppProtocol.Ccp, CCP_OPTIONS],
  [PppProtocol.Bacp, BACP_OPTIONS],
]);

/** The header (RFC 1661, 5), and the protocol number before it. */
const HEADER = 4;
const PROTOCOL = 2;
/** Offset into the header. */
const LENGTH = 2;
/** What the data of some packets begins with. */
const MAGIC_NUMBER = 4;

/**
 * A packet of a control protocol (RFC 1661, 5), after its protocol number: the first line, with -v
 * the options.
 */
export function printPppControl(
  packet: Packet,
  protocol: number,
  at: number,
  length: number,
): void {
  const { line, options } = packet;
  const name = PPP_PROTOCOL_NAMES.get(protocol) ?? '';
  line.text(name);
  line.text(', ');
  if (length < HEADER || !packet.has(at, 2)) {
    writeCut(packet, name);
    return;
  }
  const code = packet.u8(at);
  line.text(CODE_NAMES[code] ?? 'Unknown Opcode');
  writeHex(line, ' (0x', code, 2, ')');
  writeNumber(line, ', id ', packet.u8(at + 1));
  writeNumber(line, ', length ', length + PROTOCOL);
  if (options.verbosity === 0 || !packet.need(at + LENGTH, 2)) return;
  const encoded = packet.u16(at + LENGTH);
  writeNumber(line, '\n\tencoded length ', encoded);
  if (encoded < HEADER) {
    line.text(' (< 4))');
    return;
  }
  if (encoded > length) {
    writeNumber(line, ' (> packet length ', length, '))');
    return;
  }
  writeNumber(line, ' (=Option(s) length ', encoded - HEADER, ')');
  if (encoded === HEADER) return;
  if (options.verbosity > 1) dumpUnknownHex(packet, at - PROTOCOL, PROTOCOL + HEADER, '\n\t');
  if (!printData(packet, protocol, code, at, encoded)) writeCut(packet, name);
}

/** The data of a packet of `length` bytes, header included. False if it was cut off. */
function printData(
  packet: Packet,
  protocol: number,
  code: number,
  at: number,
  length: number,
): boolean {
  const { line } = packet;
  const data = at + HEADER;
  switch (code) {
    case Code.Vendor:
      if (length < 11) return true;
      writeMagicNumber(packet, data);
      writeVendor(packet, ' Vendor: ', data + MAGIC_NUMBER);
      return true;
    case Code.ConfigureRequest:
    case Code.ConfigureAck:
    case Code.ConfigureNak:
    case Code.ConfigureReject:
      printOptions(packet, protocol, data, length);
      return true;
    case Code.TerminateRequest:
    case Code.TerminateAck:
    case Code.CodeReject:
      return true;
    case Code.ProtocolReject:
      if (length >= 6) printRejected(packet, data, length);
      return true;
    case Code.EchoRequest:
    case Code.EchoReply:
    case Code.DiscardRequest:
      if (length < 8) return true;
      writeMagicNumber(packet, data);
      if (length === 8) return true;
      line.text('\n\t  -----trailing data-----');
      if (!packet.has(data + MAGIC_NUMBER, length - 8)) return false;
      dumpUnknownHex(packet, data + MAGIC_NUMBER, length - 8, '\n\t  ');
      return true;
    case Code.Identification:
      if (length < 8) return true;
      writeMagicNumber(packet, data);
      if (length === 8) return true;
      line.text('\n\t  Message\n\t    ');
      // Four bytes more than there are, as in handle_ctrl_proto of print-ppp.c.
      return packet.writeEscaped(data + MAGIC_NUMBER, length - 4);
    case Code.TimeRemaining:
      if (length < 12) return true;
      writeMagicNumber(packet, data);
      if (packet.need(data + MAGIC_NUMBER, 4)) {
        writeNumber(line, ', Seconds-Remaining ', packet.u32(data + MAGIC_NUMBER), 's');
      }
      return true;
    default:
      if (packet.options.verbosity <= 1) {
        dumpUnknownHex(packet, at - PROTOCOL, length + PROTOCOL, '\n\t  ');
      }
      return true;
  }
}

function writeMagicNumber(packet: Packet, at: number): void {
  if (packet.need(at, 4)) writeHex(packet.line, '\n\t  Magic-Num 0x', packet.u32(at), 8);
}

function printOptions(packet: Packet, protocol: number, start: number, length: number): void {
  const { line } = packet;
  const options = OPTIONS.get(protocol);
  if (options === undefined) return;
  let left = length - HEADER;
  for (let at = start; left > 0;) {
    // An option may be as long as the packet; an excess is reported afterwards.
    const size = printPppOption(packet, options, at, length);
    if (size === 0) return;
    if (size > left) {
      writeNumber(line, ' [remaining options length ', left);
      writeNumber(line, ' < ', size, ']');
      packet.writeInvalid();
      return;
    }
    left -= size;
    at += size;
  }
}

function printRejected(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!packet.need(at, 2)) return;
  const protocol = packet.u16(at);
  line.text('\n\t  Rejected ');
  line.text(PPP_PROTOCOL_NAMES.get(protocol) ?? 'unknown');
  writeHex(line, ' Protocol (0x', protocol, 4, ')');
  if (length === 6) return;
  line.text('\n\t  Rejected Packet');
  // Four bytes more than there are, as in handle_ctrl_proto of print-ppp.c.
  dumpUnknownHex(packet, at + 2, length - 2, '\n\t    ');
}
