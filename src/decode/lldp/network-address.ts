import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';

const Family = { Ipv4: 1, Ipv6: 2, Ieee802: 6 } as const;

/** IANA's address family numbers, as tcpdump spells them (af_values in af.c). */
const FAMILY_NAMES: Names = new Map<number, string>([
  [0, 'Reserved'],
  [Family.Ipv4, 'IPv4'],
  [Family.Ipv6, 'IPv6'],
  [3, 'NSAP'],
  [4, 'HDLC'],
  [5, 'BBN 1822'],
  [Family.Ieee802, '802'],
  [7, 'E.163'],
  [8, 'E.164'],
  [9, 'F.69'],
  [10, 'X.121'],
  [11, 'Novell IPX'],
  [12, 'Appletalk'],
  [13, 'Decnet IV'],
  [14, 'Banyan Vines'],
  [15, 'E.164 with NSAP subaddress'],
  [25, 'VPLS'],
  [196, 'Layer-2 VPN'],
]);

const SIZES: ReadonlyMap<number, number> = new Map<number, number>([
  [Family.Ipv4, 4],
  [Family.Ipv6, 16],
  [Family.Ieee802, 6],
]);

/** Whether `length` bytes hold a family and an address of that family. */
export function hasNetworkAddress(packet: Packet, at: number, length: number): boolean {
  return length >= 1 && length - 1 >= (SIZES.get(packet.u8(at)) ?? 0);
}

/** A one-byte family and an address, as in LLDP (IEEE 802.1AB, 8.5.2.3). */
export function writeNetworkAddress(packet: Packet, at: number): void {
  const { line } = packet;
  const family = packet.u8(at);
  line.text('AFI ');
  line.text(FAMILY_NAMES.get(family) ?? 'Unknown');
  writeNumber(line, ' (', family, ')');
  if (!SIZES.has(family)) {
    line.text(', no AF printer !');
    return;
  }
  line.text(': ');
  if (family === Family.Ipv4) packet.writeIpv4(at + 1);
  else if (family === Family.Ipv6) packet.writeIpv6(at + 1);
  else packet.writeMac(at + 1);
}
