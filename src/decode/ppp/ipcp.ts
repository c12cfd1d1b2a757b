import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import {
  type ControlOptions,
  hasAtLeast,
  hasLength,
  OPTION_HEADER,
  type OptionOutcome,
  writeCut,
} from './option.js';
import { PppProtocol } from './protocol.js';

const Option = {
  Addresses: 1,
  Compression: 2,
  Address: 3,
  HomeAddress: 4,
  PrimaryDns: 129,
  PrimaryNbns: 130,
  SecondaryDns: 131,
  SecondaryNbns: 132,
} as const;

const OPTION_NAMES: Names = new Map<number, string>([
  [Option.Addresses, 'IP-Addrs'],
  [Option.Compression, 'IP-Comp'],
  [Option.Address, 'IP-Addr'],
  [Option.HomeAddress, 'Home-Addr'],
  [Option.PrimaryDns, 'Pri-DNS'],
  [Option.PrimaryNbns, 'Pri-NBNS'],
  [Option.SecondaryDns, 'Sec-DNS'],
  [Option.SecondaryNbns, 'Sec-NBNS'],
]);

/** IP control (RFC 1332, RFC 1877). */
export const IPCP_OPTIONS: ControlOptions = {
  protocol: 'ipcp',
  names: OPTION_NAMES,
  unknown: 'unknown',
  print: printIpcpOption,
};

function printIpcpOption(packet: Packet, type: number, at: number, length: number): OptionOutcome {
  const { line } = packet;
  switch (type) {
    case Option.Addresses:
      if (!hasLength(packet, length, 10)) return 'done';
      if (!packet.need(at, 8)) return 'stop';
      line.text(': src ');
      packet.writeIpv4(at);
      line.text(', dst ');
      packet.writeIpv4(at + 4);
      return 'shown';
    case Option.Compression:
      return hasAtLeast(packet, length, 4) ? printCompression(packet, at, length) : 'stop';
    case Option.Address:
    case Option.HomeAddress:
    case Option.PrimaryDns:
    case Option.PrimaryNbns:
    case Option.SecondaryDns:
    case Option.SecondaryNbns:
      if (!hasLength(packet, length, 6)) return 'stop';
      if (!packet.need(at, 4)) return 'stop';
      line.text(': ');
      packet.writeIpv4(at);
      return 'shown';
    default:
      return 'unknown';
  }
}

/** RFC 3544. */
const HEADER_COMPRESSION = 0x61;

const COMPRESSION_NAMES: Names = new Map<number, string>([
  [PppProtocol.VjCompressed, 'VJ-Comp'],
  [HEADER_COMPRESSION, 'IP Header Compression'],
]);

const SUBOPTION_NAMES: Names = new Map([
  [1, 'RTP-Compression'],
  [2, 'Enhanced RTP-Compression'],
]);

/** Length of the header compression option, without suboptions. */
const FIXED = 14;

function printCompression(packet: Packet, at: number, length: number): OptionOutcome {
  const { line } = packet;
  if (!packet.need(at, 2)) return 'stop';
  const protocol = packet.u16(at);
  line.text(': ');
  line.text(COMPRESSION_NAMES.get(protocol) ?? 'Unknown');
  writeHex(line, ' (0x', protocol, 2, '):');
  if (protocol !== HEADER_COMPRESSION) return 'shown';
  if (!hasAtLeast(packet, length, FIXED)) return 'stop';
  // tcpdump checks for two bytes more than it reads, in print_ipcp_config_options of print-ppp.c.
  if (!packet.has(at, FIXED)) return cut(packet);
  writeNumber(line, '\n\t    TCP Space ', packet.u16(at + 2));
  writeNumber(line, ', non-TCP Space ', packet.u16(at + 4));
  writeNumber(line, ', maxPeriod ', packet.u16(at + 6));
  writeNumber(line, ', maxTime ', packet.u16(at + 8));
  writeNumber(line, ', maxHdr ', packet.u16(at + 10));
  if (length === FIXED) return 'shown';
  return printSuboptions(packet, at + FIXED - OPTION_HEADER, length);
}

function printSuboptions(packet: Packet, start: number, length: number): OptionOutcome {
  const { line } = packet;
  let at = start;
  let left = length - FIXED;
  writeNumber(line, '\n\t      Suboptions, length ', left);
  while (left >= 2) {
    if (!packet.has(at, 2)) return cut(packet);
    const type = packet.u8(at);
    const size = packet.u8(at + 1);
    if (type === 0 || size === 0) break;
    line.text('\n\t\t');
    line.text(SUBOPTION_NAMES.get(type) ?? 'Unknown');
    writeNumber(line, ' Suboption #', type);
    writeNumber(line, ', length ', size);
    if (left < size) {
      writeNumber(line, ' [remaining suboptions length ', left);
      writeNumber(line, ' < ', size, ']');
      packet.writeInvalid();
      break;
    }
    left -= size;
    at += size;
  }
  // tcpdump dumps as many bytes as the whole option has, but from the end of the suboptions.
  if (packet.options.verbosity > 1) {
    dumpUnknownHex(packet, at + 2, length - OPTION_HEADER, '\n\t    ');
  }
  return 'done';
}

function cut(packet: Packet): 'stop' {
  writeCut(packet, IPCP_OPTIONS.protocol);
  return 'stop';
}

const INTERFACE_ID = 1;

/** IPv6 control (RFC 5072). */
export const IPV6CP_OPTIONS: ControlOptions = {
  protocol: 'ip6cp',
  names: new Map([[INTERFACE_ID, 'Interface-ID']]),
  unknown: 'unknown',
  print: printIpv6cpOption,
};

function printIpv6cpOption(
  packet: Packet,
  type: number,
  at: number,
  length: number,
): OptionOutcome {
  const { line } = packet;
  if (type !== INTERFACE_ID) return 'unknown';
  if (!hasLength(packet, length, 10)) return 'done';
  if (!packet.has(at, 8)) {
    writeCut(packet, IPV6CP_OPTIONS.protocol);
    return 'stop';
  }
  for (let word = 0; word < 4; word++) {
    writeHex(line, word === 0 ? ': ' : ':', packet.u16(at + 2 * word), 4);
  }
  return 'shown';
}
