import { Char } from '../../text/char.js';
import { type Names, writeName } from '../names.js';
import type { Packet } from '../packet.js';
import { writeShortPrefix } from '../short-prefix.js';
import { writeDomainName } from './name.js';
import {
  DNSSEC_ALGORITHM_NAMES,
  DNSSEC_DIGEST_NAMES,
  EDNS_OPTION_NAMES,
  EdnsOption,
  NSEC3_HASH_NAMES,
} from './names.js';

/** The options of an OPT record, ` […]`; false if one was cut off. */
export function printEdnsOptions(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  if (start >= end) return true;
  line.text(' [');
  for (let at = start; at < end;) {
    const next = printOption(packet, at);
    if (next < 0) return false;
    if (next < end) line.byte(Char.Comma);
    at = next;
  }
  line.byte(Char.RightBracket);
  return true;
}

/** Returns where the option ends; -1 if it was cut off. */
function printOption(packet: Packet, at: number): number {
  const { line } = packet;
  if (!packet.has(at, 2)) return -1;
  const option = packet.u16(at);
  writeName(line, EDNS_OPTION_NAMES, option, 'Opt');
  if (!packet.has(at + 2, 2)) return -1;
  const length = packet.u16(at + 2);
  const data = at + 4;
  if (!packet.has(data, length)) return -1;
  if (length > 0) {
    line.byte(Char.Space);
    printData(packet, option, data, length);
  }
  return data + length;
}

function printData(packet: Packet, option: number, at: number, length: number): void {
  const { line } = packet;
  switch (option) {
    case EdnsOption.ClientSubnet:
      printClientSubnet(packet, at, length);
      break;
    case EdnsOption.Cookie:
      printCookie(packet, at, length);
      break;
    case EdnsOption.KeepAlive:
      if (length !== 2) {
        packet.writeInvalid();
      } else {
        const tenths = packet.u16(at);
        line.decimal(Math.floor(tenths / 10));
        line.byte(Char.Dot);
        line.decimal(tenths % 10);
        line.text(' sec');
      }
      break;
    case EdnsOption.Expire:
      if (length !== 4) {
        packet.writeInvalid();
      } else {
        line.decimal(packet.u32(at));
        line.text(' sec');
      }
      break;
    case EdnsOption.Padding:
      line.byte(Char.LeftParenthesis);
      line.decimal(length);
      line.byte(Char.RightParenthesis);
      break;
    case EdnsOption.KeyTag:
      printKeyTags(packet, at, length);
      break;
    case EdnsOption.Dau:
      printAlgorithms(packet, DNSSEC_ALGORITHM_NAMES, at, length);
      break;
    case EdnsOption.Dhu:
      printAlgorithms(packet, DNSSEC_DIGEST_NAMES, at, length);
      break;
    case EdnsOption.N3u:
      printAlgorithms(packet, NSEC3_HASH_NAMES, at, length);
      break;
    case EdnsOption.Chain:
      // An uncompressed name; tcpdump takes pointers to count from the option's end.
      writeDomainName(packet, at, at + length);
      break;
    default:
      packet.writeHexBytes(at, length);
  }
}

/** RFC 7871, 6. */
function printClientSubnet(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const family = length < 4 ? 0 : packet.u16(at);
  const sourceBits = length < 4 ? 0 : packet.u8(at + 2);
  const scopeBits = length < 4 ? 0 : packet.u8(at + 3);
  const addressBits = family === 1 ? 32 : family === 2 ? 128 : 0;
  const isValid =
    addressBits > 0 &&
    sourceBits <= addressBits &&
    scopeBits <= addressBits &&
    (sourceBits + 7) >> 3 === length - 4;
  if (!isValid) {
    packet.writeInvalid();
    return;
  }
  if (family === 1) {
    let address = 0;
    for (let i = 0; i < 4; i++)
      address = (address << 8) | (i < length - 4 ? packet.u8(at + 4 + i) : 0);
    line.ipv4(address);
  } else {
    writeShortPrefix(packet, at + 4, length - 4);
  }
  line.byte(Char.Slash);
  line.decimal(sourceBits);
  line.byte(Char.Slash);
  line.decimal(scopeBits);
}

/** RFC 7873, 4: eight bytes of the client, and the server's. */
function printCookie(packet: Packet, at: number, length: number): void {
  if (length < 8 || (length > 8 && length < 16) || length > 40) {
    packet.writeInvalid();
    return;
  }
  packet.writeHexBytes(at, 8);
  if (length > 8) {
    packet.line.byte(Char.Space);
    packet.writeHexBytes(at + 8, length - 8);
  }
}

function printKeyTags(packet: Packet, at: number, length: number): void {
  if (length % 2 !== 0) {
    packet.writeInvalid();
    return;
  }
  for (let i = 0; i < length; i += 2) {
    if (i > 0) packet.line.byte(Char.Space);
    packet.line.decimal(packet.u16(at + i));
  }
}

function printAlgorithms(packet: Packet, names: Names, at: number, length: number): void {
  for (let i = 0; i < length; i++) {
    if (i > 0) packet.line.byte(Char.Space);
    writeName(packet.line, names, packet.u8(at + i), 'Alg_');
  }
}
