import { writeHex, writeNumber } from '../labelled.js';
import { type Names, writeName } from '../names.js';
import { OUI_NAMES } from '../oui.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import {
  type ControlOptions,
  hasAtLeast,
  hasLength,
  OPTION_HEADER,
  type OptionOutcome,
} from './option.js';
import { PPP_PROTOCOL_NAMES, PppProtocol } from './protocol.js';

const Option = {
  Vendor: 0,
  ReceiveUnit: 1,
  ControlCharacterMap: 2,
  Authentication: 3,
  Quality: 4,
  MagicNumber: 5,
  ProtocolCompression: 7,
  AddressCompression: 8,
  Callback: 13,
  MultilinkReceiveUnit: 17,
  Endpoint: 19,
  LinkDiscriminator: 23,
} as const;

const OPTION_NAMES: Names = new Map(
  [
    'Vend-Ext',
    'MRU',
    'ACCM',
    'Auth-Prot',
    'Qual-Prot',
    'Magic-Num',
    'deprecated(6)',
    'PFC',
    'ACFC',
    'FCS-Alt',
    'SDP',
    'Num-Mode',
    'deprecated(12)',
    'Call-Back',
    'deprecated(14)',
    'deprecated(15)',
    'deprecated(16)',
    'MRRU',
    '12-Bit seq #',
    'End-Disc',
    'Proprietary',
    'DCE-Id',
    'MP+',
    'Link-Disc',
    'LCP-Auth-Opt',
    'COBS',
    'Prefix-elision',
    'Multilink-header-Form',
    'I18N',
    'SDL-over-SONET/SDH',
    'PPP-Muxing',
  ].entries(),
);

/** Of CHAP (RFC 1994, 2433 and 2759). */
const ALGORITHM_NAMES: Names = new Map([
  [5, 'MD5'],
  [128, 'MS-CHAPv1'],
  [129, 'MS-CHAPv2'],
]);

/** RFC 1570, 2.3. */
const CALLBACK_NAMES: Names = new Map([
  [0, 'UserAuth'],
  [1, 'DialString'],
  [2, 'LocalID'],
  [3, 'E.164'],
  [4, 'X.500'],
  [6, 'CBCP'],
]);

/** The options of the link control protocol (RFC 1661, 6; RFC 1570; RFC 1990, 5.1). */
export const LCP_OPTIONS: ControlOptions = {
  protocol: 'lcp',
  names: OPTION_NAMES,
  unknown: undefined,
  print: printOption,
};

function printOption(packet: Packet, type: number, at: number, length: number): OptionOutcome {
  const { line } = packet;
  switch (type) {
    case Option.Vendor:
      if (!hasAtLeast(packet, length, 6)) return 'done';
      writeVendor(packet, ': Vendor: ', at);
      return 'shown';
    case Option.ReceiveUnit:
      if (!hasLength(packet, length, 4)) return 'done';
      if (packet.need(at, 2)) writeNumber(line, ': ', packet.u16(at));
      return 'shown';
    case Option.ControlCharacterMap:
      if (!hasLength(packet, length, 6)) return 'done';
      if (packet.need(at, 4)) writeHex(line, ': 0x', packet.u32(at), 8);
      return 'shown';
    case Option.Authentication:
      if (!hasAtLeast(packet, length, 4)) return 'done';
      printAuthentication(packet, at, length);
      return 'shown';
    case Option.Quality:
      if (!hasAtLeast(packet, length, 4)) return 'stop';
      line.text(packet.u16(at) === PppProtocol.Lqm ? ': LQR' : ': unknown');
      return 'shown';
    case Option.MagicNumber:
      if (!hasLength(packet, length, 6)) return 'stop';
      if (packet.need(at, 4)) writeHex(line, ': 0x', packet.u32(at), 8);
      return 'shown';
    case Option.ProtocolCompression:
    case Option.AddressCompression:
      return 'shown';
    case Option.LinkDiscriminator:
      if (!hasLength(packet, length, 4)) return 'stop';
      if (packet.need(at, 2)) writeHex(line, ': 0x', packet.u16(at), 4);
      return 'shown';
    case Option.Callback: {
      if (!hasAtLeast(packet, length, 3)) return 'stop';
      line.text(': ');
      if (!packet.need(at, 1)) return 'stop';
      const operation = packet.u8(at);
      line.text(': Callback Operation ');
      line.text(CALLBACK_NAMES.get(operation) ?? 'Unknown');
      writeNumber(line, ' (', operation, ')');
      return 'shown';
    }
    case Option.MultilinkReceiveUnit:
      if (!hasLength(packet, length, 4)) return 'stop';
      if (packet.need(at, 2)) writeNumber(line, ': ', packet.u16(at));
      return 'shown';
    case Option.Endpoint:
      if (!hasAtLeast(packet, length, 3)) return 'stop';
      return printEndpoint(packet, at, length);
    default:
      return 'unknown';
  }
}

/** An organisation's number and, if known, its name. */
export function writeVendor(packet: Packet, label: string, at: number): void {
  if (!packet.need(at, 3)) return;
  const oui = packet.u24(at);
  packet.line.text(label);
  packet.line.text(OUI_NAMES.get(oui) ?? 'Unknown');
  writeNumber(packet.line, ' (', oui, ')');
}

function printAuthentication(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!packet.need(at, 2)) return;
  const protocol = packet.u16(at);
  line.text(': ');
  // tcpdump's format lacks the percent sign.
  line.text(PPP_PROTOCOL_NAMES.get(protocol) ?? 'Unknown Auth Proto (0x04x)');
  switch (protocol) {
    case PppProtocol.Chap:
      if (!packet.need(at + 2, 1)) return;
      line.text(', ');
      writeName(line, ALGORITHM_NAMES, packet.u8(at + 2), 'Unknown Auth Alg ');
      break;
    case PppProtocol.Pap:
    case PppProtocol.Eap:
    case PppProtocol.Spap:
    case PppProtocol.OldSpap:
      break;
    default:
      dumpUnknownHex(packet, at - OPTION_HEADER, length, '\n\t');
  }
}

/** Classes of endpoint discriminators. */
const EndpointClass = { Ipv4: 2, Mac: 3 } as const;

const ENDPOINT_NAMES: Names = new Map<number, string>([
  [0, 'Null'],
  [1, 'Local'],
  [EndpointClass.Ipv4, 'IPv4 '],
  [EndpointClass.Mac, 'MAC '],
  [4, 'Magic-Num-Block'],
  [5, 'PSNDN'],
]);

/** The endpoint of a bundle of links (RFC 1990, 5.1.3); its class is at `at`. */
function printEndpoint(packet: Packet, at: number, length: number): OptionOutcome {
  const { line } = packet;
  const endpointClass = packet.u8(at);
  const address = at + 1;
  if (endpointClass === EndpointClass.Ipv4 && !hasLength(packet, length, 7)) return 'stop';
  if (endpointClass === EndpointClass.Mac && !hasLength(packet, length, 9)) return 'stop';
  // The address is read before anything is written.
  if (endpointClass === EndpointClass.Ipv4 && !packet.need(address, 4)) return 'stop';
  if (endpointClass === EndpointClass.Mac && !packet.need(address, 6)) return 'stop';
  line.text(': ');
  writeName(line, ENDPOINT_NAMES, endpointClass, 'Unknown class ');
  if (endpointClass === EndpointClass.Ipv4) packet.writeIpv4(address);
  if (endpointClass === EndpointClass.Mac) packet.writeMac(address);
  return 'shown';
}
