import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { binding, type NativePort } from '../../../src/binding.js';
import { monitorOptions } from '../../support/monitor-options.js';
import { monitorSource } from '../../support/monitor-source.js';
import { until } from '../../support/until.js';

const PORTS = 20;
const CYCLES = 50;
/** Of these, the ones after which nothing may grow any more. */
const WARM_UP = 10;

/** Descriptors and mappings of the simulation are its own: what counts is that ports are closed. */
let openPorts = 0;

function countPorts(): () => void {
  const all = binding();
  const { Port } = all;
  all.Port = class extends Port {
    #isOpen = true;

    constructor(...args: ConstructorParameters<typeof Port>) {
      super(...args);
      openPorts++;
    }

    override close(): void {
      super.close();
      if (this.#isOpen) openPorts--;
      this.#isOpen = false;
    }
  };
  return () => {
    all.Port = Port;
  };
}

describe('a thousand applications that leave and come back', () => {
  after(countPorts());

  it('leave no memory and no port behind', async () => {
    const { SimulatedDevice, Port } = binding();
    const native = new SimulatedDevice();
    const names = Array.from({ length: PORTS }, (_, i) => `em${i}`);
    for (const name of names) native.addNic({ name, slots: 64 });
    const open = (name: string): NativePort => new Port({ name, mode: 1, flags: 0 }, native);
    let applications = names.map(open);
    let attached = 0;
    const source = monitorSource(
      monitorOptions(
        names.map((name) => `sim:${name}`),
        { reattach: true, bufferSize: 2 << 20 },
      ),
      { native, start: () => undefined, truth: () => new Map(), close: () => undefined },
      (line) => {
        if (line.includes('attached again')) attached++;
      },
    );
    const ending = new AbortController();
    const reading = (async () => {
      for await (const batch of source.batches(ending.signal)) {
        if (batch.kind === 'packets') batch.release();
      }
    })();
    let resident = 0;
    for (let cycle = 1; cycle <= CYCLES; cycle++) {
      for (const application of applications) application.close();
      applications = names.map(open);
      const expected = cycle * PORTS;
      await until(
        () => attached === expected,
        () => `${attached} of ${expected}`,
      );
      if (cycle === WARM_UP) {
        resident = process.memoryUsage.rss();
      }
    }
    const held = openPorts;
    const growth = process.memoryUsage.rss() - resident;
    ending.abort();
    await reading;
    source.close();
    for (const application of applications) application.close();
    // A monitor and an application of each.
    assert.equal(held, 2 * PORTS);
    assert.ok(growth < 8 << 20, `${growth} bytes`);
    assert.equal(attached, PORTS * CYCLES);
  });
});
