import type { Output } from '../output.js';
import type { Section } from '../pcapng/section.js';
import { statsJson, statsJsonLine } from '../stats/json.js';
import type { CaptureStats } from '../stats/stats.js';
import type { Sink } from './sink.js';

/**
 * Writes the statistics when the capture ends, to a file opened before it began: a mistake in its
 * name is reported in time. With `lines` it also writes those so far when note() asks for them, and
 * each on a line.
 */
export class StatsSink implements Sink {
  readonly #output: Output;
  readonly #written: () => number;
  readonly #lines: boolean;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #stop: () => void = () => undefined;
  #section: Section | undefined;

  /** `written`: the number of packets that have reached every output. */
  constructor(output: Output, written: () => number, { lines }: { readonly lines: boolean }) {
    this.#output = output;
    this.#written = written;
    this.#lines = lines;
  }

  async begin(section: Section, stop: () => void): Promise<void> {
    this.#output.watch?.(stop);
    this.#section = section;
    this.#stop = stop;
    // Empties the file: what an earlier run has left must not pass for this one's, should it be killed.
    await this.#output.write(new Uint8Array(0));
  }

  write(): void {
    // The source counts the frames.
  }

  /** Where earlier figures still wait for their reader, these are left out. */
  note(stats: CaptureStats): void {
    if (this.#section === undefined || this.#writing !== undefined) return;
    const line = statsJsonLine(this.#section, stats, this.#written(), Date.now() * 1000);
    this.#writing = this.#output.write(Buffer.from(line)).then(
      () => {
        this.#writing = undefined;
      },
      (error: unknown) => {
        this.#failure = { error };
        this.#stop();
      },
    );
  }

  async end(stats: CaptureStats): Promise<void> {
    try {
      await this.#writing;
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#section !== undefined) {
        const written = this.#written();
        const text = this.#lines
          ? statsJsonLine(this.#section, stats, written, stats.endedAt ?? Date.now() * 1000)
          : statsJson(this.#section, stats, written);
        await this.#output.write(Buffer.from(text));
      }
    } finally {
      await this.#output.close();
    }
  }
}
