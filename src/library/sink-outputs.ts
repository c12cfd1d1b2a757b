import type { PacketSink, Sink } from '../sink/sink.js';
import type { CaptureStats } from '../stats/stats.js';
import type { Outputs } from './capture.js';
import type { Sinks } from './carry.js';
import { misuse } from './check.js';

const NO_STATISTICS: CaptureStats = { rings: [], startedAt: undefined, endedAt: undefined };

/** Sinks for a capture. */
export class SinkOutputs implements Outputs {
  readonly #packets: readonly PacketSink[];
  readonly #others: Sink[] = [];
  #isFree = true;

  constructor(packets: readonly PacketSink[]) {
    this.#packets = packets;
  }

  /** Sinks that need only the statistics: they are ended after all others, in this order. */
  add(sink: Sink): void {
    this.#others.push(sink);
  }

  get written(): number {
    return Math.min(...this.#packets.map((sink) => sink.packets));
  }

  get unwritten(): number {
    return Math.max(...this.#packets.map((sink) => sink.unwritten ?? 0));
  }

  get waitsForCompression(): boolean {
    return this.#packets.some((sink) => sink.waitsForCompression === true);
  }

  get file(): Outputs['file'] {
    return this.#packets.map((sink) => sink.file).find((state) => state !== undefined);
  }

  switchFiles(): void {
    for (const sink of this.#packets) sink.switchNow?.();
  }

  note(stats: CaptureStats): void {
    for (const sink of this.#others) sink.note?.(stats);
  }

  close(): void {
    if (!this.#isFree) return;
    this.#isFree = false;
    for (const sink of [...this.#packets, ...this.#others]) {
      // Nothing was written: nothing can be lost.
      void (async () => sink.end(NO_STATISTICS))().catch(() => undefined);
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @throws NmcapError NM_USAGE where they were taken or closed before */
  take(): Sinks {
    if (!this.#isFree) throw misuse('outputs are written to once: open others');
    this.#isFree = false;
    return { packets: this.#packets, others: this.#others };
  }
}
