import { DECODERS } from '../decode/decoders.js';
import { printLink } from '../decode/link.js';
import { Packet, type Verbosity } from '../decode/packet.js';
import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import type { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import type { Interface } from '../pcapng/section.js';
import { type Ascii, ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { asciiDump, hexAsciiDump, hexDump } from '../text/hex.js';
import type { LineBuffer } from '../text/line.js';
import { colourPalette, PLAIN_PALETTE } from '../text/style.js';
import { type TimePrecision, TimeStamps, type TimeStyle } from './time.js';

export type { Verbosity } from '../decode/packet.js';
export type { TimePrecision, TimeStyle } from './time.js';

/** What follows the line: nothing, or the packet as text or in hex, with or without link header. */
export type DumpStyle = 'none' | 'ascii' | 'hex' | 'hex+link' | 'hex-ascii' | 'hex-ascii+link';

/** What a summary line has; the options of tcpdump. */
export interface SummaryOptions {
  /** -t */
  readonly timeStyle: TimeStyle;
  /** Digits of the time: micro- or nanoseconds. */
  readonly precision: TimePrecision;
  /** The interface's name before the direction: where there are several. */
  readonly interfaceNames?: boolean;
  /** -e */
  readonly linkHeader: boolean;
  /** -q */
  readonly quiet: boolean;
  /** How many -v. */
  readonly verbosity: Verbosity;
  /** -S */
  readonly absoluteSequence: boolean;
  /** -# */
  readonly numbered: boolean;
  /** -A, -x, -xx, -X, -XX */
  readonly dump: DumpStyle;
  /** With escape sequences for a terminal. */
  readonly colour: boolean;
}

const SPACE: number = Char.Space;
const NEWLINE: number = Char.LineFeed;

const INBOUND = ascii('In ');
const OUTBOUND = ascii('Out');

/** Prints packets, one after the other. */
export interface PacketPrinter {
  /** What precedes the first packet of every output, with its newline; ASCII. */
  readonly header?: string | undefined;
  /** Appends what is printed of the cursor's packet, with the newline that ends it. */
  print(cursor: PacketCursor, line: LineBuffer): void;
}

/**
 * Prints packets as `tcpdump -n` does, character for character, except for the direction, which follows
 * the time where tcpdump has it for the interface `any`. docs/summaries.md lists the known
 * differences.
 *
 * A printer serves one capture: TCP conversations and relative times carry over from packet to packet.
 */
export class SummaryPrinter implements PacketPrinter {
  readonly #options: SummaryOptions;
  readonly #packet: Packet;
  readonly #times: TimeStamps;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #viewOf: Uint8Array | undefined;
  #number = 0;
  /** As they are printed. An interface's number means another one in the next section. */
  readonly #interfaceNames = new WeakMap<Interface, Ascii>();

  constructor(options: SummaryOptions) {
    this.#options = options;
    this.#times = new TimeStamps(options.timeStyle, options.precision);
    const palette = options.colour ? colourPalette() : PLAIN_PALETTE;
    const isWithoutHex = options.dump === 'none' || options.dump === 'ascii';
    const dumpUnknown = isWithoutHex && !options.quiet;
    this.#packet = new Packet(DECODERS, { ...options, dumpUnknown }, palette);
  }

  /** Appends the current packet's line, or lines, each ended by a newline. */
  print(cursor: PacketCursor, line: LineBuffer): void {
    this.#number++;
    if (this.#options.numbered) {
      line.alignedDecimal(this.#number, 5);
      line.text('  ');
    }
    if (isUnbelievable(cursor)) {
      writeUnbelievable(line, cursor);
      line.byte(NEWLINE);
      return;
    }
    if (cursor.hasTime) this.#times.print(line, cursor.seconds, cursor.nanoseconds);
    if (this.#options.interfaceNames === true) this.#writeInterface(line, cursor);
    this.#writeDirection(line, cursor.direction);

    const packet = this.#packet;
    const { dataOffset, capturedLength } = cursor;
    const view = this.#viewOn(cursor.bytes);
    packet.begin(view, dataOffset, capturedLength, line);
    let headerLength = printLink(packet, cursor.linkType, dataOffset, cursor.originalLength);
    if (packet.isTruncated()) {
      packet.finish();
      headerLength = 0;
    }
    if (this.#options.dump !== 'none') {
      this.#dump(line, view, dataOffset, capturedLength, headerLength);
    }
    line.byte(NEWLINE);
  }

  /** At least five columns and a space, as for the interface `any` (print-sll.c). */
  #writeInterface(line: LineBuffer, cursor: PacketCursor): void {
    const from = cursor.interface;
    let name = this.#interfaceNames.get(from);
    if (name === undefined) {
      const harmless = (from.name ?? '?').replaceAll(/[^\x21-\x7e]/g, '?');
      name = ascii(`${harmless.padEnd(5)} `);
      this.#interfaceNames.set(from, name);
    }
    line.put(name);
  }

  /** Three columns and a space, as for the interface `any` (print-sll.c). */
  #writeDirection(line: LineBuffer, direction: Direction): void {
    if (direction === Direction.Unknown) return;
    const { palette } = this.#packet;
    const isInbound = direction === Direction.Inbound;
    const style = isInbound ? palette.inbound : palette.outbound;
    if (palette.isColoured) line.put(style.open);
    line.put(isInbound ? INBOUND : OUTBOUND);
    if (palette.isColoured) line.put(style.close);
    line.byte(SPACE);
  }

  #dump(
    line: LineBuffer,
    view: DataView,
    at: number,
    capturedLength: number,
    headerLength: number,
  ): void {
    const payloadLength = capturedLength - headerLength;
    switch (this.#options.dump) {
      case 'none':
        return;
      case 'hex+link':
        hexDump(line, view, at, capturedLength);
        return;
      case 'hex-ascii+link':
        hexAsciiDump(line, view, at, capturedLength);
        return;
      case 'hex':
        hexDump(line, view, at + headerLength, payloadLength);
        return;
      case 'hex-ascii':
        hexAsciiDump(line, view, at + headerLength, payloadLength);
        return;
      case 'ascii':
        if (payloadLength > 0) asciiDump(line, view, at + headerLength, payloadLength);
    }
  }

  /** One view for all packets of a batch. */
  #viewOn(bytes: Uint8Array): DataView {
    if (bytes !== this.#viewOf) {
      this.#viewOf = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#view;
  }
}

/** Whether tcpdump shows the impossible lengths instead of the packet. */
export function isUnbelievable(cursor: PacketCursor): boolean {
  const { capturedLength, originalLength } = cursor;
  return (
    capturedLength === 0 || originalLength < capturedLength || originalLength > MAX_SNAPSHOT_LENGTH
  );
}

/** Shows them. */
export function writeUnbelievable(
  line: LineBuffer,
  { capturedLength, originalLength }: PacketCursor,
): void {
  line.text('[Invalid header:');
  let separator = '';
  if (capturedLength === 0) {
    line.text(' caplen==0');
    separator = ',';
  }
  if (originalLength === 0) {
    line.text(separator);
    line.text(' len==0');
    separator = ',';
  } else if (originalLength < capturedLength) {
    line.text(separator);
    line.text(' len(');
    line.decimal(originalLength);
    line.text(') < caplen(');
    line.decimal(capturedLength);
    line.byte(Char.RightParenthesis);
    separator = ',';
  }
  if (capturedLength > MAX_SNAPSHOT_LENGTH) {
    line.text(separator);
    line.text(' caplen(');
    line.decimal(capturedLength);
    line.text(`) > ${MAX_SNAPSHOT_LENGTH}`);
    separator = ',';
  }
  if (originalLength > MAX_SNAPSHOT_LENGTH) {
    line.text(separator);
    line.text(' len(');
    line.decimal(originalLength);
    line.text(`) > ${MAX_SNAPSHOT_LENGTH}`);
  }
  line.byte(Char.RightBracket);
}
