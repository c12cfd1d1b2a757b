import type { FieldFormat } from '../../src/decode/field-recorder.js';
import { FieldPrinter } from '../../src/print/fields.js';
import { epbBatch, type TestPacket } from './pcap.js';
import { printedBy } from './print.js';

/** What is printed of the packets, as JSON or in columns. */
export function fieldText(
  format: FieldFormat,
  packets: readonly TestPacket[],
  linkType = 1,
): string {
  return printedBy(new FieldPrinter(format), epbBatch(packets), linkType).join('');
}
