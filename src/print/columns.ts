import type { Field } from '../decode/field.js';
import type { FieldFormat } from '../decode/field-recorder.js';
import { FIELDS } from '../decode/fields.js';
import { Char } from '../text/char.js';
import { Escaper } from '../text/escape.js';
import { LineBuffer } from '../text/line.js';

const COLUMN_CAPACITY = 256;

const ESCAPER = new Escaper();

/**
 * Chosen fields in columns with tabs between them, a row for each packet. A field that a packet has
 * several times is one column with commas, as tshark's `-T fields` has it.
 */
export class ColumnFormat implements FieldFormat {
  readonly #columns: readonly LineBuffer[];
  /** Of each field, by its index, where it is wanted. */
  readonly #columnOf: readonly (LineBuffer | undefined)[];
  #out = new LineBuffer(0);

  constructor(fields: readonly Field[]) {
    const columnOf = FIELDS.map((): LineBuffer | undefined => undefined);
    this.#columns = fields.map(
      ({ index }) => (columnOf[index] ??= new LineBuffer(COLUMN_CAPACITY)),
    );
    this.#columnOf = columnOf;
  }

  beginPacket(out: LineBuffer): void {
    this.#out = out;
    for (const column of this.#columns) column.clear();
  }

  beginLayers(): void {
    // Columns have no layers.
  }

  beginLayer(): void {
    // As above.
  }

  beginItem(): void {
    // As above.
  }

  endLayers(): void {
    // As above.
  }

  endPacket(): void {
    let isFirst = true;
    for (const column of this.#columns) {
      if (!isFirst) this.#out.byte(Char.Tab);
      isFirst = false;
      this.#out.append(column);
    }
    this.#out.byte(Char.LineFeed);
  }

  begin(field: Field): LineBuffer | undefined {
    const column = this.#columnOf[field.index];
    if (column !== undefined && column.length > 0) column.byte(Char.Comma);
    return column;
  }

  quote(): void {
    // Tabs and commas end a text.
  }

  character(out: LineBuffer, code: number): void {
    ESCAPER.character(out, code);
  }

  written(out: LineBuffer, line: LineBuffer, from: number, to: number): void {
    ESCAPER.written(out, line, from, to);
  }

  boolean(out: LineBuffer, value: boolean): void {
    out.byte(value ? Char.One : Char.Zero);
  }
}
