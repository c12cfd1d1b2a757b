import { Char } from '../text/char.js';
import { printEthernet } from './ethernet.js';
import { Layer } from './field.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import { type Names, writeName } from './names.js';
import type { Packet } from './packet.js';
import { printSll, printSll2 } from './sll.js';
import { dumpUnknown } from './unknown.js';

export const NullLayer = new Layer('null');

/** LINKTYPE_ numbers (draft-ietf-opsawg-pcaplinktype) that nmcap decodes. */
export const LinkType = {
  Null: 0,
  Ethernet: 1,
  /** DLT_RAW of the BSDs, and of OpenBSD, found in some files in place of Raw. */
  RawBsd: 12,
  RawOpenBsd: 14,
  Raw: 101,
  Loop: 108,
  Sll: 113,
  Ipv4: 228,
  Ipv6: 229,
  Sll2: 276,
} as const;

/** Names of some that it does not decode. */
const OTHER_NAMES: Names = new Map([
  [6, 'IEEE802_5'],
  [8, 'SLIP'],
  [9, 'PPP'],
  [10, 'FDDI'],
  [51, 'PPP_ETHER'],
  [104, 'C_HDLC'],
  [105, 'IEEE802_11'],
  [107, 'FRELAY'],
  [119, 'IEEE802_11_PRISM'],
  [122, 'IP_OVER_FC'],
  [127, 'IEEE802_11_RADIOTAP'],
  [149, 'USER2'],
  [189, 'USB_LINUX'],
  [195, 'IEEE802_15_4_WITHFCS'],
  [201, 'BLUETOOTH_HCI_H4_WITH_PHDR'],
  [220, 'USB_LINUX_MMAPPED'],
  [227, 'CAN_SOCKETCAN'],
  [239, 'NFLOG'],
  [253, 'NETLINK'],
]);

/**
 * A packet of a capture, by its link type. Returns the length of the link-layer header, for dumps
 * that leave it out.
 */
export function printLink(packet: Packet, linkType: number, at: number, length: number): number {
  switch (linkType) {
    case LinkType.Ethernet:
      return printEthernet(packet, at, length);
    case LinkType.Raw:
    case LinkType.RawBsd:
    case LinkType.RawOpenBsd:
    case LinkType.Ipv4:
    case LinkType.Ipv6:
      printRaw(packet, at, length);
      return 0;
    case LinkType.Null:
    case LinkType.Loop:
      return printNull(packet, at, length);
    case LinkType.Sll:
      return printSll(packet, at, length);
    case LinkType.Sll2:
      return printSll2(packet, at, length);
    default:
      packet.line.text(OTHER_NAMES.get(linkType) ?? 'UNSUPPORTED');
      dumpUnknown(packet, at, packet.remaining(at));
      return 0;
  }
}

function printRaw(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ipn';
  if (packet.options.linkHeader) line.text('ip: ');
  const version = packet.u8(at) >> 4;
  if (version === 4) {
    printIpv4(packet, at, length);
  } else if (version === 6) {
    printIpv6(packet, at, length);
  } else {
    line.text('unknown ip ');
    line.decimal(version);
  }
}

const NULL_HEADER = 4;
const AF_INET = 2;

/** Address families of all the BSDs. */
const FAMILY_NAMES: Names = new Map([
  [AF_INET, 'IPv4'],
  [6, 'NS'],
  [7, 'ISO'],
  [16, 'Appletalk'],
  [23, 'IPX'],
  [24, 'IPv6'],
  [28, 'IPv6'],
  [30, 'IPv6'],
]);

/** BSD's loopback: an address family in the byte order of the capturing machine, or big-endian. */
function printNull(packet: Packet, at: number, length: number): number {
  const { options } = packet;
  packet.protocol = 'null';
  packet.fields?.layer(NullLayer);
  if (!packet.need(at, NULL_HEADER)) return 0;
  let family = packet.view.getUint32(at, true);
  if (family > 0xffff) family = packet.view.getUint32(at);
  if (options.linkHeader) writeFamily(packet, family, length);
  const payload = at + NULL_HEADER;
  const name = FAMILY_NAMES.get(family);
  if (family === AF_INET) {
    printIpv4(packet, payload, length - NULL_HEADER);
  } else if (name === 'IPv6') {
    printIpv6(packet, payload, length - NULL_HEADER);
  } else {
    if (!options.linkHeader) writeFamily(packet, family, length);
    if (options.dumpUnknown) dumpUnknown(packet, payload, packet.remaining(payload));
  }
  return NULL_HEADER;
}

function writeFamily(packet: Packet, family: number, length: number): void {
  const { line } = packet;
  if (packet.options.quiet) {
    writeName(line, FAMILY_NAMES, family, 'Unknown AF ');
  } else {
    line.text('AF ');
    line.text(FAMILY_NAMES.get(family) ?? 'Unknown');
    line.text(' (');
    line.decimal(family);
    line.byte(Char.RightParenthesis);
  }
  line.text(', length ');
  line.decimal(length);
  line.text(': ');
}
