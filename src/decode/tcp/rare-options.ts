import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';
import { Outcome } from './option-kinds.js';

/** The experiment identifier of TCP Fast Open (RFC 6994, RFC 7413). */
const EXPERIMENT_FAST_OPEN = 0xf989;

// The data of the options that are rarely seen: `size` bytes at `at`, after kind and length.

/** TCP MD5 (RFC 2385), which also covers the `dataLength` bytes of the segment's data. */
export function printSignature(
  packet: Packet,
  at: number,
  size: number,
  dataAt: number,
  dataLength: number,
): void {
  const { line } = packet;
  line.byte(Char.Space);
  line.text(
    packet.has(dataAt, dataLength) ? 'shared secret not supplied with -M, ' : 'snaplen too short, ',
  );
  line.text("can't check - ");
  packet.writeHexBytes(at, size);
}

/** TCP-AO (RFC 5925, 2.2). */
export function printAuthentication(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size < 2) {
    packet.writeInvalid();
    return Outcome.Done;
  }
  if (!packet.has(at, 1)) return Outcome.Truncated;
  line.text(' keyid ');
  line.decimal(packet.u8(at));
  if (!packet.has(at, 2)) return Outcome.Truncated;
  line.text(' rnextkeyid ');
  line.decimal(packet.u8(at + 1));
  if (size > 2) {
    line.text(' mac 0x');
    return printHex(packet, at + 2, size - 2);
  }
  return Outcome.Done;
}

/** RFC 5482. */
export function printUserTimeout(packet: Packet, value: number): void {
  const { line } = packet;
  line.text(' 0x');
  line.hex(value);
  line.byte(Char.Space);
  line.decimal(value & 1 ? (value >> 1) * 60 : value >> 1);
}

/** RFC 7413. */
export function printFastOpen(packet: Packet, at: number, size: number): void {
  if (size === 0) {
    packet.line.text(' cookiereq');
  } else if (size % 2 !== 0 || size < 4 || size > 16) {
    packet.writeInvalid();
  } else {
    packet.line.text(' cookie ');
    packet.writeHexBytes(at, size);
  }
}

/** RFC 6994. */
export function printExperiment(packet: Packet, at: number, size: number): Outcome {
  const { line } = packet;
  if (size < 2) return Outcome.Bad;
  const identifier = packet.u16(at);
  line.byte(Char.Minus);
  if (identifier === EXPERIMENT_FAST_OPEN) {
    line.text('tfo');
    printFastOpen(packet, at + 2, size - 2);
  } else {
    line.hex(identifier, 4);
  }
  return Outcome.Done;
}

export function printUnknown(packet: Packet, at: number, size: number): Outcome {
  if (size > 0) packet.line.text(' 0x');
  return printHex(packet, at, size);
}

function printHex(packet: Packet, at: number, size: number): Outcome {
  for (let i = 0; i < size; i++) {
    if (!packet.has(at + i, 1)) return Outcome.Truncated;
    packet.line.hexByte(packet.u8(at + i));
  }
  return Outcome.Done;
}
