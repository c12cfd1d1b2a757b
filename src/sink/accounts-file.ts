import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from '../source/stats.js';
import { statsJson } from '../stats-json.js';
import type { CountingSink } from './counting.js';
import type { Output } from './output.js';
import type { Sink } from './sink.js';

/** Writes the accounts at the end, to what was opened at the beginning: a mistake is told in time. */
export class AccountsSink implements Sink {
  readonly #output: Output;
  readonly #written: CountingSink;
  #section: Section | undefined;

  constructor(output: Output, written: CountingSink) {
    this.#output = output;
    this.#written = written;
  }

  begin(section: Section): void {
    this.#section = section;
  }

  write(): void {
    // Packets are none of the accounts' business.
  }

  async end(stats: CaptureStats): Promise<void> {
    if (this.#section !== undefined) {
      const text = statsJson(this.#section, stats, this.#written.packets);
      await this.#output.write(Buffer.from(text));
    }
    await this.#output.close();
  }
}
