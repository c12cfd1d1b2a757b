import type { Batch } from '../source/source.js';
import type { Sink } from './sink.js';

/** Counts the packets that the sinks before it are done with. */
export class CountingSink implements Sink {
  #packets = 0;

  get packets(): number {
    return this.#packets;
  }

  begin(): void {
    // A count needs no section.
  }

  write(batch: Batch): void {
    this.#packets += batch.packetCount;
  }

  end(): void {
    // The count stays.
  }
}
