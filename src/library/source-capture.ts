import type { Triggered } from '../pcapng/batch.js';
import { PacketCursor } from '../pcapng/cursor.js';
import type { Section } from '../pcapng/section.js';
import type { Source } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';
import type { Batch, Capture, Outputs, Trigger } from './capture.js';
import { carry } from './carry.js';
import { misuse } from './check.js';
import type { Limits } from './limits.js';
import { SinkOutputs } from './sink-outputs.js';

/** Hands out, or writes, what a source yields, and closes it. */
export class SourceCapture implements Capture {
  readonly #source: Source;
  readonly #limits: Limits;
  #state: 'open' | 'read' | 'closed' = 'open';
  #batches: AsyncGenerator<Batch, undefined> | undefined;

  constructor(source: Source, limits: Limits) {
    this.#source = source;
    this.#limits = limits;
  }

  get section(): Section {
    return this.#source.section;
  }

  get filterOverruns(): number {
    return this.#source.filterOverruns?.() ?? 0;
  }

  /** Of whoever opened it. */
  get signal(): AbortSignal | undefined {
    return this.#limits.signal;
  }

  stats(): CaptureStats {
    return this.#source.stats();
  }

  [Symbol.asyncIterator](): AsyncIterator<Batch, undefined> {
    if (this.#batches !== undefined) throw misuse('a capture is read once: open another one');
    this.#batches = this.#read();
    return this.#batches;
  }

  async writeTo(outputs: Outputs): Promise<void> {
    if (!(outputs instanceof SinkOutputs)) throw misuse('writeTo() takes what openOutputs() gives');
    const signal = this.#begin();
    try {
      await carry(this.#source, outputs.take(), signal);
    } finally {
      this.#end();
    }
  }

  close(): void {
    void this.#close().catch(() => undefined);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Settles once the source is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #close(): Promise<void> {
    const wasRead = this.#state === 'read';
    this.#state = 'closed';
    this.#limits.abort();
    if (!wasRead) this.#source.close();
    // Whoever waits for a batch gets none any more; whoever has one, no further one.
    else await this.#batches?.return(undefined);
  }

  #begin(): AbortSignal {
    if (this.#state !== 'open') throw misuse('a capture is read once: open another one');
    this.#state = 'read';
    return this.#limits.begin();
  }

  #end(): void {
    this.#limits.end();
    this.#source.close();
    this.#state = 'closed';
  }

  /** By another name: nobody else's checks narrow what close() may have changed meanwhile. */
  get #isClosed(): boolean {
    return this.#state === 'closed';
  }

  async *#read(): AsyncGenerator<Batch, undefined> {
    const signal = this.#begin();
    const packets = new PacketCursor();
    let trigger: Trigger | undefined;
    try {
      for await (const batch of this.#source.batches(signal)) {
        if (batch.kind === 'triggered') trigger = asTrigger(batch);
        if (batch.kind !== 'packets') continue;
        try {
          // Without packets it only announces something that the section has by now.
          if (batch.packetCount === 0 || this.#isClosed) continue;
          const { bytes, packetCount, section } = batch;
          packets.reset(bytes, section);
          yield { packets, packetCount, bytes, section, trigger };
          trigger = undefined;
        } finally {
          batch.release();
        }
      }
    } finally {
      this.#end();
    }
    return undefined;
  }
}

function asTrigger({ time, bySignal }: Triggered): Trigger {
  return { time, byCall: bySignal };
}
