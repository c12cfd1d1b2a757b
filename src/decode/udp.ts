import { ascii } from '../text/ascii.js';
import { rightChecksum } from './checksum.js';
import { writeEndpoints } from './endpoints.js';
import { Layer } from './field.js';
import { IpProtocol } from './ip-protocol.js';
import { Ipv4 } from './ipv4-header.js';
import { Ipv6 } from './ipv6-header.js';
import { type Packet, Text } from './packet.js';
import { upperLayerChecksum } from './pseudo-header.js';
import { printUdpPayload } from './udp-payload.js';

const udp = new Layer('udp');
export const UdpFields = {
  layer: udp,
  sourcePort: udp.number('srcport'),
  destinationPort: udp.number('dstport'),
  length: udp.number('length'),
} as const;

const LENGTH_TEXT = ascii('UDP, length ');
const BAD_LENGTH_TEXT = ascii('UDP, bad length ');

const HEADER = 8;
/** Offsets into the header (RFC 768). */
const DESTINATION_PORT = 2;
const LENGTH = 4;
const CHECKSUM = 6;

/** A UDP datagram; `available` is its length according to the IP header. */
export function printUdp(packet: Packet, at: number, available: number): void {
  const { line, options } = packet;
  packet.protocol = 'udp';
  packet.fields?.layer(UdpFields.layer);
  packet.fields?.u16(UdpFields.sourcePort, at);
  packet.fields?.u16(UdpFields.destinationPort, at + DESTINATION_PORT);
  packet.fields?.u16(UdpFields.length, at + LENGTH);
  if (!packet.has(at + DESTINATION_PORT, 2)) {
    writeAddresses(packet);
    packet.writeTruncated();
    return;
  }
  writeEndpoints(packet, IpProtocol.Udp, at);
  if (available < HEADER) {
    line.text('truncated-udp ');
    line.decimal(available);
    return;
  }
  if (!packet.has(at + LENGTH, 2)) {
    packet.writeTruncated();
    return;
  }
  let declared = packet.u16(at + LENGTH);
  // A jumbogram's length does not fit (RFC 2675, 4).
  if (declared === 0 && available > 0xffff) declared = available;
  if (declared < HEADER) {
    line.text('truncated-udplength ');
    line.decimal(declared);
    return;
  }
  const length = Math.min(declared, available) - HEADER;
  const dataAt = at + HEADER;
  if (dataAt > packet.end) {
    packet.writeTruncated();
    return;
  }
  if (options.verbosity > 0 && !packet.ip.isFragment) writeChecksum(packet, at, length);
  if (
    !options.quiet &&
    printUdpPayload(packet, packet.u16(at), packet.u16(at + DESTINATION_PORT), dataAt, length)
  ) {
    return;
  }
  const isShort = declared - HEADER > length && !packet.ip.isFragment;
  line.field(isShort ? BAD_LENGTH_TEXT : LENGTH_TEXT, declared - HEADER);
  if (isShort) line.field(Text.arrow, length);
}

/** For a datagram whose ports were cut off. */
function writeAddresses(packet: Packet): void {
  const { line } = packet;
  const { version, headerAt } = packet.ip;
  if (version === 4) {
    if (packet.u8(headerAt + Ipv4.protocol) !== IpProtocol.Udp) return;
    packet.writeIpv4(headerAt + Ipv4.source);
    line.text(' > ');
    packet.writeIpv4(headerAt + Ipv4.destination);
  } else {
    if (packet.u8(headerAt + Ipv6.nextHeader) !== IpProtocol.Udp) return;
    packet.writeIpv6(headerAt + Ipv6.source);
    line.text(' > ');
    packet.writeIpv6(headerAt + Ipv6.destination);
  }
  line.text(': ');
}

/** With -vv; over IPv6, where the checksum is not optional, also with -v. */
function writeChecksum(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (packet.ip.version === 4) {
    if (packet.options.verbosity < 2) return;
    if (packet.u16(at + CHECKSUM) === 0) {
      line.text('[no cksum] ');
      return;
    }
  }
  if (!packet.has(at, HEADER + length)) return;
  const result = upperLayerChecksum(packet, at, HEADER + length, IpProtocol.Udp);
  if (result === 0) {
    line.text('[udp sum ok] ');
    return;
  }
  const found = packet.u16(at + CHECKSUM);
  line.text('[bad udp cksum 0x');
  line.hex(found, 4);
  line.text(' -> 0x');
  line.hex(rightChecksum(found, result), 4);
  line.text('!] ');
}
