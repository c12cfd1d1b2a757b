import type { Field, Group, Layer } from '../decode/field.js';
import type { FieldFormat } from '../decode/field-recorder.js';
import { ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { Escaper } from '../text/escape.js';
import { LineBuffer } from '../text/line.js';

const LAYERS = ascii(',"layers":[');
const END_LAYERS = ascii(']');
const END_LAYER = ascii('}}');
const END_PACKET = ascii('}\n');
const TRUE = ascii('true');
const FALSE = ascii('false');
const NEXT_ITEM = ascii('},{');

const COMMA: number = Char.Comma;
const QUOTE: number = Char.Quote;
const LEFT_BRACE: number = Char.LeftBrace;

const ESCAPER = new Escaper('"');

/** One JSON object a packet, each on a line (docs/json.md). */
export class JsonFormat implements FieldFormat {
  readonly hasColumnFields = false;
  #out = new LineBuffer(0);
  /** Whether the next field or group is the first of its object, and so has no comma in front. */
  #isFirst = true;
  #group: Group | undefined;
  #inLayer = false;

  beginPacket(out: LineBuffer): void {
    this.#out = out;
    this.#isFirst = true;
    out.byte(LEFT_BRACE);
  }

  beginLayers(): void {
    this.#out.put(LAYERS);
  }

  beginLayer(layer: Layer): void {
    if (this.#inLayer) {
      this.#endLayer();
      this.#out.byte(COMMA);
    }
    this.#inLayer = true;
    this.#isFirst = true;
    this.#out.put(layer.open);
  }

  beginItem(list: Group): void {
    if (this.#group === list) {
      this.#out.put(NEXT_ITEM);
      this.#isFirst = true;
    } else {
      this.#enter(list);
    }
  }

  endLayers(): void {
    if (this.#inLayer) this.#endLayer();
    this.#inLayer = false;
    this.#isFirst = false;
    this.#out.put(END_LAYERS);
  }

  endPacket(): void {
    this.#out.put(END_PACKET);
  }

  begin(field: Field): LineBuffer {
    if (field.group !== this.#group) this.#enter(field.group);
    this.#out.put(this.#isFirst ? field.firstKey : field.nextKey);
    this.#isFirst = false;
    return this.#out;
  }

  quote(out: LineBuffer): void {
    out.byte(QUOTE);
  }

  character(out: LineBuffer, code: number): void {
    ESCAPER.character(out, code);
  }

  written(out: LineBuffer, line: LineBuffer, from: number, to: number): void {
    ESCAPER.written(out, line, from, to);
  }

  boolean(out: LineBuffer, value: boolean): void {
    out.put(value ? TRUE : FALSE);
  }

  #endLayer(): void {
    this.#enter(undefined);
    this.#out.put(END_LAYER);
  }

  /** Ends the group of fields that is open, and begins `group`. */
  #enter(group: Group | undefined): void {
    if (this.#group !== undefined) {
      this.#out.put(this.#group.close);
      this.#isFirst = false;
    }
    this.#group = group;
    if (group === undefined) return;
    this.#out.put(this.#isFirst ? group.firstOpen : group.nextOpen);
    this.#isFirst = true;
  }
}
