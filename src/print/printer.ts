import { ColumnFormat, columnsNamed } from './columns.js';
import { FieldPrinter } from './fields.js';
import { JsonFormat } from './json.js';
import { type PacketPrinter, type SummaryOptions, SummaryPrinter } from './summary.js';

/** How packets are printed. */
export type PrintFormat = SummaryFormat | JsonLinesFormat | ColumnsFormat;

/** A line as `tcpdump -n` prints it, with the packet's direction (docs/summaries.md). */
export interface SummaryFormat {
  /** A line for people. */
  readonly kind: 'summary';
  /** What it has, and what follows it. */
  readonly options: SummaryOptions;
}

/** All that is known of a packet, as a JSON object on a line (docs/json.md). */
export interface JsonLinesFormat {
  /** An object for programs. */
  readonly kind: 'json';
}

/** Chosen fields, with tabs between them (docs/json.md). */
export interface ColumnsFormat {
  /** Columns for scripts. */
  readonly kind: 'fields';
  /** Names of fields. */
  readonly columns: readonly string[];
  /** Whether the first line has the names. */
  readonly header: boolean;
}

/** @throws NmcapError NM_USAGE for a name that no field has */
export function createPrinter(format: PrintFormat): PacketPrinter {
  switch (format.kind) {
    case 'summary':
      return new SummaryPrinter(format.options);
    case 'json':
      return new FieldPrinter(new JsonFormat());
    case 'fields': {
      const { columns, header } = format;
      const names = header ? `${columns.join('\t')}\n` : undefined;
      return new FieldPrinter(new ColumnFormat(columnsNamed(columns)), names);
    }
  }
}
