import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { Packet } from './packet.js';

export const HopByHopLayer = new Layer('ipv6.hopopts');

export const DestinationOptionsLayer = new Layer('ipv6.dstopts');

const Option = {
  Pad1: 0,
  PadN: 1,
  RouterAlert: 5,
  Jumbo: 0xc2,
  HomeAddress: 0xc9,
} as const;

/** Next header and length, before the options. */
const HEADER = 2;
/** Type and length of an option, and the lengths of options including them. */
const OPTION_HEADER = 2;
const ROUTER_ALERT = 4;
const JUMBO = 6;
const HOME_ADDRESS = 18;

// Each returns the length of its header, or -1 to stop decoding.

/** RFC 8200, 4.3. A jumbo payload length (RFC 2675) is left in `packet.jumbo`. */
export function printHopByHopOptions(packet: Packet, at: number): number {
  packet.protocol = 'hbhopt';
  packet.fields?.layer(HopByHopLayer);
  const length = (packet.u8(at + 1) + 1) * 8;
  if (!packet.has(at, length)) {
    packet.writeTruncated();
    return -1;
  }
  packet.line.text('HBH ');
  if (printOptions(packet, at + HEADER, length - HEADER, true)) return length;
  packet.writeTruncated();
  return -1;
}

/** RFC 8200, 4.6. */
export function printDestinationOptions(packet: Packet, at: number): number {
  packet.protocol = 'dstopt';
  packet.fields?.layer(DestinationOptionsLayer);
  const length = (packet.u8(at + 1) + 1) * 8;
  if (!packet.has(at, length)) {
    packet.writeTruncated();
    return -1;
  }
  packet.line.text('DSTOPT ');
  if (packet.options.verbosity === 0 || printOptions(packet, at + HEADER, length - HEADER, false)) {
    return length;
  }
  packet.writeTruncated();
  return -1;
}

/** The options of a hop-by-hop or destination header; false if their lengths are wrong. */
function printOptions(packet: Packet, start: number, length: number, isHopByHop: boolean): boolean {
  const { line } = packet;
  const isVerbose = packet.options.verbosity > 0;
  const end = start + length;
  let jumboSeen = false;
  for (let at = start; at < end && !packet.isTruncated();) {
    const type = packet.u8(at);
    if (type === Option.Pad1) {
      if (isVerbose) line.text('(pad1)');
      at++;
      continue;
    }
    if (at + 1 >= end) return false;
    const bodyLength = packet.u8(at + 1);
    if (at + OPTION_HEADER + bodyLength > end) return false;
    switch (type) {
      case Option.PadN:
        if (isVerbose) line.text('(padn)');
        break;
      case Option.RouterAlert:
        if (!checkLength(packet, 'rtalert', end - at, bodyLength, ROUTER_ALERT)) return false;
        if (isVerbose) {
          line.text('(rtalert: 0x');
          line.hex(packet.u16(at + OPTION_HEADER), 4);
          line.text(') ');
        }
        break;
      case Option.Jumbo:
        if (!checkLength(packet, 'jumbo', end - at, bodyLength, JUMBO)) return false;
        takeJumbo(packet, packet.u32(at + OPTION_HEADER), isHopByHop, jumboSeen);
        jumboSeen = true;
        break;
      case Option.HomeAddress:
        if (!printHomeAddress(packet, at, end - at, bodyLength)) return false;
        break;
      default:
        if (isVerbose) {
          line.text('(opt_type 0x');
          line.hex(type, 2);
          line.text(': len=');
          line.decimal(bodyLength);
          line.byte(Char.RightParenthesis);
        }
    }
    at += OPTION_HEADER + bodyLength;
  }
  if (isVerbose) line.byte(Char.Space);
  return true;
}

/** For an option of a fixed length, type and length included. */
function checkLength(
  packet: Packet,
  name: string,
  available: number,
  bodyLength: number,
  expected: number,
): boolean {
  const { line } = packet;
  if (available >= expected && bodyLength === expected - OPTION_HEADER) return true;
  line.byte(Char.LeftParenthesis);
  line.text(name);
  if (available < expected) {
    line.text(': trunc)');
  } else {
    line.text(': invalid len ');
    line.decimal(bodyLength);
    line.byte(Char.RightParenthesis);
  }
  return false;
}

function takeJumbo(packet: Packet, length: number, isHopByHop: boolean, isSecond: boolean): void {
  const { line, jumbo } = packet;
  let problem = '';
  if (isSecond) problem = ' - already seen';
  else if (!isHopByHop) problem = ' - not a hop-by-hop option';
  else if (jumbo.payloadLength !== 0) problem = ' - payload len != 0';
  else if (length < 65536) problem = ' - < 65536';
  else {
    jumbo.found = true;
    jumbo.payloadLength = length;
  }
  if (packet.options.verbosity === 0) return;
  line.text('(jumbo: ');
  line.decimal(length);
  line.text(problem);
  line.text(') ');
}

function printHomeAddress(
  packet: Packet,
  at: number,
  available: number,
  bodyLength: number,
): boolean {
  const { line } = packet;
  if (available < HOME_ADDRESS || bodyLength < HOME_ADDRESS - OPTION_HEADER) {
    return checkLength(packet, 'homeaddr', available, bodyLength, HOME_ADDRESS);
  }
  if (packet.options.verbosity === 0) return true;
  line.text('(homeaddr: ');
  packet.writeIpv6(at + OPTION_HEADER);
  if (!printSubOptions(packet, at + HOME_ADDRESS, bodyLength - (HOME_ADDRESS - OPTION_HEADER))) {
    return false;
  }
  line.byte(Char.RightParenthesis);
  return true;
}

function printSubOptions(packet: Packet, start: number, length: number): boolean {
  const { line } = packet;
  const end = start + length;
  for (let at = start; at < end && !packet.isTruncated();) {
    const type = packet.u8(at);
    if (type === Option.Pad1) {
      line.text(', pad1');
      at++;
      continue;
    }
    if (at + 1 >= end) return false;
    const bodyLength = packet.u8(at + 1);
    if (at + OPTION_HEADER + bodyLength > end) return false;
    if (type === Option.PadN) {
      line.text(', padn');
    } else {
      line.text(', sopt_type 0x');
      line.hex(type, 2);
      line.text(': len=');
      line.decimal(bodyLength);
    }
    at += OPTION_HEADER + bodyLength;
  }
  return true;
}
