import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import type { MonitorSource } from '../../src/monitor/monitor.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { FRAME_LENGTH, range, seen } from './frame.js';
import { sourceOn, type SourceOptions } from './source.js';

const PATIENCE_MS = 20_000;
/** Of leaving and returning. */
const CYCLES = 20;

/** Times, which every run has others of. */
const withoutTimes = (text: string) =>
  text.replaceAll(/\d\d:\d\d:\d\d/g, 'T').replaceAll(/\d+\.\d+ s/g, 'S s');

/** A source that is being read, with the lines that it has reported. */
class Reading {
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

async function patiently(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition() && performance.now() < deadline) await sleep(5);
}

const left = (port: string) =>
  `${port}: its application left netmap mode (--reattach waits for it)`;

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

  scenario(
    'with --reattach the capture goes on when the application is back',
    {},
    async (ports) => {
      const [application] = ports.openBoth();
      const reading = new Reading(ports, [ports.parent], { reattach: true });
      application.send([1]);
      await reading.captured(1);
      let present = application;
      for (const cycle of range(0, CYCLES - 1)) {
        const before = reading.lines.length;
        present.port.close();
        await reading.reported(before + 1);
        present = ports.open(ports.parent);
        await reading.reported(before + 2);
        present.send([cycle + 2]);
        await reading.captured(cycle + 2);
      }
      await reading.stop();
      const away = 'nmcap: the port was away for S s before this packet';
      assert.deepEqual(
        reading.packets,
        range(1, CYCLES + 1).map((sequence) => [0, sequence, sequence === 1 ? undefined : away]),
      );
      assert.deepEqual(reading.lines.slice(0, 2), [
        `${ports.parent}: its application left netmap mode at T; waiting for it`,
        `${ports.parent}: attached again at T, after S s`,
      ]);
      assert.equal(reading.lines.length, 2 * CYCLES);
      assert.equal(reading.source.hasLostPorts, false);
      const [ring] = reading.source.stats().rings;
      assert.equal(ring?.outbound.seen, CYCLES + 1);
    },
  );

  scenario('it ends while nobody is there, when it is asked to', {}, async (ports) => {
    const [application] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent], { reattach: true });
    application.port.close();
    await reading.reported(1);
    await reading.stop();
    assert.equal(reading.source.hasLostPorts, false);
  });

  scenario('with --wait a port that is not there yet joins', {}, async (ports) => {
    const application = ports.open(ports.parent);
    const reading = new Reading(ports, [ports.peer, ports.parent], { wait: true });
    assert.deepEqual(await reading.reported(1), [
      `${ports.peer}: not in netmap mode yet; waiting for its application`,
    ]);
    const peer = ports.open(ports.peer);
    assert.equal((await reading.reported(2)).at(1), `${ports.peer}: attached at T`);
    application.send([1]);
    peer.take(1);
    await reading.captured(2);
    assert.deepEqual(new Set(reading.packets.map(([id]) => id)), new Set([0, 1]));
    application.port.close();
    await reading.reported(3);
    peer.port.close();
    await reading.end;
    assert.ok(reading.source.hasLostPorts);
    assert.deepEqual(reading.lines.slice(2), [left(ports.parent), left(ports.peer)]);
  });
});
