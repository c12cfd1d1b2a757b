import type { Field } from '../decode/field.js';
import type { FieldFormat } from '../decode/field-recorder.js';
import { ALL_FIELDS } from '../decode/fields.js';
import { ColumnFields } from '../decode/packet-fields.js';
import { FIELDS_BY_NAME } from '../decode/wireshark-names.js';
import { NmcapError } from '../errors.js';
import { Char } from '../text/char.js';
import { Escaper } from '../text/escape.js';
import { LineBuffer } from '../text/line.js';

const COLUMN_CAPACITY = 256;

const ESCAPER = new Escaper();

/** What a column shows: a field, or several together. */
export interface Column {
  readonly name: string;
  readonly fields: readonly Field[];
}

/**
 * The columns of fields that are named, each under the name that it was given.
 *
 * @throws NmcapError NM_USAGE for a name that no field has
 */
export function columnsNamed(names: readonly string[]): Column[] {
  return names.map((name) => {
    const fields = FIELDS_BY_NAME.get(name);
    if (fields !== undefined) return { name, fields };
    throw new NmcapError('NM_USAGE', `there is no field '${name}'`, {
      hint: 'docs/json.md lists all fields',
    });
  });
}

/** The values of a packet's field, and the columns of several fields that show them, too. */
interface Values {
  readonly text: LineBuffer;
  readonly joined: readonly LineBuffer[];
}

/**
 * Chosen fields in columns with tabs between them, a row for each packet. A field that a packet has
 * several times is one column with commas, as tshark's `-T fields` has it; so are several fields of
 * one column, in the order of the packet.
 */
export class ColumnFormat implements FieldFormat {
  readonly hasColumnFields: boolean;
  readonly #columns: readonly LineBuffer[];
  /** Every buffer, of a column or not. */
  readonly #buffers: readonly LineBuffer[];
  /** Of each field, by its index, where it is wanted. */
  readonly #valuesOf: readonly (Values | undefined)[];
  #out = new LineBuffer(0);
  /** The value that is being written, for columns of several fields, and where it begins. */
  #pending: Values | undefined;
  #pendingFrom = 0;

  constructor(columns: readonly Column[]) {
    const joined = new Map(
      columns
        .filter(({ fields }) => fields.length > 1)
        .map((column) => [column, new LineBuffer(COLUMN_CAPACITY)]),
    );
    const wanted = new Set(columns.flatMap(({ fields }) => fields));
    const valuesOf = ALL_FIELDS.map((field): Values | undefined => {
      if (!wanted.has(field)) return undefined;
      const showing = [...joined].filter(([{ fields }]) => fields.includes(field));
      return {
        text: new LineBuffer(COLUMN_CAPACITY),
        joined: showing.map(([, buffer]) => buffer),
      };
    });
    this.#valuesOf = valuesOf;
    this.#columns = columns.flatMap(
      (column) =>
        joined.get(column) ?? column.fields.flatMap(({ index }) => valuesOf[index]?.text ?? []),
    );
    this.#buffers = [...joined.values(), ...valuesOf.flatMap((values) => values?.text ?? [])];
    this.hasColumnFields = Object.values(ColumnFields).some((field) => wanted.has(field));
  }

  beginPacket(out: LineBuffer): void {
    this.#out = out;
    for (const buffer of this.#buffers) buffer.clear();
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
    this.#join();
    let isFirst = true;
    for (const column of this.#columns) {
      if (!isFirst) this.#out.byte(Char.Tab);
      isFirst = false;
      this.#out.append(column);
    }
    this.#out.byte(Char.LineFeed);
  }

  begin(field: Field): LineBuffer | undefined {
    this.#join();
    const values = this.#valuesOf[field.index];
    if (values === undefined) return undefined;
    const { text, joined } = values;
    if (text.length > 0) text.byte(Char.Comma);
    if (joined.length > 0) {
      this.#pending = values;
      this.#pendingFrom = text.length;
    }
    return text;
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

  /** Adds the value that was written last to the columns of several fields. */
  #join(): void {
    if (this.#pending === undefined) return;
    const { text, joined } = this.#pending;
    for (const column of joined) {
      if (column.length > 0) column.byte(Char.Comma);
      column.append(text, this.#pendingFrom);
    }
    this.#pending = undefined;
  }
}
