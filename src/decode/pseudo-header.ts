import { checksum, sumWords } from './checksum.js';
import { IpProtocol } from './ip-protocol.js';
import { Ipv4 } from './ipv4-header.js';
import { Ipv6 } from './ipv6-header.js';
import type { Packet } from './packet.js';

/**
 * checksum() over the pseudo-header of `packet.ip` and the `length` bytes of upper layer at `at`.
 */
export function upperLayerChecksum(
  packet: Packet,
  at: number,
  length: number,
  protocol: number,
): number {
  const { version, headerAt } = packet.ip;
  const partial =
    version === 4
      ? sumWords(packet, headerAt + Ipv4.source, 4) +
        sumWords(packet, finalDestination4(packet, headerAt), 4)
      : sumWords(packet, headerAt + Ipv6.source, 16) +
        sumWords(packet, finalDestination6(packet, headerAt), 16);
  return checksum(packet, at, length, partial + (length & 0xffff) + (length >>> 16) + protocol);
}

/** Where the destination is: in the header, or the last hop of a source route (RFC 1122, 4.1.3.4). */
function finalDestination4(packet: Packet, headerAt: number): number {
  const end = headerAt + (packet.u8(headerAt) & 15) * 4;
  for (let at = headerAt + 20; at < end;) {
    const option = packet.u8(at);
    if (option === 0) break;
    if (option === 1) {
      at++;
      continue;
    }
    const length = packet.u8(at + 1);
    if (length < 2 || at + length > end || !packet.has(at, length)) break;
    if ((option === 131 || option === 137) && length >= 7) return at + length - 4;
    at += length;
  }
  return headerAt + Ipv4.destination;
}

/** Where the destination is: in the header, or the last address of a routing header (RFC 8200, 8.1). */
function finalDestination6(packet: Packet, headerAt: number): number {
  const destination = headerAt + Ipv6.destination;
  let nextHeader = packet.u8(headerAt + Ipv6.nextHeader);
  for (let at = headerAt + 40; at < packet.end;) {
    switch (nextHeader) {
      case IpProtocol.HopByHop:
      case IpProtocol.DestinationOptions:
      case IpProtocol.Mobility:
      case IpProtocol.MobilityOld:
        nextHeader = packet.u8(at);
        at += (packet.u8(at + 1) + 1) * 8;
        break;
      case IpProtocol.Fragment:
        nextHeader = packet.u8(at);
        at += 8;
        break;
      case IpProtocol.Routing:
        return routedDestination(packet, at) ?? destination;
      default:
        return destination;
    }
  }
  return destination;
}

/** Length of a routing header before its addresses. */
const ROUTING_HEADER = 8;

function routedDestination(packet: Packet, at: number): number | undefined {
  const length = packet.u8(at + 1);
  const type = packet.u8(at + 2);
  const isSegmentRouting = type === 4;
  if ((type !== 0 && type !== 2 && !isSegmentRouting) || length % 2 === 1) return undefined;
  // Segment routing lists its segments backwards (RFC 8754, 2).
  const first = at + ROUTING_HEADER;
  const last = isSegmentRouting ? first : first + 16 * ((length >> 1) - 1);
  if (last < first || !packet.has(last, 16)) return undefined;
  return last;
}
