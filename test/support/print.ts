import { PacketCursor } from '../../src/pcapng/cursor.js';
import type { PacketPrinter } from '../../src/print/summary.js';
import { LineBuffer } from '../../src/text/line.js';

/** What a printer prints for a batch as epbBatch() makes them: time stamps are nanoseconds. */
export function printedBy(printer: PacketPrinter, batch: Uint8Array, linkType = 1): string {
  const cursor = new PacketCursor();
  cursor.reset(batch, {
    byteOrder: 'little',
    interfaces: [
      { linkType, snapshotLength: 0, ticksPerSecond: 1_000_000_000n, secondsOffset: 0n },
    ],
  });
  const line = new LineBuffer();
  while (cursor.next()) printer.print(cursor, line);
  return Buffer.from(line.take()).toString('latin1');
}
