import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { writeCut } from './option.js';

const HEADER = 4;
/** Offsets into the header of either (RFC 1994, 4; RFC 1334, 2.2). */
const IDENTIFIER = 1;
const LENGTH = 2;

const ChapCode = { Challenge: 1, Response: 2, Success: 3, Failure: 4 } as const;

const CHAP_CODE_NAMES: Names = new Map<number, string>([
  [ChapCode.Challenge, 'Challenge'],
  [ChapCode.Response, 'Response'],
  [ChapCode.Success, 'Success'],
  [ChapCode.Failure, 'Fail'],
]);

const PapCode = { Request: 1, Ack: 2, Nak: 3 } as const;

const PAP_CODE_NAMES: Names = new Map<number, string>([
  [PapCode.Request, 'Auth-Req'],
  [PapCode.Ack, 'Auth-ACK'],
  [PapCode.Nak, 'Auth-NACK'],
]);

/** Challenge handshake authentication (RFC 1994). */
export function printChap(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!printHeader(packet, 'CHAP', CHAP_CODE_NAMES, at, length)) return;
  const end = at + packet.u16(at + LENGTH);
  const data = at + HEADER;
  if (packet.isTruncated()) return;
  switch (packet.u8(at)) {
    case ChapCode.Challenge:
    case ChapCode.Response: {
      if (length <= HEADER) return;
      const size = packet.u8(data);
      if (length - HEADER - 1 < size) return;
      line.text(', Value ');
      packet.writeHexBytes(data + 1, size);
      const name = data + 1 + size;
      line.text(', Name ');
      writeText(packet, name, end - name);
      break;
    }
    case ChapCode.Success:
    case ChapCode.Failure:
      line.text(', Msg ');
      writeText(packet, data, end - data);
      break;
  }
}

/** Password authentication (RFC 1334). */
export function printPap(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  if (!printHeader(packet, 'PAP', PAP_CODE_NAMES, at, length)) return;
  const encoded = packet.u16(at + LENGTH);
  if (packet.isTruncated()) return;
  if (encoded > length) {
    writeNumber(line, ', length ', encoded, ' > packet size');
    return;
  }
  if (encoded < HEADER) {
    writeNumber(line, ', length ', encoded, ' < PAP header length');
    return;
  }
  const data = at + HEADER;
  const dataLength = encoded - HEADER;
  switch (packet.u8(at)) {
    case PapCode.Request: {
      if (dataLength < 2) {
        writeCut(packet, 'pap');
        return;
      }
      const peerLength = printCounted(packet, ', Peer ', data, dataLength);
      if (peerLength < 0) return;
      // tcpdump calls the password a name.
      const used = 1 + peerLength;
      if (used < dataLength) printCounted(packet, ', Name ', data + used, dataLength - used);
      break;
    }
    case PapCode.Ack:
    case PapCode.Nak:
      if (dataLength < 1) writeCut(packet, 'pap');
      else printCounted(packet, ', Msg ', data, dataLength);
      break;
  }
}

/** The code and the identifier; false if there is no whole header. */
function printHeader(
  packet: Packet,
  protocol: 'CHAP' | 'PAP',
  names: Names,
  at: number,
  length: number,
): boolean {
  const { line } = packet;
  const name = protocol.toLowerCase();
  if (length < 1) {
    writeCut(packet, name);
    return false;
  }
  if (!packet.need(at, 1)) return false;
  const code = packet.u8(at);
  if (length < HEADER) {
    writeHex(line, `[|${name} 0x`, code, 2, ']');
    return false;
  }
  line.text(protocol);
  line.text(', ');
  line.text(names.get(code) ?? 'unknown');
  writeHex(line, ' (0x', code, 2, ')');
  if (!packet.need(at + IDENTIFIER, 1)) return false;
  writeNumber(line, ', id ', packet.u8(at + IDENTIFIER));
  return true;
}

/** Text preceded by its length. Returns the length, or -1 if it does not fit in `length` bytes. */
function printCounted(packet: Packet, label: string, at: number, length: number): number {
  const size = packet.u8(at);
  if (packet.isTruncated() || length - 1 < size) return -1;
  packet.line.text(label);
  writeText(packet, at + 1, size);
  return size;
}

/**
 * Text of `length` bytes; up to the end of the packet if that is negative, because a length field
 * is too small (a subtraction wraps around in print-ppp.c).
 */
function writeText(packet: Packet, at: number, length: number): void {
  const isWhole = packet.writeEscaped(at, length < 0 ? packet.remaining(at) + 1 : length);
  if (!isWhole) packet.truncate();
}
