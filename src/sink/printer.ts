import type { FileState, Output } from '../output.js';
import type { PacketBatch } from '../pcapng/batch.js';
import { PacketCursor } from '../pcapng/cursor.js';
import type { Section } from '../pcapng/section.js';
import type { PacketPrinter } from '../print/summary.js';
import { LineBuffer } from '../text/line.js';
import type { PacketSink } from './sink.js';

/** Bytes of text that may wait while other text is being written. */
const MAX_WAITING = 1 << 18;
/** Room beyond that for the lines of one packet; the buffer grows where they are longer. */
const MAX_LINES_LENGTH = 1 << 14;

/**
 * Prints every packet. While lines are being written, the next ones are formatted: there are two
 * buffers, and as soon as one has been written, the other follows with what it has.
 */
export class PrinterSink implements PacketSink {
  readonly #printer: PacketPrinter;
  readonly #output: Output;
  readonly #cursor = new PacketCursor();
  #lines = new LineBuffer(MAX_WAITING + MAX_LINES_LENGTH);
  #idle = new LineBuffer(MAX_WAITING + MAX_LINES_LENGTH);
  /** Packets whose lines are in #lines, and packets whose lines have been written. */
  #waiting = 0;
  #packets = 0;
  /** Settles when the other buffer has been written; undefined when none is being written. */
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #stop: () => void = () => undefined;

  constructor(printer: PacketPrinter, output: Output) {
    this.#printer = printer;
    this.#output = output;
  }

  get file(): FileState | undefined {
    return this.#output.state;
  }

  get packets(): number {
    return this.#packets;
  }

  begin(_section: Section, stop: () => void): void {
    this.#stop = stop;
    this.#output.watch?.(stop);
    if (this.#printer.header === undefined) return;
    this.#lines.text(this.#printer.header);
    this.#flush();
  }

  async write(batch: PacketBatch): Promise<void> {
    this.#throwFailure();
    this.#cursor.reset(batch.bytes, batch.section);
    for (;;) {
      const isThrough = !this.#print();
      this.#flush();
      if (isThrough) break;
      // If earlier lines are still being written by now, enough text is waiting: printing pauses.
      if (this.#lines.length >= MAX_WAITING) await this.#writing;
      this.#throwFailure();
    }
    this.#throwFailure();
  }

  async end(): Promise<void> {
    // Lines of the last batch may still be waiting for those before them.
    while (this.#writing !== undefined) await this.#writing;
    await this.#output.close();
    this.#throwFailure();
  }

  /** Prints until enough text is waiting; false at the end of the batch. */
  #print(): boolean {
    const cursor = this.#cursor;
    const lines = this.#lines;
    while (cursor.next()) {
      this.#printer.print(cursor, lines);
      this.#waiting++;
      if (lines.length >= MAX_WAITING) return true;
    }
    return false;
  }

  /** Starts writing the lines; if others are being written, they follow those. */
  #flush(): void {
    if (this.#failure !== undefined) return;
    if (this.#writing !== undefined || this.#lines.length === 0) return;
    const lines = this.#lines;
    const packets = this.#waiting;
    this.#lines = this.#idle;
    this.#waiting = 0;
    this.#writing = this.#output.write(lines.take()).then(
      () => {
        this.#packets += packets;
        lines.clear();
        this.#idle = lines;
        this.#writing = undefined;
        this.#flush();
      },
      (error: unknown) => {
        this.#failure = { error };
        this.#writing = undefined;
        // The next batch, whose write() would throw it, may not come for a long time.
        this.#stop();
      },
    );
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
