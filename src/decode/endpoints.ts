import { Ipv4 } from './ipv4-header.js';
import { Ipv6 } from './ipv6-header.js';
import { type Packet, Text } from './packet.js';

/**
 * Addresses and ports of the segment or UDP datagram whose ports are at `at`; only the ports if
 * another header comes between, as the addresses have then been shown already.
 */
export function writeEndpoints(packet: Packet, protocol: number, at: number): void {
  const { line, view } = packet;
  const { version, headerAt } = packet.ip;
  const protocolAt = headerAt + (version === 4 ? Ipv4.protocol : Ipv6.nextHeader);
  if (view.getUint8(protocolAt) === protocol) {
    writeAddressedPorts(packet, at);
  } else {
    line.decimal(view.getUint16(at));
    line.put(Text.arrow);
    line.decimal(view.getUint16(at + 2));
  }
  line.put(Text.colon);
}

/** `10.0.0.1.1234 > 10.0.0.2.53`, with the ports at `at`. */
export function writeAddressedPorts(packet: Packet, at: number): void {
  const { line, view, palette } = packet;
  const { version, headerAt } = packet.ip;
  if (palette.isColoured) line.put(palette.address.open);
  if (version === 4) line.ipv4(view.getInt32(headerAt + Ipv4.source));
  else line.ipv6(view, headerAt + Ipv6.source);
  line.field(Text.dot, view.getUint16(at));
  if (palette.isColoured) line.put(palette.address.close);
  line.put(Text.arrow);
  if (palette.isColoured) line.put(palette.address.open);
  if (version === 4) line.ipv4(view.getInt32(headerAt + Ipv4.destination));
  else line.ipv6(view, headerAt + Ipv6.destination);
  line.field(Text.dot, view.getUint16(at + 2));
  if (palette.isColoured) line.put(palette.address.close);
}
