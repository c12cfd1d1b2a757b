import type { Field } from '../decode/field.js';
import { ColumnFormat } from './columns.js';
import { FieldPrinter } from './fields.js';
import { JsonFormat } from './json.js';
import { type PacketPrinter, type SummaryOptions, SummaryPrinter } from './summary.js';

/** How packets are printed: a line as tcpdump's, all that is known as JSON, or chosen fields. */
export type PrintFormat =
  | { readonly kind: 'summary'; readonly options: SummaryOptions }
  | { readonly kind: 'json' }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] };

export function createPrinter(format: PrintFormat): PacketPrinter {
  switch (format.kind) {
    case 'summary':
      return new SummaryPrinter(format.options);
    case 'json':
      return new FieldPrinter(new JsonFormat());
    case 'fields':
      return new FieldPrinter(new ColumnFormat(format.fields));
  }
}
