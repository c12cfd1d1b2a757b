import { Char } from '../../text/char.js';
import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { Icmp6 } from './header.js';

/** Type, code, checksum, query type, flags and nonce (RFC 4620, 4). */
const HEADER = 16;
const QUERY_TYPE = 4;
const FLAGS = 6;

/** Length of the older query that KAME hosts sent, with only a time to live. */
const OLD_QUERY = 12;

const QueryType = { Nothing: 0, Supported: 1, Name: 2, Addresses: 3 } as const;

const QUERY_TYPE_NAMES: Names = new Map<number, string>([
  [QueryType.Nothing, 'noop'],
  [QueryType.Supported, 'supported qtypes'],
  [QueryType.Name, 'DNS name'],
  [QueryType.Addresses, 'node addresses'],
]);

/** What a query is about, by its code. */
const Subject = { Ipv6: 0, Name: 1, Ipv4: 2 } as const;

/** Names of a reply's codes; 0 is success. */
const REFUSALS: Names = new Map([
  [1, 'refused'],
  [2, 'unknown'],
]);

const COMPRESSED = 0x01;
const HAS_TIME_TO_LIVE = 0x01;

/**
 * Which addresses are requested (RFC 4620, 6.3), in tcpdump's order; the last one only in replies.
 */
const ADDRESS_FLAGS = [
  [0x40, 'a'],
  [0x20, 'G'],
  [0x10, 'S'],
  [0x08, 'L'],
  [0x04, 'C'],
  [0x02, 'A'],
  [0x01, 'T'],
] as const;

/** A time to live and an address or a name. */
const TIME_TO_LIVE = 4;
const NODE_ADDRESS = TIME_TO_LIVE + 16;

/** A query for a node's names or addresses (RFC 4620, and KAME's draft 3 before it). */
export function printNodeInformationQuery(packet: Packet, at: number): void {
  const { line } = packet;
  const size = packet.end - at;
  if (size === OLD_QUERY) {
    line.text(' who-are-you request');
    return;
  }
  line.text(' node information query');
  if (size < HEADER) {
    packet.writeTruncated();
    return;
  }
  const type = packet.u16(at + QUERY_TYPE);
  line.text(' (');
  line.text(QUERY_TYPE_NAMES.get(type) ?? 'unknown');
  writeFlags(packet, type, packet.u16(at + FLAGS), ADDRESS_FLAGS.length - 1);
  if (type === QueryType.Nothing || type === QueryType.Supported) {
    if (size !== HEADER) complain(packet, ', invalid len');
  } else if (size === HEADER) {
    line.text(', 03 draft');
  } else {
    printSubject(packet, packet.u8(at + Icmp6.code), at + HEADER);
  }
  line.byte(Char.RightParenthesis);
}

/** A reply of `length` bytes. */
export function printNodeInformationReply(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const size = packet.end - at;
  if (length > size || size < HEADER) {
    packet.writeTruncated();
    return;
  }
  line.text(' node information reply (');
  const code = packet.u8(at + Icmp6.code);
  if (code === 0) {
    printAnswer(packet, packet.u16(at + QUERY_TYPE), packet.u16(at + FLAGS), at + HEADER);
  } else {
    const refusal = REFUSALS.get(code);
    line.text(refusal ?? '');
    if (refusal !== undefined && size !== HEADER) complain(packet, ', invalid length');
  }
  line.byte(Char.RightParenthesis);
}

function complain(packet: Packet, what: string): void {
  if (packet.options.verbosity > 0) packet.line.text(what);
}

/** The flags of a query's type, if any is set; of address flags the first `count`. */
function writeFlags(packet: Packet, type: number, flags: number, count: number): void {
  const { line } = packet;
  if (flags === 0) return;
  if (type === QueryType.Supported) {
    line.text(flags & COMPRESSED ? ' [C]' : ' []');
  } else if (type === QueryType.Addresses) {
    line.text(' [');
    for (const [bit, name] of ADDRESS_FLAGS.slice(0, count)) if (flags & bit) line.text(name);
    line.byte(Char.RightBracket);
  }
}

/** What is asked about: everything after the header. */
function printSubject(packet: Packet, code: number, at: number): void {
  const { line } = packet;
  const size = packet.end - at;
  switch (code) {
    case Subject.Ipv6:
      if (size < 16) return;
      if (size > 16) {
        complain(packet, ', invalid subject len');
        return;
      }
      line.text(', subject=');
      packet.writeIpv6(at);
      return;
    case Subject.Name:
      line.text(', subject=DNS name');
      printName(packet, at);
      return;
    case Subject.Ipv4:
      if (size < 4) return;
      if (size > 4) {
        complain(packet, ', invalid subject len');
        return;
      }
      line.text(', subject=');
      packet.writeIpv4(at);
      return;
    default:
      line.text(', unknown subject');
  }
}

/** The data of a successful reply. */
function printAnswer(packet: Packet, type: number, flags: number, at: number): void {
  const { line } = packet;
  if (packet.options.verbosity > 0) line.text('success, ');
  line.text(QUERY_TYPE_NAMES.get(type) ?? 'unknown');
  switch (type) {
    case QueryType.Nothing:
      if (packet.end !== at) complain(packet, ', invalid length');
      return;
    case QueryType.Name:
      printName(packet, at + TIME_TO_LIVE);
      if (flags & HAS_TIME_TO_LIVE) writeNumber(line, ' [TTL=', packet.u32(at), ']');
      return;
    case QueryType.Addresses:
      for (let node = at; packet.has(node, NODE_ADDRESS); node += NODE_ADDRESS) {
        line.byte(Char.Space);
        packet.writeIpv6(node + TIME_TO_LIVE);
        writeNumber(line, '(', packet.u32(node), ')');
      }
  }
  writeFlags(packet, type, flags, ADDRESS_FLAGS.length);
}

/** A name up to the packet's end: in draft 3 preceded by its length, later in labels. */
function printName(packet: Packet, at: number): void {
  const { line } = packet;
  const size = packet.u8(at);
  if (size !== packet.end - at - 1) {
    printLabels(packet, at);
    return;
  }
  complain(packet, ', 03 draft');
  line.text(', "');
  packet.writeEscaped(at + 1, size);
  line.byte(Char.Quote);
}

/** Labels with dots between them; a second zero byte marks a name that is not fully qualified. */
function printLabels(packet: Packet, start: number): void {
  const { line, end } = packet;
  line.text(', "');
  for (let at = start; at < end;) {
    const size = packet.u8(at++);
    if (size > end - at) {
      line.text('???');
      break;
    }
    if (size === 0) {
      const isShort = at + 1 === end && packet.u8(at) === 0;
      if (at === end) line.byte(Char.Dot);
      else if (!isShort) line.text('???');
      break;
    }
    packet.writeEscaped(at, size);
    at += size;
    if (at + 1 < end && packet.u8(at) !== 0) line.byte(Char.Dot);
  }
  line.byte(Char.Quote);
}
