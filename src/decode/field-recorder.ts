import type { LineBuffer } from '../text/line.js';
import type { Field, Group, Layer } from './field.js';

/** How fields are written: as JSON or in columns, one packet after another. */
export interface FieldFormat {
  /** Whether any of ColumnFields is wanted. */
  readonly hasColumnFields: boolean;
  /** Everything about the packet has been written to `out` by the time it ends. */
  beginPacket(out: LineBuffer): void;
  beginLayers(): void;
  beginLayer(layer: Layer): void;
  /** One more item of a list. */
  beginItem(list: Group): void;
  endLayers(): void;
  endPacket(): void;
  /** Where to write the field's value, immediately; undefined if it is not wanted. */
  begin(field: Field): LineBuffer | undefined;
  /** Called before and after text. */
  quote(out: LineBuffer): void;
  /** A character of text, as UTF-16. */
  character(out: LineBuffer, code: number): void;
  /** Text: the bytes of a line from `from` to `to`. */
  written(out: LineBuffer, line: LineBuffer, from: number, to: number): void;
  boolean(out: LineBuffer, value: boolean): void;
}

/** What the recorder reads from the packet (Packet, which in turn holds the recorder). */
export interface RecordedPacket {
  readonly view: DataView;
  readonly end: number;
  readonly line: LineBuffer;
  isTruncated(): boolean;
  u24(at: number): number;
}

/** A field for each bit. */
export type BitFields = readonly (readonly [mask: number, field: Field])[];

/**
 * Records a packet's fields while it is decoded. The decoders report what they find, layer by layer
 * from the outside in.
 *
 * A field past the packet's end is left out. Once the packet has turned out to be truncated nothing
 * more is recorded, because what decoders read from then on was not captured.
 */
export class FieldRecorder {
  readonly #format: FieldFormat;
  #packet: RecordedPacket | undefined;

  constructor(format: FieldFormat) {
    this.#format = format;
  }

  /** Sets the packet that is being decoded. */
  follow(packet: RecordedPacket): void {
    this.#packet = packet;
  }

  /** Begins a layer; those before it are complete. */
  layer(layer: Layer): void {
    if (this.#packetWith(0, 0) !== undefined) this.#format.beginLayer(layer);
  }

  /** Begins one more item of a list. */
  item(list: Group): void {
    if (this.#packetWith(0, 0) !== undefined) this.#format.beginItem(list);
  }

  number(field: Field, value: number): void {
    if (this.#packetWith(0, 0) !== undefined) this.#format.begin(field)?.decimal(value);
  }

  boolean(field: Field, value: boolean): void {
    if (this.#packetWith(0, 0) === undefined) return;
    const out = this.#format.begin(field);
    if (out !== undefined) this.#format.boolean(out, value);
  }

  bits(fields: BitFields, value: number): void {
    for (const [mask, field] of fields) this.boolean(field, (value & mask) !== 0);
  }

  /** The one-byte unsigned integer at `at`; likewise the others below. */
  u8(field: Field, at: number): void {
    const packet = this.#packetWith(at, 1);
    if (packet !== undefined) this.#format.begin(field)?.decimal(packet.view.getUint8(at));
  }

  u16(field: Field, at: number): void {
    const packet = this.#packetWith(at, 2);
    if (packet !== undefined) this.#format.begin(field)?.decimal(packet.view.getUint16(at));
  }

  u24(field: Field, at: number): void {
    const packet = this.#packetWith(at, 3);
    if (packet !== undefined) this.#format.begin(field)?.decimal(packet.u24(at));
  }

  u32(field: Field, at: number): void {
    const packet = this.#packetWith(at, 4);
    if (packet !== undefined) this.#format.begin(field)?.decimal(packet.view.getUint32(at));
  }

  ipv4(field: Field, at: number): void {
    const packet = this.#packetWith(at, 4);
    if (packet === undefined) return;
    const out = this.#beginText(field);
    if (out === undefined) return;
    out.ipv4(packet.view.getInt32(at));
    this.#format.quote(out);
  }

  ipv6(field: Field, at: number): void {
    const packet = this.#packetWith(at, 16);
    if (packet === undefined) return;
    const out = this.#beginText(field);
    if (out === undefined) return;
    out.ipv6(packet.view, at);
    this.#format.quote(out);
  }

  /** A hardware address of six bytes. */
  mac(field: Field, at: number): void {
    const packet = this.#packetWith(at, 6);
    if (packet === undefined) return;
    const out = this.#beginText(field);
    if (out === undefined) return;
    out.linkAddress(packet.view, at);
    this.#format.quote(out);
  }

  /** The packet's bytes from `at` to `end`, as Latin-1 text. */
  text(field: Field, at: number, end: number): void {
    const packet = this.#packetWith(at, end - at);
    if (packet === undefined) return;
    const out = this.#beginText(field);
    if (out === undefined) return;
    for (let i = at; i < end; i++) this.#format.character(out, packet.view.getUint8(i));
    this.#format.quote(out);
  }

  /** What the decoders have written to the packet's line from `from` to `to`. */
  written(field: Field, from: number, to: number): void {
    const packet = this.#packetWith(0, 0);
    if (packet === undefined) return;
    const out = this.#beginText(field);
    if (out === undefined) return;
    this.#format.written(out, packet.line, from, to);
    this.#format.quote(out);
  }

  #beginText(field: Field): LineBuffer | undefined {
    const out = this.#format.begin(field);
    if (out !== undefined) this.#format.quote(out);
    return out;
  }

  /** The packet, if it has `count` bytes at `at` and is not known to be truncated. */
  #packetWith(at: number, count: number): RecordedPacket | undefined {
    const packet = this.#packet;
    return packet !== undefined && at + count <= packet.end && !packet.isTruncated()
      ? packet
      : undefined;
  }
}
