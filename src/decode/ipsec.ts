import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { Packet } from './packet.js';

const ah = new Layer('ah');
export const AhFields = {
  layer: ah,
  index: ah.number('spi'),
  sequence: ah.number('sequence'),
} as const;

const esp = new Layer('esp');
export const EspFields = {
  layer: esp,
  index: esp.number('spi'),
  sequence: esp.number('sequence'),
} as const;

/** Offsets into an authentication header (RFC 4302, 2). */
const AH_INDEX = 4;
const AH_SEQUENCE = 8;
const AH_DATA = 12;

/** Offset into an encapsulated security payload, which begins with the index (RFC 4303, 2). */
const ESP_SEQUENCE = 4;

/** An authentication header (RFC 4302). Returns its length. */
export function printAh(packet: Packet, at: number): number {
  const { line } = packet;
  packet.protocol = 'ah';
  packet.fields?.layer(AhFields.layer);
  packet.fields?.u32(AhFields.index, at + AH_INDEX);
  packet.fields?.u32(AhFields.sequence, at + AH_SEQUENCE);
  line.text('AH');
  const words = packet.u8(at + 1);
  if (packet.isTruncated()) return 0;
  const length = (words + 2) * 4;
  line.byte(Char.LeftParenthesis);
  if (packet.options.verbosity > 0) {
    line.text('length=');
    line.decimal(words);
    line.byte(Char.LeftParenthesis);
    line.decimal(length);
    line.text('-bytes),');
  }
  const reserved = packet.u16(at + 2);
  if (reserved !== 0) {
    line.text('reserved=0x');
    line.hex(reserved);
    line.text('[MustBeZero],');
  }
  const index = packet.u32(at + AH_INDEX);
  if (packet.isTruncated()) return 0;
  line.text('spi=0x');
  line.hex(index, 8);
  line.byte(Char.Comma);
  const sequence = packet.u32(at + AH_SEQUENCE);
  if (packet.isTruncated()) return 0;
  line.text('seq=0x');
  line.hex(sequence);
  line.text(',icv=0x');
  packet.writeHexBytes(at + AH_DATA, length - AH_DATA);
  line.text('): ');
  return length;
}

/** An encapsulated security payload (RFC 4303), which is not decrypted. */
export function printEsp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'esp';
  packet.fields?.layer(EspFields.layer);
  packet.fields?.u32(EspFields.index, at);
  packet.fields?.u32(EspFields.sequence, at + ESP_SEQUENCE);
  // tcpdump also requires one byte after the header.
  if (!packet.has(at, 9)) {
    packet.writeTruncated();
    return;
  }
  line.text('ESP(spi=0x');
  line.hex(packet.u32(at), 8);
  line.text(',seq=0x');
  line.hex(packet.u32(at + ESP_SEQUENCE));
  line.text('), length ');
  line.decimal(length);
}
