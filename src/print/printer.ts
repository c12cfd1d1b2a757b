import { type Column, ColumnFormat } from './columns.js';
import { FieldPrinter } from './fields.js';
import { JsonFormat } from './json.js';
import { type PacketPrinter, type SummaryOptions, SummaryPrinter } from './summary.js';

/** How packets are printed: a line as tcpdump's, all that is known as JSON, or chosen fields. */
export type PrintFormat =
  | { readonly kind: 'summary'; readonly options: SummaryOptions }
  | { readonly kind: 'json' }
  | { readonly kind: 'fields'; readonly columns: readonly Column[]; readonly header: boolean };

export function createPrinter(format: PrintFormat): PacketPrinter {
  switch (format.kind) {
    case 'summary':
      return new SummaryPrinter(format.options);
    case 'json':
      return new FieldPrinter(new JsonFormat());
    case 'fields': {
      const { columns, header } = format;
      return new FieldPrinter(new ColumnFormat(columns), header ? columnNames(columns) : undefined);
    }
  }
}

/** The line of `--header`. */
function columnNames(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => name).join('\t')}\n`;
}
