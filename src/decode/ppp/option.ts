import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';

/**
 * The outcome of an option: its data was shown, and is also dumped with -vv; it is unknown, and
 * always dumped; nothing more of it is shown; nothing more of any option is shown.
 */
export type OptionOutcome = 'shown' | 'unknown' | 'done' | 'stop';

/** The options of a control protocol. */
export interface ControlOptions {
  /** As `[|…]` names the protocol. */
  readonly protocol: string;
  readonly names: Names;
  /** The name for unknown options; undefined to print LCP's line for them. */
  readonly unknown: string | undefined;
  /** Shows an option of `length` bytes, header included, whose data begins at `at`. */
  readonly print: (packet: Packet, type: number, at: number, length: number) => OptionOutcome;
}

/** Type and length. */
export const OPTION_HEADER = 2;

/**
 * One option (RFC 1661, 6) of at most `limit` bytes. Returns its length, or 0 if what follows must
 * not be shown.
 */
export function printPppOption(
  packet: Packet,
  options: ControlOptions,
  at: number,
  limit: number,
): number {
  const { line } = packet;
  if (limit < OPTION_HEADER) return 0;
  if (!packet.has(at, OPTION_HEADER)) return writeCut(packet, options.protocol);
  const type = packet.u8(at);
  const length = packet.u8(at + 1);
  if (length > limit) return 0;
  const name = options.names.get(type) ?? options.unknown;
  if (name === undefined) {
    writeHex(line, '\n\tunknown LCP option 0x', type, 2);
    return length < OPTION_HEADER ? 0 : length;
  }
  line.text('\n\t  ');
  line.text(name);
  writeHex(line, ' Option (0x', type, 2, ')');
  writeNumber(line, ', length ', length);
  if (length < OPTION_HEADER) {
    line.text(' (length bogus, should be >= 2)');
    return 0;
  }
  const outcome = options.print(packet, type, at + OPTION_HEADER, length);
  if (outcome === 'stop') return 0;
  if (outcome === 'unknown' || (outcome === 'shown' && packet.options.verbosity > 1)) {
    dumpUnknownHex(packet, at + OPTION_HEADER, length - OPTION_HEADER, '\n\t    ');
  }
  return length;
}

/** `[|ipcp]`, without the space before it that other protocols have. */
export function writeCut(packet: Packet, protocol: string): 0 {
  packet.line.text('[|');
  packet.line.text(protocol);
  packet.line.byte(Char.RightBracket);
  return 0;
}

/** Whether the option has the `expected` length; if not, prints what it should be. */
export function hasLength(packet: Packet, length: number, expected: number): boolean {
  if (length === expected) return true;
  writeNumber(packet.line, ' (length bogus, should be = ', expected, ')');
  return false;
}

/** Whether the option has at least `least` bytes; if not, prints that it should. */
export function hasAtLeast(packet: Packet, length: number, least: number): boolean {
  if (length >= least) return true;
  writeNumber(packet.line, ' (length bogus, should be >= ', least, ')');
  return false;
}
