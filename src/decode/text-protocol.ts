import { Char, isPrintable } from '../text/char.js';
import type { Packet } from './packet.js';

/** Longest word that is compared with the known methods. */
const MAX_TOKEN = 127;

/**
 * A protocol made up of lines of text: its name, then the first line, or with -v all of them.
 *
 * `requests` are the words that a message begins with; data that neither begins with one of them
 * nor has a response code as its second word is assumed to be the middle of a message. Without
 * `requests` everything is shown.
 *
 * Returns whether it was recognised as a message.
 */
export function printTextProtocol(
  packet: Packet,
  name: string,
  at: number,
  length: number,
  requests?: readonly string[],
): boolean {
  const { line } = packet;
  const shown = requests === undefined || isMessage(packet, at, length, requests);
  line.text(name);
  if (!shown) return false;
  if (packet.options.verbosity === 0) {
    printTextLine(packet, ': ', at, at + length);
    return true;
  }
  line.text(', length: ');
  line.decimal(length);
  const end = at + length;
  for (let next = at; next < end && !packet.isTruncated();) {
    const after = printTextLine(packet, '\n\t', next, end);
    if (after === 0) return true;
    next = after;
  }
  return true;
}

/** Whether the data begins with a request's word, or has a response code as its second word. */
function isMessage(
  packet: Packet,
  at: number,
  length: number,
  requests: readonly string[],
): boolean {
  const end = at + length;
  const tokenEnd = endOfToken(packet, at, end);
  if (tokenEnd === 0) return false;
  for (const request of requests) {
    if (request.length === tokenEnd - at && matches(packet, at, request)) return true;
  }
  const code = skipSpaces(packet, tokenEnd, end);
  if (endOfToken(packet, code, end) !== code + 3) return false;
  for (let i = 0; i < 3; i++) {
    const digit = packet.u8(code + i);
    if (digit < Char.Zero || digit > Char.Nine) return false;
  }
  return true;
}

/** Where the word at `at` ends; 0 if there is none, or the capture ends before it does. */
function endOfToken(packet: Packet, at: number, end: number): number {
  let next = at;
  for (; next < end; next++) {
    if (!packet.has(next, 1)) return 0;
    const character = packet.u8(next);
    if (isWhitespace(character)) break;
    if (!isPrintable(character) || next - at >= MAX_TOKEN) return 0;
  }
  return next === at ? 0 : next;
}

function isWhitespace(character: number): boolean {
  return (
    character === Char.Space ||
    character === Char.Tab ||
    character === Char.CarriageReturn ||
    character === Char.LineFeed
  );
}

function skipSpaces(packet: Packet, at: number, end: number): number {
  let next = at;
  while (next < end && packet.has(next, 1) && packet.u8(next) === Char.Space) next++;
  return next;
}

/** The bit that is set in lower-case letters. */
const CASE = 0x20;

/** Case-insensitive; `word` is in upper case. */
function matches(packet: Packet, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    let character = packet.u8(at + i);
    if (character >= Char.LowerA && character <= Char.LowerZ) character -= CASE;
    if (character !== word.charCodeAt(i)) return false;
  }
  return true;
}

/**
 * One line, without its end, after `prefix`. Returns where the next line begins; 0 if this one is
 * not printable ASCII, in which case it is not shown, or has no end.
 */
function printTextLine(packet: Packet, prefix: string, at: number, end: number): number {
  let next = at;
  for (; next < end; next++) {
    const character = packet.u8(next);
    if (packet.isTruncated()) return 0;
    if (character === Char.LineFeed) {
      writeText(packet, prefix, at, next);
      return next + 1;
    }
    if (character === Char.CarriageReturn) {
      if (next + 1 >= end || packet.u8(next + 1) !== Char.LineFeed) return 0;
      writeText(packet, prefix, at, next);
      return next + 2;
    }
    if (!isPrintable(character) && character !== Char.Tab) return 0;
  }
  writeText(packet, prefix, at, next);
  packet.writeTruncated();
  return 0;
}

/** Bytes that were found to be printable. */
function writeText(packet: Packet, prefix: string, at: number, end: number): void {
  const { line, view } = packet;
  line.text(prefix);
  for (let i = at; i < end; i++) line.byte(view.getUint8(i));
}
