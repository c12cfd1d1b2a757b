import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import type { MonitorSource } from '../../src/monitor/monitor.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import type { Fixture } from './fixture.js';
import { FRAME_LENGTH, seen } from './frame.js';
import { sourceOn, type SourceOptions } from './source.js';

const PATIENCE_MS = 20_000;

/** Times, which every run has others of. */
export const withoutTimes = (text: string) =>
  text.replaceAll(/\d\d:\d\d:\d\d/g, 'T').replaceAll(/\d+\.\d+ s/g, 'S s');

/** A source that is being read, with the lines that it has reported. */
export class Reading {
  readonly lines: string[] = [];
  /** Interface, sequence number and comment of each packet. */
  readonly packets: [number, number | 'damaged', string | undefined][] = [];
  readonly source: MonitorSource;
  readonly #ending = new AbortController();
  /** Until the source ends. */
  readonly end: Promise<void>;

  constructor(fixture: Fixture, ports: readonly string[], options: SourceOptions = {}) {
    this.source = sourceOn(fixture, ports, {
      ...options,
      report: (line) => this.lines.push(withoutTimes(line)),
    });
    this.end = this.#read();
    // Looked at when the scenario comes to it.
    this.end.catch(() => undefined);
  }

  async reported(count: number): Promise<readonly string[]> {
    await patiently(() => this.lines.length >= count);
    return this.lines;
  }

  async captured(count: number): Promise<void> {
    await patiently(() => this.packets.length >= count);
    assert.equal(this.packets.length, count);
  }

  async #read(): Promise<void> {
    const cursor = new PacketCursor();
    for await (const batch of this.source.batches(this.#ending.signal)) {
      if (batch.kind !== 'packets') continue;
      cursor.reset(batch.bytes, batch.section);
      while (cursor.next()) {
        const bytes = batch.bytes.subarray(cursor.dataOffset, cursor.dataOffset + FRAME_LENGTH);
        const { sequence } = seen({ bytes, flags: 0 });
        const comment = cursor.comment === undefined ? undefined : withoutTimes(cursor.comment);
        this.packets.push([cursor.interfaceId, sequence, comment]);
      }
      batch.release();
    }
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.end;
  }
}

export async function patiently(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition() && performance.now() < deadline) await sleep(5);
}
