import { printArp } from './arp.js';
import { EtherType } from './ethertype.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import { printLldp } from './lldp/lldp.js';
import { printMpls } from './mpls.js';
import type { Packet } from './packet.js';
import { printPpp } from './ppp/ppp.js';
import { printPppoe } from './ppp/pppoe.js';

/** The payload of an EtherType; false if there is no decoder for it. */
export function printEtherType(packet: Packet, type: number, at: number, length: number): boolean {
  switch (type) {
    case EtherType.Ipv4:
      printIpv4(packet, at, length);
      return true;
    case EtherType.Ipv6:
      printIpv6(packet, at, length);
      return true;
    case EtherType.Arp:
    case EtherType.ReverseArp:
      printArp(packet, at, length);
      return true;
    case EtherType.MplsUnicast:
    case EtherType.MplsMulticast:
      printMpls(packet, at, length);
      return true;
    case EtherType.PppoeDiscovery:
    case EtherType.PppoeSession:
    case EtherType.PppoeDiscoveryOld:
    case EtherType.PppoeSessionOld:
      printPppoe(packet, at, length);
      return true;
    case EtherType.Ppp:
      if (length > 0) {
        packet.line.text(': ');
        printPpp(packet, at, length);
      }
      return true;
    case EtherType.Lldp:
      printLldp(packet, at, length);
      return true;
    default:
      return false;
  }
}
