import type { FieldFormat } from '../../src/decode/field-recorder.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import type { Section } from '../../src/pcapng/section.js';
import { FieldPrinter } from '../../src/print/fields.js';
import { LineBuffer } from '../../src/text/line.js';
import { epbBatch, type TestPacket } from './pcap.js';

/** What is printed of the packets, as JSON or in columns. */
export function fieldText(
  format: FieldFormat,
  packets: readonly TestPacket[],
  linkType = 1,
): string {
  const section: Section = {
    byteOrder: 'little',
    interfaces: [
      { linkType, snapshotLength: 0, ticksPerSecond: 1_000_000_000n, secondsOffset: 0n },
    ],
  };
  const cursor = new PacketCursor();
  cursor.reset(epbBatch(packets), section);
  const line = new LineBuffer();
  const printer = new FieldPrinter(format);
  while (cursor.next()) printer.print(cursor, line);
  return Buffer.from(line.take()).toString('latin1');
}
