import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';

const TYPE_MASK = 0xc0;
const POINTER = 0xc0;
const RESERVED = 0x80;
const EXTENDED = 0x40;
/** The only extended label type ever defined, since abandoned: a bit string (RFC 6891, 5). */
const BIT_LABEL = 0x41;

/** Longest name (RFC 1035, 3.1). */
const MAX_NAME = 255;
/**
 * How many bytes of labels and pointers are followed for one name: twice the longest valid name. A
 * two-byte pointer could stand for 16 KiB of them, and a message can hold thousands of pointers.
 */
const MAX_FOLLOWED = 512;

/** Where the name that begins at `start` ends; -1 if it is malformed or cut off. */
export function skipDomainName(packet: Packet, start: number): number {
  let at = start;
  for (;;) {
    if (!packet.has(at, 1)) return -1;
    const label = packet.u8(at);
    at++;
    if (label === 0) return at;
    switch (label & TYPE_MASK) {
      case POINTER:
        return at + 1;
      case RESERVED:
        return -1;
      case EXTENDED:
        if (label !== BIT_LABEL || !packet.has(at, 1)) return -1;
        at += 1 + bitLabelBytes(packet.u8(at));
        break;
      default:
        at += label;
    }
  }
}

/**
 * Writes the name at `start`, escaped for display; pointers count from `message`, and each must
 * point further back than the last. Returns where the name ends; -1 if it is malformed or cut off.
 */
export function writeDomainName(packet: Packet, start: number, message: number): number {
  const { line } = packet;
  let at = start;
  // Unsigned in tcpdump: a name before `message` may begin with any pointer.
  let limit = (start - message) >>> 0;
  /** Where the name ends in place; known once a pointer has been followed. */
  let end = -1;
  let characters = 0;
  let followed = 0;
  for (let isFirst = true; ; isFirst = false) {
    if (followed > MAX_FOLLOWED) {
      characters = MAX_NAME + 1;
      if (end < 0) end = skipDomainName(packet, at);
      break;
    }
    const length = labelLength(packet, at);
    if (length < 0) return -1;
    const label = packet.u8(at);
    at++;
    if (label === 0) {
      if (isFirst) line.byte(Char.Dot);
      break;
    }
    // A label that begins where the capture ends is silently skipped (print-domain.c).
    if (at >= packet.end && !(isFirst && (label & TYPE_MASK) === POINTER)) break;
    if ((label & TYPE_MASK) === POINTER) {
      if (!packet.has(at, 1)) return -1;
      if (end < 0) end = at + 1;
      const target = ((label << 8) | packet.u8(at)) & 0x3fff;
      if (target >= limit) {
        line.text('<BAD PTR>');
        return -1;
      }
      limit = target;
      at = message + target;
      followed += 2;
      continue;
    }
    if ((label & TYPE_MASK) === EXTENDED) {
      if (!writeBitLabel(packet, at)) return -1;
    } else {
      const room = Math.max(0, MAX_NAME - characters);
      if (!packet.writeEscaped(at, Math.min(length, room))) return -1;
      characters += length;
    }
    at += length;
    followed += 1 + length;
    if (characters <= MAX_NAME) line.byte(Char.Dot);
    characters++;
    if (!packet.has(at, 1)) return -1;
  }
  if (characters > MAX_NAME) line.text('<DOMAIN NAME TOO LONG>');
  return end < 0 ? at : end;
}

/** Length of a label after its first byte; -1 if there is no valid label. */
function labelLength(packet: Packet, at: number): number {
  if (!packet.has(at, 1)) return -1;
  const label = packet.u8(at);
  switch (label & TYPE_MASK) {
    case EXTENDED:
      if (label !== BIT_LABEL) {
        packet.line.text('<ELT ');
        packet.line.decimal(label & ~TYPE_MASK);
        packet.line.byte(Char.Greater);
        return -1;
      }
      return packet.has(at + 1, 1) ? bitLabelBytes(packet.u8(at + 1)) + 1 : -1;
    case RESERVED:
      packet.line.text('<BAD LABEL TYPE>');
      return -1;
    default:
      return label;
  }
}

/** Bytes of a bit string of `count` bits; 0 stands for 256. */
function bitLabelBytes(count: number): number {
  return ((count === 0 ? 256 : count) + 7) >> 3;
}

/** `\[x0123/16]`; false if it was cut off. */
function writeBitLabel(packet: Packet, at: number): boolean {
  const { line } = packet;
  const count = packet.u8(at) === 0 ? 256 : packet.u8(at);
  line.text('\\[x');
  let bits = count;
  let next = at + 1;
  for (; bits > 7; bits -= 8, next++) {
    const value = packet.u8(next);
    if (packet.isTruncated()) return false;
    line.hexByte(value);
  }
  if (bits > 0) {
    const value = packet.u8(next);
    if (packet.isTruncated()) return false;
    if (bits > 4) line.hex(value & (0xff << (8 - bits)), 2);
    else line.hex((value >> 4) & 0x0f & (0x0f << (4 - bits)));
  }
  line.byte(Char.Slash);
  line.decimal(count);
  line.byte(Char.RightBracket);
  return true;
}
