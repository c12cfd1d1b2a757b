import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import type { MonitorSource } from '../../src/monitor/monitor.js';
import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { sourceOn } from './source.js';

const PATIENCE_MS = 20_000;

/** A source that is being read, with the lines that it has reported. */
class Reading {
  readonly lines: string[] = [];
  readonly source: MonitorSource;
  /** Until the source ends. */
  readonly end: Promise<void>;

  constructor(fixture: Fixture, ports: readonly string[], zeroCopy = false) {
    this.source = sourceOn(fixture, ports, {
      zeroCopy,
      report: (line) => this.lines.push(line),
    });
    this.end = this.#read();
    // Looked at when the scenario comes to it.
    this.end.catch(() => undefined);
  }

  async reported(count: number): Promise<readonly string[]> {
    const deadline = performance.now() + PATIENCE_MS;
    while (this.lines.length < count && performance.now() < deadline) await sleep(5);
    return this.lines;
  }

  async #read(): Promise<void> {
    for await (const batch of this.source.batches(new AbortController().signal)) {
      if (batch.kind === 'packets') batch.release();
    }
  }
}

const left = (port: string) => `${port}: its application left netmap mode`;

describe('what becomes of the ports of a capture', () => {
  scenario('a line when each application leaves, the end with the last', {}, async (ports) => {
    const [application, peer] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent, ports.peer]);
    peer.port.close();
    assert.deepEqual(await reading.reported(1), [left(ports.peer)]);
    application.send([1]);
    application.port.close();
    await reading.end;
    assert.deepEqual(reading.lines, [left(ports.peer), left(ports.parent)]);
  });

  scenario('an application that is back at once has not just left', {}, async (ports) => {
    const [application] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent]);
    application.port.close();
    ports.open(ports.parent);
    await assert.rejects(reading.end, {
      code: 'NM_DRAIN_FAILED',
      message: `${ports.parent}: the monitor has ended, though the port is in netmap mode`,
    });
    assert.deepEqual(reading.lines, []);
  });

  scenario(
    'of two ports the other one goes on, and the error comes at the end',
    {},
    async (ports) => {
      const [application, peer] = ports.openBoth();
      const reading = new Reading(ports, [ports.parent, ports.peer]);
      application.port.close();
      ports.open(ports.parent);
      const failed = `${ports.parent}: the monitor has ended, though the port is in netmap mode`;
      assert.deepEqual(await reading.reported(1), [failed]);
      peer.port.close();
      await assert.rejects(reading.end, { code: 'NM_DRAIN_FAILED', message: failed });
      assert.deepEqual(reading.lines, [failed, left(ports.peer)]);
    },
  );
});
