import { Char } from '../text/char.js';
import { writeAddressedPorts } from './endpoints.js';
import { Layer } from './field.js';
import { printM3ua } from './m3ua.js';
import { type Names, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

const sctp = new Layer('sctp');
export const SctpFields = {
  layer: sctp,
  sourcePort: sctp.number('srcport'),
  destinationPort: sctp.number('dstport'),
} as const;

/** Lengths of the headers (RFC 9260, 3). */
const HEADER = 12;
const CHUNK_HEADER = 4;
const DATA_HEADER = 12;
const INIT_HEADER = 16;
const SACK_HEADER = 12;
const BLOCK = 4;
/** Offset into the header. */
const DESTINATION_PORT = 2;
/** Offsets into a chunk's header. */
const CHUNK_FLAGS = 1;
const CHUNK_LENGTH = 2;

const Chunk = { Data: 0, Init: 1, InitAck: 2, Sack: 3 } as const;

/** As tcpdump spells them (print-sctp.c). */
const CHUNK_NAMES: Names = new Map<number, string>([
  [Chunk.Data, 'DATA'],
  [Chunk.Init, 'INIT'],
  [Chunk.InitAck, 'INIT ACK'],
  [Chunk.Sack, 'SACK'],
  [4, 'HB REQ'],
  [5, 'HB ACK'],
  [6, 'ABORT'],
  [7, 'SHUTDOWN'],
  [8, 'SHUTDOWN ACK'],
  [9, 'OP ERR'],
  [10, 'COOKIE ECHO'],
  [11, 'COOKIE ACK'],
  [12, 'ECN ECHO'],
  [13, 'ECN CWR'],
  [14, 'SHUTDOWN COMPLETE'],
  [0xc0, 'FOR CUM TSN'],
  [0xc1, 'REL CTRL'],
  [0xc2, 'REL CTRL ACK'],
]);

const M3UA = 3;

const PAYLOAD_NAMES: Names = new Map([
  [1, 'ISDN Q.921'],
  [2, 'M2UA'],
  [M3UA, 'M3UA'],
  [4, 'SUA'],
  [5, 'M2PA'],
  [6, 'V5.2'],
  [7, 'H.248'],
  [8, 'BICC'],
  [9, 'TALI'],
  [10, 'DUA'],
  [11, 'ASAP'],
  [12, 'ENRP'],
  [13, 'H.323'],
  [14, 'Q.IPC'],
  [15, 'SIMCO'],
  [16, 'DDPSC'],
  [17, 'DDPSSC'],
  [18, 'S1AP'],
  [19, 'RUA'],
  [20, 'HNBAP'],
  [21, 'ForCES HP'],
  [22, 'ForCES MP'],
  [23, 'ForCES LP'],
  [24, 'SBc-AP'],
  [25, 'NBAP'],
  [27, 'X2AP'],
]);

/** An SCTP packet: its chunks (RFC 9260). */
export function printSctp(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'sctp';
  packet.fields?.layer(SctpFields.layer);
  packet.fields?.u16(SctpFields.sourcePort, start);
  packet.fields?.u16(SctpFields.destinationPort, start + DESTINATION_PORT);
  if (length < HEADER) {
    line.text('truncated-sctp - ');
    line.decimal(HEADER - length);
    line.text(' bytes missing!');
    return;
  }
  if (!packet.has(start, HEADER)) {
    packet.writeTruncated();
    return;
  }
  writeAddressedPorts(packet, start);
  line.text(': sctp');
  const end = start + length;
  const isVeryVerbose = packet.options.verbosity > 1;
  let number = 1;
  for (let at = start + HEADER; at < end; number++) {
    const separator = isVeryVerbose ? '\n\t' : number === 1 ? ' (' : ', (';
    if (end - at < CHUNK_HEADER) {
      writeNumber(packet, separator, number);
      line.text('[chunk descriptor cut off at end of packet]');
      return;
    }
    if (!packet.has(at, CHUNK_HEADER)) {
      packet.writeTruncated();
      return;
    }
    const chunkLength = packet.u16(at + CHUNK_LENGTH);
    const padding = -chunkLength & 3;
    if (chunkLength < CHUNK_HEADER || end - at < padding) {
      writeNumber(packet, separator, number);
      line.text('[Bad chunk length ');
      line.decimal(chunkLength);
      line.text(
        chunkLength < CHUNK_HEADER
          ? ', < size of chunk descriptor]'
          : ', > remaining data in packet]',
      );
      return;
    }
    if (!packet.has(at, chunkLength)) {
      packet.writeTruncated();
      return;
    }
    writeNumber(packet, separator, number);
    if (!printChunk(packet, at, chunkLength)) return;
    at += chunkLength;
    if (padding > 0 && !packet.has(at, padding)) {
      packet.writeTruncated();
      return;
    }
    at += padding;
  }
}

function writeNumber(packet: Packet, separator: string, number: number): void {
  packet.line.text(separator);
  packet.line.decimal(number);
  packet.line.text(') ');
}

/** A chunk, all of which was captured; false if its length cannot be right. */
function printChunk(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  const type = packet.u8(at);
  line.byte(Char.LeftBracket);
  writeNameOrHex(line, CHUNK_NAMES, type, 'Unknown chunk type: 0x', 1);
  line.text('] ');
  const body = at + CHUNK_HEADER;
  const bodyLength = length - CHUNK_HEADER;
  let isRight = true;
  switch (type) {
    case Chunk.Data:
      isRight = printData(packet, packet.u8(at + CHUNK_FLAGS), body, bodyLength);
      break;
    case Chunk.Init:
    case Chunk.InitAck:
      isRight = bodyLength >= INIT_HEADER;
      if (isRight) printInit(packet, body);
      break;
    case Chunk.Sack:
      isRight = printSack(packet, body, bodyLength);
      break;
  }
  if (!isRight) {
    line.text('bogus chunk length ');
    line.decimal(length);
    line.byte(Char.RightBracket);
  }
  return isRight;
}

function printData(packet: Packet, flags: number, at: number, length: number): boolean {
  const { line } = packet;
  if (flags & 4) line.text('(U)');
  if (flags & 2) line.text('(B)');
  if (flags & 1) line.text('(E)');
  if (flags & 7) line.byte(Char.Space);
  if (length < DATA_HEADER) return false;
  line.text('[TSN: ');
  line.decimal(packet.u32(at));
  line.text('] [SID: ');
  line.decimal(packet.u16(at + 4));
  line.text('] [SSEQ ');
  line.decimal(packet.u16(at + 6));
  line.text('] [PPID ');
  const protocol = packet.u32(at + 8);
  writeNameOrHex(line, PAYLOAD_NAMES, protocol, '0x', 1);
  line.text('] ');
  if (length === DATA_HEADER) return false;
  if (packet.options.verbosity > 1) {
    printPayload(packet, protocol, at + DATA_HEADER, length - DATA_HEADER);
  }
  return true;
}

function printPayload(packet: Packet, protocol: number, at: number, length: number): void {
  const { line } = packet;
  if (protocol === M3UA) {
    printM3ua(packet, at, length);
    packet.protocol = 'sctp';
    return;
  }
  line.text('[Payload');
  if (packet.options.dumpUnknown) {
    line.byte(Char.Colon);
    dumpUnknown(packet, at, length);
  }
  line.byte(Char.RightBracket);
}

function printInit(packet: Packet, at: number): void {
  const { line } = packet;
  line.text('[init tag: ');
  line.decimal(packet.u32(at));
  line.text('] [rwnd: ');
  line.decimal(packet.u32(at + 4));
  line.text('] [OS: ');
  line.decimal(packet.u16(at + 8));
  line.text('] [MIS: ');
  line.decimal(packet.u16(at + 10));
  line.text('] [init TSN: ');
  line.decimal(packet.u32(at + 12));
  line.text('] ');
}

function printSack(packet: Packet, at: number, length: number): boolean {
  const { line } = packet;
  if (length < SACK_HEADER) return false;
  const acknowledged = packet.u32(at);
  const gaps = packet.u16(at + 8);
  const duplicates = packet.u16(at + 10);
  line.text('[cum ack ');
  line.decimal(acknowledged);
  line.text('] [a_rwnd ');
  line.decimal(packet.u32(at + 4));
  line.text('] [#gap acks ');
  line.decimal(gaps);
  line.text('] [#dup tsns ');
  line.decimal(duplicates);
  line.text('] ');
  const end = at + length;
  let block = at + SACK_HEADER;
  for (let i = 1; block < end && i <= gaps + duplicates; i++, block += BLOCK) {
    if (end - block < BLOCK) return false;
    if (i <= gaps) {
      line.text('\n\t\t[gap ack block #');
      line.decimal(i);
      line.text(': start = ');
      line.decimal((acknowledged + packet.u16(block)) >>> 0);
      line.text(', end = ');
      line.decimal((acknowledged + packet.u16(block + 2)) >>> 0);
    } else {
      line.text('\n\t\t[dup TSN #');
      line.decimal(i - gaps);
      line.text(': ');
      line.decimal(packet.u32(block));
    }
    line.text('] ');
  }
  return true;
}
