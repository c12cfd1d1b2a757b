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

  begin(section: Section): void {
    this.#section = section;
  }

  write(): void {
    // The source counts the frames.
  }

  async end(stats: CaptureStats): Promise<void> {
    if (this.#section !== undefined) {
      const text = statsJson(this.#section, stats, this.#written());
      await this.#output.write(Buffer.from(text));
    }
    await this.#output.close();
  }
}
