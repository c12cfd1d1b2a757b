import { PacketCursor } from '../../src/pcapng/cursor.js';
import type { PacketPrinter } from '../../src/print/summary.js';
import { LineBuffer } from '../../src/text/line.js';

/**
 * What a printer prints for each packet of a batch as epbBatch() makes them: time stamps are
 * nanoseconds.
 */
export function printedBy(printer: PacketPrinter, batch: Uint8Array, linkType = 1): string[] {
  const cursor = new PacketCursor();
  cursor.reset(batch, {
    byteOrder: 'little',
    interfaces: [
      { linkType, snapshotLength: 0, ticksPerSecond: 1_000_000_000n, secondsOffset: 0n },
    ],
  });
  const line = new LineBuffer();
  const texts: string[] = [];
  while (cursor.next()) {
    line.clear();
    printer.print(cursor, line);
    texts.push(Buffer.from(line.take()).toString('latin1'));
  }
  return texts;
}
