import { Char } from '../text/char.js';
import { printGre } from './gre.js';
import { printIcmp } from './icmp/icmp.js';
import { printIcmp6 } from './icmp6/icmp6.js';
import { IP_PROTOCOL_NAMES, IpProtocol } from './ip-protocol.js';
import { printAh, printEsp } from './ipsec.js';
import { printIgmp } from './multicast/igmp.js';
import { printPim } from './multicast/pim.js';
import { printOspf } from './ospf/ospf.js';
import { printOspf3 } from './ospf/ospf3.js';
import type { Packet } from './packet.js';
import { printSctp } from './sctp.js';
import { printTcp } from './tcp/tcp.js';
import { printUdp } from './udp.js';
import { printVrrp } from './vrrp.js';

/** The payload of the IP datagram that `packet.ip` describes. */
export function printIpPayload(packet: Packet, protocol: number, at: number, length: number): void {
  if (!packet.nest()) return;
  switch (protocol) {
    case IpProtocol.Tcp:
      printTcp(packet, at, length);
      return;
    case IpProtocol.Udp:
      printUdp(packet, at, length);
      return;
    case IpProtocol.Icmp:
    case IpProtocol.Igmp:
      if (packet.ip.version === 6) writeWrongVersion(packet, protocol);
      else if (protocol === IpProtocol.Icmp) printIcmp(packet, at, length);
      else printIgmp(packet, at, length);
      return;
    case IpProtocol.Icmp6:
      if (packet.ip.version === 6) printIcmp6(packet, at, length);
      else writeWrongVersion(packet, protocol);
      return;
    case IpProtocol.Ethernet:
      if (packet.ip.version === 6) packet.decoders.ethernet(packet, at, length);
      else writeWrongVersion(packet, protocol);
      return;
    case IpProtocol.Ah:
      printAuthenticated(packet, at, length);
      return;
    case IpProtocol.None:
      packet.line.text('no next header');
      return;
    case IpProtocol.Nd:
      packet.line.text(' nd ');
      packet.line.decimal(length);
      return;
  }
  const decoder = DECODERS.get(protocol);
  if (decoder !== undefined) {
    decoder(packet, at, length);
    return;
  }
  packet.line.text(' ip-proto-');
  packet.line.decimal(protocol);
  packet.line.byte(Char.Space);
  packet.line.decimal(length);
}

/** Rarer protocols, the same over IPv4 and IPv6. */
const DECODERS: ReadonlyMap<number, (packet: Packet, at: number, length: number) => void> = new Map<
  number,
  (packet: Packet, at: number, length: number) => void
>([
  [IpProtocol.Ipv4, printTunnelled4],
  [IpProtocol.Ipv6, printTunnelled6],
  [IpProtocol.Gre, printGre],
  [IpProtocol.Esp, printEsp],
  [IpProtocol.Sctp, printSctp],
  [IpProtocol.Pim, printPim],
  [IpProtocol.Vrrp, printVrrp],
  [IpProtocol.Ospf, printAnyOspf],
]);

function printTunnelled4(packet: Packet, at: number, length: number): void {
  packet.decoders.ipv4(packet, at, length);
}

function printTunnelled6(packet: Packet, at: number, length: number): void {
  packet.decoders.ipv6(packet, at, length);
}

function printAnyOspf(packet: Packet, at: number, length: number): void {
  if (packet.ip.version === 6) printOspf3(packet, at, length);
  else printOspf(packet, at, length);
}

/** An authentication header, and what it protects. */
function printAuthenticated(packet: Packet, at: number, length: number): void {
  packet.protocol = 'ah';
  if (!packet.has(at, 1)) {
    packet.writeTruncated();
    return;
  }
  const nextHeader = packet.u8(at);
  const headerLength = printAh(packet, at);
  if (headerLength > 0) {
    printIpPayload(packet, nextHeader, at + headerLength, (length - headerLength) >>> 0);
  }
}

function writeWrongVersion(packet: Packet, protocol: number): void {
  packet.line.byte(Char.LeftBracket);
  packet.line.text(IP_PROTOCOL_NAMES.get(protocol) ?? 'unknown');
  packet.line.text(packet.ip.version === 4 ? ' requires IPv6]' : ' requires IPv4]');
  packet.writeInvalid();
}
