import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { binding, type NativePort } from '../../../src/binding.js';
import { MonitorSource } from '../../../src/monitor/monitor.js';
import { monitorOptions } from '../../support/monitor-options.js';
import { until } from '../../support/until.js';

const PORTS = 20;
const CYCLES = 50;
/** Of these, the ones after which nothing may grow any more. */
const WARM_UP = 10;

/** What a port that is not given back would add to. */
function held(): { descriptors: number; mappings: number } {
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    mappings: readFileSync('/proc/self/maps', 'latin1').match(/memfd|netmap/g)?.length ?? 0,
  };
}

describe('a thousand applications that leave and come back', () => {
  it(
    'leave no memory, descriptor or mapping behind',
    { skip: process.platform !== 'linux' },
    async () => {
      const { SimulatedDevice, Port } = binding();
      const native = new SimulatedDevice();
      const names = Array.from({ length: PORTS }, (_, i) => `em${i}`);
      for (const name of names) native.addNic({ name, slots: 64 });
      const open = (name: string): NativePort => new Port({ name, mode: 1, flags: 0 }, native);
      let applications = names.map(open);
      let attached = 0;
      const source = new MonitorSource(
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
      let before = held();
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
          before = held();
          resident = process.memoryUsage.rss();
        }
      }
      const after = held();
      const growth = process.memoryUsage.rss() - resident;
      ending.abort();
      await reading;
      source.close();
      for (const application of applications) application.close();
      assert.deepEqual(after, before);
      assert.ok(growth < 8 << 20, `${growth} bytes`);
      assert.equal(attached, PORTS * CYCLES);
    },
  );
});
