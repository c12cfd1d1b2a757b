import { setImmediate as turn } from 'node:timers/promises';

import type { NativeBatch, NativeDrain } from '../binding.js';
import { debug } from '../debug.js';
import { NmcapError } from '../errors.js';
import type { Batch, PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import { BATCH_SIZE } from './open-drain.js';
import type { PortWatch } from './port-watch.js';
import type { Recorder } from './recorder.js';
import type { DrainWriter } from './writer.js';

/** How long batches may follow one another without a turn of the event loop. */
const MAX_WITHOUT_TURN_MS = 20;

/** How soon it is reported that no packets come. */
const QUIET_AFTER_MS = 100;

/** Who else has a say in what the drain hands over, and learns what becomes of it. */
export interface Parties {
  readonly watch: PortWatch;
  readonly writer: DrainWriter;
  readonly recorder: Recorder | undefined;
}

/** Hands over to JavaScript what the drain thread has, as soon as it is there. */
export class HandOver {
  readonly #drain: NativeDrain;
  readonly #section: Section;
  #wake: (() => void) | undefined;
  /** Whether the section has interfaces that no batch has announced. */
  #hasGrown = false;

  constructor(drain: NativeDrain, section: Section) {
    this.#drain = drain;
    this.#section = section;
  }

  /** The drain has something new. */
  wake(): void {
    this.#wake?.();
  }

  /** The section has one more interface. */
  announce(): void {
    this.#hasGrown = true;
    this.wake();
  }

  /** What the started drain has, until it has ended. `reportQuiet`: see Source. */
  async *batches(
    { watch, writer, recorder }: Parties,
    reportQuiet: boolean,
  ): AsyncGenerator<Batch, void> {
    let turnedAt = performance.now();
    let quietUntil = 0;
    for (;;) {
      // Signals would go unnoticed if the sinks never waited and the rings never ran dry.
      if (performance.now() - turnedAt > MAX_WITHOUT_TURN_MS) {
        await turn();
        turnedAt = performance.now();
      }
      // Checked before take(): after its end the drain hands over nothing new.
      const end = this.#drain.end();
      watch.update(this.#drain.statuses());
      if (this.#hasGrown) {
        this.#hasGrown = false;
        if (!writer.isUsed) yield this.#announcement();
      }
      const written = this.#drain.takeWritten();
      if (written > 0) {
        debug(() => `the writer thread has written ${written} packets`);
        yield { kind: 'written', packetCount: written };
        continue;
      }
      const ended = writer.ended();
      if (ended !== undefined) {
        yield ended;
        continue;
      }
      const asksForTime = recorder?.isRecording ?? reportQuiet;
      const until = asksForTime ? this.#drain.handedOverUntil() : 0;
      const next = recorder === undefined ? this.#take() : recorder.next(until);
      if (next !== undefined) {
        yield next;
      } else if (end.reason === 'failed') {
        throw new NmcapError('NM_DRAIN_FAILED', `draining the monitor failed: ${end.message}`);
      } else if (end.reason !== 'running') {
        debug(() => `the drain has ended: ${end.reason}`);
        recorder?.passOverRest();
        if (watch.failure !== undefined) throw watch.failure;
        return;
      } else if (until > quietUntil && recorder === undefined) {
        quietUntil = until;
        yield { kind: 'quiet', until };
      } else {
        await this.#news(asksForTime ? QUIET_AFTER_MS : undefined);
      }
    }
  }

  /** Packets in the drain's memory, lent until they are released. */
  packets({ index, start, length, packetCount, counts }: NativeBatch): PacketBatch {
    debug(() => `batch ${index}: ${packetCount} packets, ${length} bytes`);
    return {
      kind: 'packets',
      bytes: new Uint8Array(this.#drain.memory, index * BATCH_SIZE + start, length),
      packetCount,
      section: this.#section,
      counts,
      release: () => {
        this.#drain.release(index);
      },
    };
  }

  #take(): PacketBatch | undefined {
    const taken = this.#drain.take();
    return taken && this.packets(taken);
  }

  /** A batch without packets. */
  #announcement(): PacketBatch {
    return {
      kind: 'packets',
      bytes: new Uint8Array(0),
      packetCount: 0,
      section: this.#section,
      release() {
        // It has no memory of the drain's.
      },
    };
  }

  /** Settles when the drain has something new, or the time is up. */
  #news(most: number | undefined): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = most === undefined ? undefined : setTimeout(resolve, most);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
