import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';

/** Writes an option's data, all of which was captured; returns how many bytes are left over. */
export type OptionWriter = (packet: Packet, at: number, length: number) => number;

/** A list of items of `size` bytes. */
function listOf(
  size: number,
  separator: number,
  writeItem: (packet: Packet, at: number) => void,
): OptionWriter {
  return (packet, start, length) => {
    const end = start + length;
    let at = start;
    for (; end - at >= size; at += size) {
      if (at > start) packet.line.byte(separator);
      writeItem(packet, at);
    }
    return end - at;
  };
}

export const writeAddresses = listOf(4, Char.Comma, (packet, at) => {
  packet.writeIpv4(at);
});

export const writeAddressPairs = listOf(8, Char.Comma, (packet, at) => {
  packet.line.byte(Char.LeftParenthesis);
  packet.writeIpv4(at);
  packet.line.byte(Char.Colon);
  packet.writeIpv4(at + 4);
  packet.line.byte(Char.RightParenthesis);
});

export const writeUnsignedWords = listOf(4, Char.Comma, (packet, at) => {
  packet.line.decimal(packet.u32(at));
});

export const writeSignedWords = listOf(4, Char.Comma, (packet, at) => {
  packet.line.signedDecimal(packet.u32(at) | 0);
});

export const writeShorts = listOf(2, Char.Comma, (packet, at) => {
  packet.line.decimal(packet.u16(at));
});

export const writeBytes = listOf(1, Char.Dot, (packet, at) => {
  packet.line.decimal(packet.u8(at));
});

export const writeBooleans = listOf(1, Char.Comma, (packet, at) => {
  const value = packet.u8(at);
  if (value === 0) {
    packet.line.byte(Char.N);
  } else if (value === 1) {
    packet.line.byte(Char.Y);
  } else {
    packet.line.decimal(value);
    packet.line.byte(Char.Question);
  }
});

/** In quotes. */
export function writeQuoted(packet: Packet, at: number, length: number): 0 {
  packet.line.byte(Char.Quote);
  packet.writeEscaped(at, length);
  packet.line.byte(Char.Quote);
  return 0;
}
