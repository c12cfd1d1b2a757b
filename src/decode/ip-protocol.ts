import { printIcmp } from './icmp.js';
import { printIcmp6 } from './icmp6.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import type { Names } from './names.js';
import type { Packet } from './packet.js';
import { printTcp } from './tcp.js';
import { printUdp } from './udp.js';

export const IpProtocol = {
  HopByHop: 0,
  Icmp: 1,
  Igmp: 2,
  Ipv4: 4,
  Tcp: 6,
  Udp: 17,
  Dccp: 33,
  Ipv6: 41,
  Routing: 43,
  Fragment: 44,
  Gre: 47,
  Esp: 50,
  Ah: 51,
  Icmp6: 58,
  None: 59,
  DestinationOptions: 60,
  MobilityOld: 62,
  Nd: 77,
  Ospf: 89,
  Pim: 103,
  IpComp: 108,
  Vrrp: 112,
  Sctp: 132,
  Mobility: 135,
  Ethernet: 143,
} as const;

/** As tcpdump spells them (ipproto.c). */
export const IP_PROTOCOL_NAMES: Names = new Map([
  [0, 'Options'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPIP'],
  [6, 'TCP'],
  [8, 'EGP'],
  [9, 'IGRP'],
  [17, 'UDP'],
  [33, 'DCCP'],
  [41, 'IPv6'],
  [43, 'Routing'],
  [44, 'Fragment'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [55, 'Mobile IP'],
  [58, 'ICMPv6'],
  [62, 'Mobile IP (old)'],
  [88, 'EIGRP'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [108, 'Compressed IP'],
  [112, 'VRRP'],
  [113, 'PGM'],
  [132, 'SCTP'],
  [135, 'Mobility'],
  [143, 'Ethernet'],
]);

/** What an IP datagram carries; `packet.ip` says which datagram. */
export function printIpPayload(packet: Packet, protocol: number, at: number, length: number): void {
  const { line, ip } = packet;
  switch (protocol) {
    case IpProtocol.Tcp:
      printTcp(packet, at, length);
      return;
    case IpProtocol.Udp:
      printUdp(packet, at, length);
      return;
    case IpProtocol.Icmp:
      if (ip.version === 4) printIcmp(packet, at, length);
      else writeWrongVersion(packet, protocol);
      return;
    case IpProtocol.Icmp6:
      if (ip.version === 6) printIcmp6(packet, at, length);
      else writeWrongVersion(packet, protocol);
      return;
    case IpProtocol.Ipv4:
      printIpv4(packet, at, length);
      return;
    case IpProtocol.Ipv6:
      printIpv6(packet, at, length);
      return;
    case IpProtocol.Nd:
      line.text(' nd ');
      line.decimal(length);
      return;
    case IpProtocol.None:
      line.text('no next header');
      return;
    default:
      line.text(' ip-proto-');
      line.decimal(protocol);
      line.byte(0x20);
      line.decimal(length);
  }
}

function writeWrongVersion(packet: Packet, protocol: number): void {
  packet.line.byte(0x5b);
  packet.line.text(IP_PROTOCOL_NAMES.get(protocol) ?? 'unknown');
  packet.line.text(packet.ip.version === 4 ? ' requires IPv6]' : ' requires IPv4]');
  packet.writeInvalid();
}
