import { checksum } from '../checksum.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { Icmp } from './header.js';

/** Offset of the extension: after the header and 128 bytes of quoted datagram (RFC 4884, 5.5). */
export const EXTENSION = 136;
const EXTENSION_HEADER = 4;
const OBJECT_HEADER = 4;
const VERSION = 2;
const CLASS_MPLS = 1;

const CLASS_NAMES: Names = new Map([
  [CLASS_MPLS, 'MPLS Stack Entry'],
  [2, 'Interface Identification'],
]);

/** Whether an extension follows the datagram that the message quotes. */
export function hasMultiPartExtension(packet: Packet, at: number, length: number): boolean {
  const left = length - EXTENSION;
  if (left <= 0) return false;
  // Without a length in the message, only a correct checksum shows that there is an extension.
  const start = at + EXTENSION;
  const hasLength = packet.u8(at + Icmp.quotedWords) !== 0;
  return hasLength || !packet.has(start, left) || checksum(packet, start, left) === 0;
}

/** The multi-part extension of an ICMP message (RFC 4884, RFC 4950), if there is one. */
export function printMultiPartExtension(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!hasMultiPartExtension(packet, at, length)) return;
  const start = at + EXTENSION;
  let left = length - EXTENSION;
  if (!packet.has(start, 5)) {
    packet.writeTruncated();
    return;
  }
  const isWhole = packet.has(start, left);
  const version = packet.u8(start) >> 4;
  line.text('\n\tICMP Multi-Part extension v');
  line.decimal(version);
  if (version !== VERSION) {
    line.text(' packet not supported');
    return;
  }
  if (isWhole) {
    line.text(', checksum 0x');
    line.hex(packet.u16(start + 2), 4);
    line.text(
      checksum(packet, start, left) === 0 ? ' (correct), length ' : ' (incorrect), length ',
    );
    line.decimal(left);
  }
  left -= EXTENSION_HEADER;
  for (let object = start + EXTENSION_HEADER; left > OBJECT_HEADER && !packet.isTruncated();) {
    if (!packet.has(object, OBJECT_HEADER)) {
      packet.writeTruncated();
      return;
    }
    const bodyLength = printObject(packet, object);
    left -= OBJECT_HEADER + bodyLength;
    object += OBJECT_HEADER + bodyLength;
    if (bodyLength < 0 || left < 0) return;
  }
}

/** Returns the length after the object's header, or -1 to stop decoding. */
function printObject(packet: Packet, at: number): number {
  const { line } = packet;
  const length = packet.u16(at);
  const classNumber = packet.u8(at + 2);
  const type = packet.u8(at + 3);
  line.text('\n\t  ');
  line.text(CLASS_NAMES.get(classNumber) ?? 'unknown');
  line.text(' Object (');
  line.decimal(classNumber);
  line.text('), Class-Type: ');
  line.decimal(type);
  line.text(', length ');
  line.decimal(length);
  if (classNumber === 0 || length < OBJECT_HEADER) return -1;
  const body = at + OBJECT_HEADER;
  if (classNumber === CLASS_MPLS && type === 1) {
    const entry = packet.u32(body);
    if (packet.isTruncated()) return -1;
    line.text('\n\t    label ');
    line.decimal(entry >>> 12);
    line.text(', tc ');
    line.decimal((entry >>> 9) & 7);
    if (entry & 0x100) line.text(', [S]');
    line.text(', ttl ');
    line.decimal(entry & 0xff);
  } else {
    dumpUnknownHex(packet, body, length - OBJECT_HEADER, '\n\t    ');
  }
  return length - OBJECT_HEADER;
}
