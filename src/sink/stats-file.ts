import type { Section } from '../pcapng/section.js';
import { statsJson } from '../stats/json.js';
import type { CaptureStats } from '../stats/stats.js';
import type { Output } from './output.js';
import type { Sink } from './sink.js';

/**
 * Writes the statistics when the capture ends, to a file opened before it began: a mistake in its
 * name is reported in time.
 */
export class StatsSink implements Sink {
  readonly #output: Output;
  readonly #written: () => number;
  #section: Section | undefined;

  /** `written`: the number of packets that have reached every output. */
  constructor(output: Output, written: () => number) {
    this.#output = output;
    this.#written = written;
  }

  async begin(section: Section, stop: () => void): Promise<void> {
    this.#output.watch?.(stop);
    this.#section = section;
    // Empties the file: what an earlier run has left must not pass for this one's, should it be killed.
    await this.#output.write(new Uint8Array(0));
  }

  write(): void {
    // The source counts the frames.
  }

  async end(stats: CaptureStats): Promise<void> {
    try {
      if (this.#section !== undefined) {
        const text = statsJson(this.#section, stats, this.#written());
        await this.#output.write(Buffer.from(text));
      }
    } finally {
      await this.#output.close();
    }
  }
}
