import { Char } from '../../text/char.js';
import { writeDomainName } from '../dns/name.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { writeShortPrefix } from '../short-prefix.js';
import { dumpUnknownHex } from '../unknown.js';

/** Type and length. */
const HEADER = 2;
/** Those, two reserved bytes and a lifetime, in the options for DNS (RFC 8106, 5). */
const RESOLVER_HEADER = 8;

const Option = {
  SourceLinkAddress: 1,
  TargetLinkAddress: 2,
  Prefix: 3,
  Redirected: 4,
  Mtu: 5,
  AdvertisementInterval: 7,
  HomeAgent: 8,
  Route: 24,
  RecursiveDns: 25,
  DnsSearchList: 31,
} as const;

const OPTION_NAMES: Names = new Map<number, string>([
  [Option.SourceLinkAddress, 'source link-address'],
  [Option.TargetLinkAddress, 'destination link-address'],
  [Option.Prefix, 'prefix info'],
  [Option.Redirected, 'redirected header'],
  [Option.Mtu, 'mtu'],
  [Option.RecursiveDns, 'rdnss'],
  [Option.DnsSearchList, 'dnssl'],
  [Option.AdvertisementInterval, 'advertisement interval'],
  [Option.HomeAgent, 'homeagent information'],
  [Option.Route, 'route info'],
]);

const PREFIX_FLAGS: BitNames = [
  [0x80, 'onlink'],
  [0x40, 'auto'],
  [0x20, 'router'],
];

/** Router preference, bits 3 and 4 of a router's or route's flags (RFC 4191, 2.1). */
export const ROUTER_PREFERENCES = ['medium', 'high', 'rsv', 'low'];

const INFINITE = 0xffff_ffff;

/**
 * The options of neighbour discovery (RFC 4861, 4.6), a line each; false if they were cut off or
 * their lengths are wrong, which has then been reported.
 */
export function printNeighborOptions(packet: Packet, start: number, length: number): boolean {
  const { line, options } = packet;
  for (let at = start; at < packet.end && !packet.isTruncated();) {
    if (!packet.has(at, HEADER)) return refuse(packet);
    if (at - start >= length) return true;
    const type = packet.u8(at);
    const units = packet.u8(at + 1);
    const size = units * 8;
    if (units === 0 || !packet.has(at, size)) return refuse(packet);
    line.text('\n\t  ');
    line.text(OPTION_NAMES.get(type) ?? 'unknown');
    line.text(' option (');
    line.decimal(type);
    line.text('), length ');
    line.decimal(size);
    line.text(' (');
    line.decimal(units);
    line.text('): ');
    if (!OPTION_NAMES.has(type) && options.verbosity <= 1) {
      dumpUnknownHex(packet, at + HEADER, size - HEADER, '\n\t  ');
      return true;
    }
    if (!printOption(packet, type, at, units, start)) return refuse(packet);
    if (options.verbosity > 1) dumpUnknownHex(packet, at + HEADER, size - HEADER, '\n\t    ');
    at += size;
  }
  return true;
}

function refuse(packet: Packet): false {
  packet.writeTruncated();
  return false;
}

/** The data of an option of `units` times eight bytes. */
function printOption(
  packet: Packet,
  type: number,
  at: number,
  units: number,
  start: number,
): boolean {
  const { line } = packet;
  switch (type) {
    case Option.SourceLinkAddress:
    case Option.TargetLinkAddress:
      line.linkAddress(packet.view, at + HEADER, units * 8 - HEADER);
      return true;
    case Option.Prefix:
      printPrefix(packet, at, units);
      return true;
    case Option.Redirected:
      dumpUnknownHex(packet, start, units * 8, '\n\t    ');
      return true;
    case Option.Mtu:
      line.byte(Char.Space);
      line.decimal(packet.u32(at + 4));
      if (units !== 1) line.text('bad option length');
      return true;
    case Option.RecursiveDns:
      writeLifetimeInFront(packet, at);
      line.byte(Char.Comma);
      for (let i = 0; i < (units - 1) >> 1; i++) {
        line.text(' addr: ');
        packet.writeIpv6(at + RESOLVER_HEADER + 16 * i);
      }
      return true;
    case Option.DnsSearchList:
      writeLifetimeInFront(packet, at);
      line.text(', domain(s):');
      return printDomains(packet, at + RESOLVER_HEADER, at + units * 8, start);
    case Option.AdvertisementInterval:
      line.byte(Char.Space);
      line.decimal(packet.u32(at + 4));
      line.text('ms');
      return true;
    case Option.HomeAgent:
      line.text(' preference ');
      line.decimal(packet.u16(at + 4));
      line.text(', lifetime ');
      line.decimal(packet.u16(at + 6));
      return true;
    case Option.Route:
      return printRoute(packet, at, units);
    default:
      return true;
  }
}

function writeLifetimeInFront(packet: Packet, at: number): void {
  packet.line.text(' lifetime ');
  packet.line.decimal(packet.u32(at + 4));
  packet.line.byte(Char.LowerS);
}

function writeLifetime(packet: Packet, seconds: number): void {
  if (seconds === INFINITE) {
    packet.line.text('infinity');
  } else {
    packet.line.decimal(seconds);
    packet.line.byte(Char.LowerS);
  }
}

function printPrefix(packet: Packet, at: number, units: number): void {
  const { line } = packet;
  if (!packet.need(at, 32)) return;
  packet.writeIpv6(at + 16);
  line.byte(Char.Slash);
  line.decimal(packet.u8(at + 2));
  if (units !== 4) line.text('badlen');
  line.text(', Flags [');
  writeBits(line, PREFIX_FLAGS, packet.u8(at + 3));
  line.text('], valid time ');
  writeLifetime(packet, packet.u32(at + 4));
  line.text(', pref. time ');
  writeLifetime(packet, packet.u32(at + 8));
}

function printDomains(packet: Packet, at: number, end: number, start: number): boolean {
  for (let name = at; name < end && packet.u8(name) !== 0 && !packet.isTruncated();) {
    packet.line.byte(Char.Space);
    const after = writeDomainName(packet, name, start);
    if (after < 0) return false;
    name = after;
  }
  return true;
}

/** A prefix of as many bytes as the option has room for (RFC 4191, 2.3). */
function printRoute(packet: Packet, at: number, units: number): boolean {
  const { line } = packet;
  if (units > 3) return false;
  line.byte(Char.Space);
  writeShortPrefix(packet, at + 8, (units - 1) * 8);
  line.byte(Char.Slash);
  line.decimal(packet.u8(at + 2));
  line.text(', pref=');
  line.text(ROUTER_PREFERENCES[(packet.u8(at + 3) >> 3) & 3] ?? '');
  line.text(', lifetime=');
  writeLifetime(packet, packet.u32(at + 4));
  return true;
}
