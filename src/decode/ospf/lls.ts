import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { OspfHeader, OspfOptions } from './header.js';
import { Authentication, DIGEST_LENGTH, OSPF_HEADER, OSPF_OPTION_LLS, OspfType } from './names.js';

const Tlv = { ExtendedOptions: 1, Authentication: 2 } as const;

const TLV_NAMES: Names = new Map<number, string>([
  [Tlv.ExtendedOptions, 'Extended Options'],
  [Tlv.Authentication, 'MD5 Authentication'],
]);

const EXTENDED_OPTIONS: BitNames = [
  [0x1, 'LSDB resync'],
  [0x2, 'Restart'],
];

/** The block of link-local signaling (RFC 5613, 2.2) after a packet; `length` is that of both. */
export function printLocalSignalling(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  if (!hasLocalSignalling(packet, start)) return;
  let offset = packet.u16(start + OspfHeader.length);
  if (packet.u16(start + OspfHeader.authenticationType) === Authentication.Digest) {
    offset += packet.u8(start + OspfHeader.authentication + DIGEST_LENGTH);
  }
  if (packet.isTruncated()) return;
  if (offset >= length) {
    line.text('\n\t[LLS truncated]');
    return;
  }
  let at = start + offset;
  if (!packet.need(at, 2)) return;
  writeHex(line, '\n\t  LLS: checksum: 0x', packet.u16(at), 4);
  if (!packet.need(at + 2, 2)) return;
  writeNumber(line, ', length: ', packet.u16(at + 2));
  at += 4;
  while (at < start + length && packet.need(at, 2)) at = printTlv(packet, at);
}

function hasLocalSignalling(packet: Packet, start: number): boolean {
  const body = start + OSPF_HEADER;
  switch (packet.u8(start + OspfHeader.type)) {
    case OspfType.Hello:
      return (packet.u8(body + OspfOptions.hello) & OSPF_OPTION_LLS) !== 0;
    case OspfType.DatabaseDescription:
      return (packet.u8(body + OspfOptions.description) & OSPF_OPTION_LLS) !== 0;
    default:
      return false;
  }
}

/** Returns where the next one begins, at least four bytes on. */
function printTlv(packet: Packet, at: number): number {
  const { line } = packet;
  const type = packet.u16(at);
  line.text('\n\t    ');
  line.text(TLV_NAMES.get(type) ?? 'Unknown TLV');
  writeNumber(line, ' (', type, ')');
  if (!packet.need(at + 2, 2)) return at + 4;
  const length = packet.u16(at + 2);
  writeNumber(line, ', length: ', length);
  const data = at + 4;
  switch (type) {
    case Tlv.ExtendedOptions: {
      if (length !== 4) line.text(' [should be 4]');
      if (!packet.need(data, 4)) break;
      const options = packet.u32(data);
      writeHex(line, '\n\t      Options: 0x', options, 8, ' [');
      writeBits(line, EXTENDED_OPTIONS, options, '?');
      line.byte(Char.RightBracket);
      return data + 4;
    }
    case Tlv.Authentication:
      if (length !== 20) line.text(' [should be 20]');
      if (!packet.need(data, 4)) break;
      writeHex(line, '\n\t      Sequence number: 0x', packet.u32(data), 8);
      return data + 20;
  }
  return data + length;
}
