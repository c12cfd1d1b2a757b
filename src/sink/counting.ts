import type { PacketBatch } from '../pcapng/batch.js';
import type { PacketSink } from './sink.js';

/** Counts the packets and does nothing else with them. */
export class CountingSink implements PacketSink {
  #packets = 0;

  get packets(): number {
    return this.#packets;
  }

  begin(): void {
    // A count needs no section.
  }

  write(batch: PacketBatch): void {
    this.#packets += batch.packetCount;
  }

  end(): void {
    // The count stays.
  }
}
