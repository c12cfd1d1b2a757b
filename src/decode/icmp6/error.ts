import { IpProtocol } from '../ip-protocol.js';
import { Ipv6 } from '../ipv6-header.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { Icmp6 } from './header.js';

/** Offset of the destination port in TCP's and UDP's header. */
const DESTINATION_PORT = 2;

const UNREACHABLE_NAMES: Names = new Map([
  [0, 'unreachable route'],
  [1, ' unreachable prohibited'],
  [2, 'beyond scope'],
  [3, 'unreachable address'],
  [4, 'unreachable port'],
]);

/** What could not be reached, and why (RFC 4443, 3.1); false if the length must not follow. */
export function printUnreachable(
  packet: Packet,
  code: number,
  at: number,
  length: number,
): boolean {
  const { line } = packet;
  const quoted = at + Icmp6.quoted;
  if (packet.isTruncated()) return false;
  line.text(', ');
  writeName(line, UNREACHABLE_NAMES, code, 'unknown unreach code (', ')');
  switch (code) {
    case 0:
    case 1:
    case 3:
      writeLabelledAddress(packet, ' ', quoted + Ipv6.destination);
      return true;
    case 2:
      if (!packet.need(quoted + Ipv6.destination, 16)) return false;
      writeLabelledAddress(packet, ' ', quoted + Ipv6.destination);
      writeLabelledAddress(packet, ', source address ', quoted + Ipv6.source);
      return true;
    case 4:
      return printUnreachablePort(packet, quoted);
    default:
      if (packet.options.verbosity > 1) return true;
      dumpUnknownHex(packet, at, length, '\n\t');
      return false;
  }
}

/** The quoted datagram's destination port; false if no TCP or UDP header was found. */
function printUnreachablePort(packet: Packet, quoted: number): boolean {
  const { line } = packet;
  let protocol = packet.has(quoted, 40) ? packet.u8(quoted + Ipv6.nextHeader) : -1;
  let at = quoted + 40;
  while (protocol !== IpProtocol.Tcp && protocol !== IpProtocol.Udp) {
    const length = extensionLength(packet, protocol, at);
    if (length < 0) break;
    protocol = packet.u8(at);
    at += length;
  }
  const isFound = protocol === IpProtocol.Tcp || protocol === IpProtocol.Udp;
  if (isFound && packet.has(at + DESTINATION_PORT, 2)) {
    line.text(', ');
    packet.writeIpv6(quoted + Ipv6.destination);
    line.text(protocol === IpProtocol.Tcp ? ' tcp port ' : ' udp port ');
    line.decimal(packet.u16(at + DESTINATION_PORT));
    return true;
  }
  packet.writeTruncated();
  return false;
}

/** Length of an extension header in a quoted datagram; -1 if it is not one, or was cut off. */
function extensionLength(packet: Packet, protocol: number, at: number): number {
  switch (protocol) {
    case IpProtocol.HopByHop:
    case IpProtocol.DestinationOptions:
    case IpProtocol.Routing:
      return packet.has(at, 2) ? (packet.u8(at + 1) + 1) * 8 : -1;
    case IpProtocol.Fragment:
      return packet.has(at, 4) && (packet.u16(at + 2) & 0xfff8) === 0 ? 8 : -1;
    case IpProtocol.Ah:
      return packet.has(at, 2) ? (packet.u8(at + 1) + 2) * 4 : -1;
    default:
      return -1;
  }
}

/** `before` and the address, or neither if the address was cut off. */
export function writeLabelledAddress(packet: Packet, before: string, at: number): void {
  if (!packet.need(at, 16)) return;
  packet.line.text(before);
  packet.writeIpv6(at);
}
