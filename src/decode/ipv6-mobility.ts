import { Char } from '../text/char.js';
import { Layer } from './field.js';
import { writeHex, writeNumber } from './labelled.js';
import { type BitNames, type Names, writeBits, writeName } from './names.js';
import type { Packet } from './packet.js';

const mobility = new Layer('mip6');
export const MobilityFields = { layer: mobility, type: mobility.number('mhtype') } as const;

/** RFC 6275, 6.1. */
const Type = {
  RefreshRequest: 0,
  HomeTestInit: 1,
  CareOfTestInit: 2,
  HomeTest: 3,
  CareOfTest: 4,
  BindingUpdate: 5,
  BindingAck: 6,
  BindingError: 7,
} as const;

/** As tcpdump spells them (print-mobility.c). */
const TYPE_NAMES: Names = new Map<number, string>([
  [Type.RefreshRequest, 'BRR'],
  [Type.HomeTestInit, 'HoTI'],
  [Type.CareOfTestInit, 'CoTI'],
  [Type.HomeTest, 'HoT'],
  [Type.CareOfTest, 'CoT'],
  [Type.BindingUpdate, 'BU'],
  [Type.BindingAck, 'BA'],
  [Type.BindingError, 'BE'],
]);

/** Bytes that come before the options, by type. */
const FIXED_LENGTHS = [8, 16, 16, 24, 24, 12, 12, 24];

/** Offsets into the header (RFC 6275, 6.1.1). */
const LENGTH = 1;
const TYPE = 2;
/**
 * Two bytes that depend on the type, a sequence number or a status in some, and what follows them.
 */
const FIRST = 6;
const BODY = 8;

const UPDATE_FLAGS: BitNames = [
  [0x80, 'A'],
  [0x40, 'H'],
  [0x20, 'L'],
  [0x10, 'K'],
];
const ANY_UPDATE_FLAG = 0xf0;

const ACK_KEY_MANAGEMENT = 0x80;

/** Lifetimes are in units of four seconds. */
const TIME_UNIT = 4;

/** Type and length. */
const OPTION_HEADER = 2;

const Option = {
  Pad1: 0,
  PadN: 1,
  RefreshAdvice: 2,
  CareOfAddress: 3,
  NonceIndices: 4,
  Authorization: 5,
} as const;

/** tcpdump's names for options that do not fit in the header, and their minimum lengths. */
const OPTION_MINIMA: ReadonlyMap<number, readonly [name: string, length: number]> = new Map([
  [Option.RefreshAdvice, ['refresh', 4]],
  [Option.CareOfAddress, ['altcoa', 18]],
  [Option.NonceIndices, ['ni', 6]],
  [Option.Authorization, ['auth', 12]],
]);

/** A mobility header (RFC 6275, 6.1), the last of an IPv6 datagram. */
export function printMobility(packet: Packet, at: number): void {
  const { line, fields } = packet;
  packet.protocol = 'mobility';
  fields?.layer(MobilityFields.layer);
  fields?.u8(MobilityFields.type, at + TYPE);
  if (!packet.has(at, 2)) {
    packet.writeTruncated();
    return;
  }
  const length = (packet.u8(at + LENGTH) + 1) * 8;
  const type = packet.u8(at + TYPE);
  if (packet.isTruncated()) return;
  const fixedLength = FIXED_LENGTHS[type];
  if (fixedLength !== undefined && length < fixedLength) {
    writeNumber(line, '(header length ', length, ' is too small for type ');
    writeNumber(line, '', type, ')');
    packet.writeTruncated();
    return;
  }
  line.text('mobility: ');
  writeName(line, TYPE_NAMES, type, 'type-#');
  if (fixedLength === undefined) {
    writeNumber(line, ' len=', packet.u8(at + LENGTH));
    return;
  }
  const isWhole = printMessage(packet, type, at) && printOptions(packet, at, fixedLength, length);
  if (!isWhole) packet.writeTruncated();
}

/** A message before its options; false if it was cut off where tcpdump checks. */
function printMessage(packet: Packet, type: number, at: number): boolean {
  const { line } = packet;
  const body = at + BODY;
  switch (type) {
    case Type.HomeTestInit:
    case Type.CareOfTestInit:
      writeToken(packet, type === Type.HomeTestInit ? ' Home Init' : ' Care-of Init', body);
      return true;
    case Type.HomeTest:
    case Type.CareOfTest: {
      const isHome = type === Type.HomeTest;
      writeHex(line, ' nonce id=0x', packet.u16(at + FIRST));
      writeToken(packet, isHome ? ' Home Init' : ' Care-of Init', body);
      writeToken(packet, isHome ? ' Home Keygen' : ' Care-of Keygen', body + 8);
      return true;
    }
    case Type.BindingUpdate: {
      writeNumber(line, ' seq#=', packet.u16(at + FIRST));
      if (!packet.has(body, 2)) return false;
      const flags = packet.u8(body);
      if (flags & ANY_UPDATE_FLAG) {
        line.byte(Char.Space);
        writeBits(line, UPDATE_FLAGS, flags, '', '');
      }
      writeNumber(line, ' lifetime=', packet.u16(body + 2) * TIME_UNIT);
      return true;
    }
    case Type.BindingAck:
      writeNumber(line, ' status=', packet.u8(at + FIRST));
      if (packet.u8(at + FIRST + 1) & ACK_KEY_MANAGEMENT) line.text(' K');
      writeNumber(line, ' seq#=', packet.u16(body));
      writeNumber(line, ' lifetime=', packet.u16(body + 2) * TIME_UNIT);
      return true;
    case Type.BindingError:
      writeNumber(line, ' status=', packet.u8(at + FIRST));
      if (!packet.need(body, 16)) return true;
      line.text(' homeaddr ');
      packet.writeIpv6(body);
      return true;
    default:
      return true;
  }
}

/** With -v: a cookie or a token of two words. */
function writeToken(packet: Packet, label: string, at: number): void {
  if (packet.options.verbosity === 0 || !packet.need(at, 8)) return;
  const { line } = packet;
  line.text(label);
  writeHex(line, label.endsWith('Keygen') ? ' Token=' : ' Cookie=', packet.u32(at), 8);
  writeHex(line, ':', packet.u32(at + 4), 8);
}

/** With -v, RFC 6275, 6.2; false if they were cut off or do not fit the header's length. */
function printOptions(packet: Packet, headerAt: number, offset: number, length: number): boolean {
  const { line } = packet;
  if (packet.options.verbosity === 0) return true;
  const end = headerAt + length;
  for (let at = headerAt + offset; at < end && !packet.isTruncated();) {
    const type = packet.u8(at);
    if (type !== Option.Pad1 && at + 1 >= end) return false;
    const size = type === Option.Pad1 ? 1 : packet.u8(at + 1) + OPTION_HEADER;
    // print-mobility.c also requires one byte after the option.
    if (at + size > end || !packet.has(at + size, 1)) return false;
    const minimum = OPTION_MINIMA.get(type);
    if (minimum !== undefined && end - at < minimum[1]) {
      line.byte(Char.LeftParenthesis);
      line.text(minimum[0]);
      line.text(': trunc)');
      return false;
    }
    printOption(packet, type, at);
    at += size;
  }
  return true;
}

function printOption(packet: Packet, type: number, at: number): void {
  const { line } = packet;
  switch (type) {
    case Option.Pad1:
      line.text('(pad1)');
      return;
    case Option.PadN:
      line.text('(padn)');
      return;
    case Option.RefreshAdvice:
      writeNumber(line, '(refresh: ', packet.u16(at + OPTION_HEADER) * TIME_UNIT, ')');
      return;
    case Option.CareOfAddress:
      if (!packet.need(at + OPTION_HEADER, 16)) return;
      line.text('(alt-CoA: ');
      packet.writeIpv6(at + OPTION_HEADER);
      line.byte(Char.RightParenthesis);
      return;
    case Option.NonceIndices:
      if (!packet.need(at + OPTION_HEADER, 4)) return;
      writeHex(line, '(ni: ho=0x', packet.u16(at + OPTION_HEADER), 4);
      writeHex(line, ' co=0x', packet.u16(at + OPTION_HEADER + 2), 4, ')');
      return;
    case Option.Authorization:
      line.text('(auth)');
      return;
    default:
      writeHex(line, '(type-0x', type, 2);
      writeNumber(line, ': len=', packet.u8(at + 1), ')');
  }
}
