import { PacketCursor } from '../pcapng/cursor.js';
import { LineBuffer } from '../print/line.js';
import type { PacketPrinter } from '../print/summary.js';
import type { Batch } from '../source/source.js';
import type { Output } from './output.js';
import type { Sink } from './sink.js';

/** Text this long is written out before the batch is through. */
const FLUSH_AT = 1 << 16;

/** Prints every packet. */
export class PrinterSink implements Sink {
  readonly #printer: PacketPrinter;
  readonly #output: Output;
  readonly #cursor = new PacketCursor();
  readonly #lines = new LineBuffer();

  constructor(printer: PacketPrinter, output: Output) {
    this.#printer = printer;
    this.#output = output;
  }

  begin(): void {
    // Lines have no header.
  }

  async write(batch: Batch): Promise<void> {
    const lines = this.#lines;
    this.#cursor.reset(batch.bytes, batch.section);
    while (this.#cursor.next()) {
      this.#printer.print(this.#cursor, lines);
      if (lines.length >= FLUSH_AT) await this.#flush();
    }
    await this.#flush();
  }

  end(): Promise<void> {
    return this.#output.close();
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    await this.#output.write(this.#lines.take());
    this.#lines.clear();
  }
}
