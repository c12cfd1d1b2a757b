import { writeDuration } from '../duration.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { type PimMessage, writeUnicast } from './pim-address.js';

/** IANA's "PIM-Hello Options"; the old ones are from drafts. */
const Option = {
  HoldTime: 1,
  LanPruneDelay: 2,
  PriorityOld: 18,
  Priority: 19,
  GenerationId: 20,
  StateRefresh: 21,
  Bidirectional: 22,
  AddressList: 24,
  AddressListOld: 65001,
} as const;

const OPTION_NAMES: Names = new Map<number, string>([
  [Option.HoldTime, 'Hold Time'],
  [Option.LanPruneDelay, 'LAN Prune Delay'],
  [Option.PriorityOld, 'DR Priority (Old)'],
  [Option.Priority, 'DR Priority'],
  [Option.GenerationId, 'Generation ID'],
  [Option.StateRefresh, 'State Refresh Capability'],
  [Option.Bidirectional, 'Bi-Directional Capability'],
  [Option.AddressList, 'Address List'],
  [Option.AddressListOld, 'Address List (Old)'],
]);

const OPTION_HEADER = 4;
const INDENT = '\n\t    ';

/** After an option: the message goes on, is incomplete, or is invalid. */
type Outcome = 'done' | 'short' | 'invalid';

/** The options of a hello (RFC 7761, 4.9.2); false if they are incomplete. */
export function printPimHello(packet: Packet, message: PimMessage, start: number): boolean {
  const { line, options } = packet;
  for (let at = start; at < message.end && !packet.isTruncated();) {
    if (message.end - at < OPTION_HEADER) return false;
    if (!packet.need(at, OPTION_HEADER)) return true;
    const type = packet.u16(at);
    const length = packet.u16(at + 2);
    line.text('\n\t  ');
    line.text(OPTION_NAMES.get(type) ?? 'Unknown');
    writeNumber(line, ' Option (', type);
    writeNumber(line, '), length ', length, ', Value: ');
    at += OPTION_HEADER;
    if (!packet.has(at, length)) return false;
    const outcome = printOption(packet, message, type, at, length);
    if (outcome === 'short') return false;
    if (outcome === 'invalid') return true;
    if (options.verbosity > 1) dumpUnknownHex(packet, at, length, INDENT);
    at += length;
  }
  return true;
}

function printOption(
  packet: Packet,
  message: PimMessage,
  type: number,
  at: number,
  length: number,
): Outcome {
  const { line, options } = packet;
  switch (type) {
    case Option.HoldTime:
      if (length !== 2) return wrongLength(packet, length, 2);
      writeDuration(line, packet.u16(at));
      return 'done';
    case Option.LanPruneDelay: {
      if (length !== 4) return wrongLength(packet, length, 4);
      const delay = packet.u16(at);
      writeNumber(line, `${INDENT}T-bit=`, delay >> 15);
      writeNumber(line, ', LAN delay ', delay & 0x7fff);
      writeNumber(line, 'ms, Override interval ', packet.u16(at + 2), 'ms');
      return 'done';
    }
    case Option.PriorityOld:
    case Option.Priority:
      if (length === 0) line.text('Bi-Directional Capability (Old)');
      else if (length === 4) line.decimal(packet.u32(at));
      else return wrongLength(packet, length, 4);
      return 'done';
    case Option.GenerationId:
      if (length !== 4) return wrongLength(packet, length, 4);
      writeHex(line, '0x', packet.u32(at), 8);
      return 'done';
    case Option.StateRefresh:
      if (length !== 4) return wrongLength(packet, length, 4);
      writeStateRefresh(packet, at);
      return 'done';
    case Option.Bidirectional:
      return 'done';
    case Option.AddressList:
    case Option.AddressListOld:
      return options.verbosity > 1 ? printAddresses(packet, message, at, length) : 'done';
    default:
      if (options.verbosity === 1) dumpUnknownHex(packet, at, length, INDENT);
      return 'done';
  }
}

function wrongLength(packet: Packet, length: number, right: number): Outcome {
  writeNumber(packet.line, '[option length ', length);
  writeNumber(packet.line, ' != ', right, ']');
  packet.writeInvalid();
  return 'invalid';
}

/** RFC 3973, 4.7.5.3. */
function writeStateRefresh(packet: Packet, at: number): void {
  const { line } = packet;
  writeNumber(line, 'v', packet.u8(at));
  const interval = packet.u8(at + 1);
  if (interval !== 0) {
    line.text(', interval ');
    writeDuration(line, interval);
  }
  const reserved = packet.u16(at + 2);
  if (reserved !== 0) writeHex(line, ' ?0x', reserved, 4, '?');
}

function printAddresses(
  packet: Packet,
  message: PimMessage,
  start: number,
  length: number,
): Outcome {
  for (let at = start; at < start + length;) {
    packet.line.text(INDENT);
    at = writeUnicast(packet, message, at);
    if (at < 0) return 'short';
  }
  return 'done';
}
