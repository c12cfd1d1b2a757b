import { Char } from '../../text/char.js';
import { type BitNames, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { Icmp6 } from './header.js';
import { printNeighborOptions, ROUTER_PREFERENCES } from './options.js';

/** Lengths of the messages without their options. */
const ADVERTISEMENT = 16;
const MOBILE_ADVERTISEMENT = 8;

const ROUTER_FLAGS: BitNames = [
  [0x80, 'managed'],
  [0x40, 'other stateful'],
  [0x20, 'home agent'],
  [0x02, 'ipv6 only'],
];

/** With -v (RFC 4861, 4.2). */
export function printRouterAdvertisement(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (!packet.need(at, ADVERTISEMENT)) return false;
  const flags = packet.u8(at + 5);
  line.text('\n\thop limit ');
  line.decimal(packet.u8(at + 4));
  line.text(', Flags [');
  writeBits(line, ROUTER_FLAGS, flags);
  line.text('], pref ');
  line.text(ROUTER_PREFERENCES[(flags >> 3) & 3] ?? '');
  line.text(', router lifetime ');
  line.decimal(packet.u16(at + 6));
  line.text('s, reachable time ');
  line.decimal(packet.u32(at + 8));
  line.text('ms, retrans timer ');
  line.decimal(packet.u32(at + 12));
  line.text('ms');
  return printNeighborOptions(packet, at + ADVERTISEMENT, length - ADVERTISEMENT);
}

/** With -v (RFC 6275, 6.8). */
export function printMobilePrefixAdvertisement(
  packet: Packet,
  at: number,
  length: number,
): boolean {
  const { line } = packet;
  writeIdentifier(packet, at);
  const flags = packet.u16(at + 6);
  if (flags & 0xc000) line.byte(Char.Space);
  if (flags & 0x8000) line.byte(Char.M);
  if (flags & 0x4000) line.byte(Char.O);
  return printNeighborOptions(packet, at + MOBILE_ADVERTISEMENT, length - MOBILE_ADVERTISEMENT);
}

/** The identifier of a mobile host's message. */
export function writeIdentifier(packet: Packet, at: number): void {
  const identifier = packet.u16(at + Icmp6.identifier);
  packet.line.text(', id 0x');
  packet.line.hex(identifier, 4);
}
