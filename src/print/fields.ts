import { DECODERS } from '../decode/decoders.js';
import type { Field } from '../decode/field.js';
import { type FieldFormat, FieldRecorder } from '../decode/field-recorder.js';
import { printLink } from '../decode/link.js';
import { Packet } from '../decode/packet.js';
import { ColumnFields, PacketFields } from '../decode/packet-fields.js';
import type { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import type { Interface } from '../pcapng/section.js';
import { LineBuffer } from '../text/line.js';
import { decimalPlaces, isRfc3339, Rfc3339 } from '../text/rfc3339.js';
import { PLAIN_PALETTE } from '../text/style.js';
import { ElapsedTimes } from './elapsed.js';
import { isUnbelievable, type PacketPrinter, writeUnbelievable } from './summary.js';

/** The summary is that of tcpdump without options. */
const OPTIONS = {
  linkHeader: false,
  quiet: false,
  verbosity: 0,
  absoluteSequence: false,
  dumpUnknown: false,
} as const;

/**
 * Prints the fields of packets. Decoding and the summary are those of SummaryPrinter: it is the
 * same pass over the packet.
 *
 * What is not known about a packet is left out.
 */
export class FieldPrinter implements PacketPrinter {
  readonly header: string | undefined;
  readonly #format: FieldFormat;
  readonly #packet: Packet;
  readonly #recorder: FieldRecorder;
  readonly #summary = new LineBuffer();
  readonly #times = new Rfc3339();
  // Those of the interface that the previous packet came from.
  #placesOf: Interface | undefined;
  #places = 0;
  /** Packets so far, where they are numbered. */
  #number = 0;
  readonly #elapsed = new ElapsedTimes();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #viewOf: Uint8Array | undefined;

  constructor(format: FieldFormat, header?: string) {
    this.header = header;
    this.#format = format;
    this.#recorder = new FieldRecorder(format);
    this.#packet = new Packet(DECODERS, OPTIONS, PLAIN_PALETTE, this.#recorder);
    this.#recorder.follow(this.#packet);
  }

  print(cursor: PacketCursor, line: LineBuffer): void {
    const format = this.#format;
    const summary = this.#summary;
    format.beginPacket(line);
    this.#writeEnvelope(cursor);
    if (format.hasColumnFields) this.#writeColumnFields(cursor);
    summary.clear();
    format.beginLayers();
    if (isUnbelievable(cursor)) writeUnbelievable(summary, cursor);
    else this.#decode(cursor);
    format.endLayers();
    this.#writeSummary(summary);
    format.endPacket();
  }

  /** What is known of the packet before it is decoded. */
  #writeEnvelope(cursor: PacketCursor): void {
    const { interface: from, direction, ring, comment } = cursor;
    const format = this.#format;
    if (cursor.hasTime) this.#writeTime(cursor, from);
    if (from.name !== undefined) this.#writeString(PacketFields.interface, from.name);
    if (direction !== Direction.Unknown) {
      const isInbound = direction === Direction.Inbound;
      this.#writeString(PacketFields.direction, isInbound ? 'in' : 'out');
    }
    if (ring !== undefined) format.begin(PacketFields.ring)?.decimal(ring);
    this.#writeLengths(cursor);
    if (comment !== undefined) this.#writeString(PacketFields.comment, comment);
  }

  #writeColumnFields(cursor: PacketCursor): void {
    const format = this.#format;
    format.begin(ColumnFields.number)?.decimal(++this.#number);
    if (cursor.hasTime) this.#elapsed.write(format, cursor.seconds, cursor.nanoseconds);
    const { direction } = cursor;
    if (direction !== Direction.Unknown) format.begin(ColumnFields.direction)?.decimal(direction);
  }

  /** Without the FCS, where the capture has it; lengths that cannot be are left as they are. */
  #writeLengths({ originalLength, capturedLength, fcsLength = 0 }: PacketCursor): void {
    const isSound = originalLength >= capturedLength && originalLength >= fcsLength;
    const length = isSound ? originalLength - fcsLength : originalLength;
    const captured = isSound ? Math.min(capturedLength, length) : capturedLength;
    this.#format.begin(PacketFields.length)?.decimal(length);
    this.#format.begin(PacketFields.captured)?.decimal(captured);
  }

  #writeTime({ seconds, nanoseconds }: PacketCursor, from: Interface): void {
    if (!isRfc3339(seconds)) return;
    if (from !== this.#placesOf) {
      this.#placesOf = from;
      this.#places = decimalPlaces(from.ticksPerSecond);
    }
    const out = this.#format.begin(PacketFields.time);
    if (out === undefined) return;
    this.#format.quote(out);
    this.#times.write(out, seconds, nanoseconds, this.#places);
    this.#format.quote(out);
  }

  #writeSummary(summary: LineBuffer): void {
    const format = this.#format;
    const out = format.begin(PacketFields.summary);
    if (out === undefined) return;
    format.quote(out);
    format.written(out, summary, 0, summary.length);
    format.quote(out);
  }

  #writeString(field: Field, text: string): void {
    const format = this.#format;
    const out = format.begin(field);
    if (out === undefined) return;
    format.quote(out);
    for (let i = 0; i < text.length; i++) format.character(out, text.charCodeAt(i));
    format.quote(out);
  }

  /** Writes the layers, and the summary to `#summary`. */
  #decode(cursor: PacketCursor): void {
    const { bytes, dataOffset } = cursor;
    if (bytes !== this.#viewOf) {
      this.#viewOf = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const packet = this.#packet;
    packet.begin(this.#view, dataOffset, cursor.capturedLength, this.#summary);
    printLink(packet, cursor.linkType, dataOffset, cursor.originalLength);
    packet.finish();
  }
}
