import type { Section } from '../pcapng/section.js';
import type { CaptureStats } from '../stats/stats.js';
import { statsJson } from '../stats/json.js';
import type { Output } from './output.js';
import type { Sink } from './sink.js';

/** Writes the accounts at the end, to what was opened at the beginning: a mistake is told in time. */
export class AccountsSink implements Sink {
  readonly #output: Output;
  readonly #written: () => number;
  #section: Section | undefined;

  /** `written`: the packets that the outputs have. */
  constructor(output: Output, written: () => number) {
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
      const text = statsJson(this.#section, stats, this.#written());
      await this.#output.write(Buffer.from(text));
    }
    await this.#output.close();
  }
}
