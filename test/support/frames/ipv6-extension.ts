import { bytes, ethernet, hex, ipv6, ipv6Address } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Behind the headers of Ethernet and IPv6, and the extension header's first byte: the next one. */
export const IPV6_EXTENSION_AT = 55;

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const DESTINATION = 60;

const HOME = ipv6Address('2001:db8::5');
const HOPS = bytes(ipv6Address('2001:db8::9'), ipv6Address('2001:db8::a'));

/** An extension header without a next one: its length in units of eight bytes, and what follows. */
function frame(kind: number, length: number, data: Uint8Array, payloadLength?: number) {
  const header = bytes(59, length, data);
  const fields = { nextHeader: kind, ...(payloadLength === undefined ? {} : { payloadLength }) };
  return ethernet(0x86dd, ipv6(fields, bytes(header, 'data')));
}

export const IPV6_EXTENSION_FRAMES = frameSet('IPv6 extension headers', {
  padding: frame(HOP_BY_HOP, 1, hex('00 0102 0000 00 0106 000000000000')),
  routerAlert: frame(HOP_BY_HOP, 0, hex('0502 0000 0100')),
  routerAlertLong: frame(HOP_BY_HOP, 0, hex('0503 000000 00')),
  routerAlertCut: frame(HOP_BY_HOP, 0, hex('0101 00 0501 00')),
  unknown: frame(HOP_BY_HOP, 0, hex('3e04 01020304')),
  jumbo: frame(HOP_BY_HOP, 0, hex('c204 00010001'), 0),
  jumboTwice: frame(HOP_BY_HOP, 1, hex('c204 00010001 c204 00010002 0000'), 0),
  jumboWithLength: frame(HOP_BY_HOP, 0, hex('c204 00010001')),
  jumboShort: frame(HOP_BY_HOP, 0, hex('00 00 c202 0001')),
  jumboLong: frame(HOP_BY_HOP, 1, hex('c205 00010001 00 0105 0000000000')),
  jumboInDestination: frame(DESTINATION, 0, hex('c204 00010001')),
  homeAddress: frame(DESTINATION, 2, bytes(hex('0102 0000 c910'), HOME)),
  homeAddressInHopByHop: frame(HOP_BY_HOP, 2, bytes(hex('0102 0000 c910'), HOME)),
  homeAddressShort: frame(DESTINATION, 2, bytes(hex('c90f'), HOME, hex('01020000'))),
  homeAddressCut: frame(DESTINATION, 1, hex('c90c 0102030405060708090a0b0c')),
  homeAddressMore: frame(
    DESTINATION,
    3,
    bytes(hex('c91a'), HOME, hex('00 0101 00 0704 01020304 00 00')),
  ),
  homeAddressMoreBad: frame(DESTINATION, 2, bytes(hex('c914'), HOME, hex('07ff 0102'))),
  homeAddressMoreShort: frame(DESTINATION, 2, bytes(hex('c914'), HOME, hex('0101 00 07'))),
  routing0: frame(ROUTING, 4, bytes(hex('0002 00000000'), HOPS)),
  routing0Reserved: frame(ROUTING, 2, bytes(hex('0001 00000001'), HOME)),
  routing0Odd: frame(ROUTING, 3, bytes(hex('0002 00000000'), HOPS.subarray(0, 24))),
  routing0Empty: frame(ROUTING, 0, hex('0000 00000000')),
  routing0Long: frame(ROUTING, 8, bytes(hex('0002 00000000'), HOPS)),
  routing2: frame(ROUTING, 2, bytes(hex('0201 00000000'), HOME)),
  routing2Reserved: frame(ROUTING, 2, bytes(hex('0201 0000abcd'), HOME)),
  routing2Odd: frame(ROUTING, 1, hex('0201 00000000 0102030405060708')),
  segments: frame(ROUTING, 4, bytes(hex('0401 01 00 0000'), HOPS)),
  segmentsFlags: frame(ROUTING, 4, bytes(hex('0401 01 28 beef'), HOPS)),
  segmentsWithTlv: frame(
    ROUTING,
    6,
    bytes(hex('0401 01 00 0000'), HOPS, hex('040e'), HOME.subarray(0, 14)),
  ),
  segmentsOdd: frame(ROUTING, 5, bytes(hex('0401 01 00 0000'), HOPS, hex('0406 000000000000'))),
  routingRpl: frame(ROUTING, 2, bytes(hex('0301 00000000'), HOME)),
  fragment: frame(FRAGMENT, 0, hex('0001 12345678')),
  fragmentOnly: frame(FRAGMENT, 0, hex('0000 12345678')),
  fragmentReserved: frame(FRAGMENT, 0, hex('0006 00000001')),
  fragmentLater: frame(FRAGMENT, 0, hex('05a8 12345678')),
});
