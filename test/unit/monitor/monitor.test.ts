import assert from 'node:assert/strict';
import os from 'node:os';
import { describe, it } from 'node:test';

import { binding } from '../../../src/binding.js';
import type { Device } from '../../../src/monitor/device.js';
import { MonitorSource } from '../../../src/monitor/monitor.js';
import { monitorOptions } from '../../support/monitor-options.js';

/** A device with em0 in netmap mode, and how often it was closed. */
function deviceWithNic(): { device: Device; closed: () => number } {
  const { SimulatedDevice, Port } = binding();
  const native = new SimulatedDevice();
  native.addNic({ name: 'em0' });
  const application = new Port({ name: 'em0', mode: 1, flags: 0 }, native);
  let closed = 0;
  return {
    closed: () => closed,
    device: {
      native,
      start: () => undefined,
      truth: () => new Map(),
      close() {
        closed++;
        application.close();
      },
    },
  };
}

const ignore = () => undefined;

describe('MonitorSource', () => {
  it('closes the device that it was given where a monitor cannot be attached', () => {
    const { device, closed } = deviceWithNic();
    assert.throws(() => new MonitorSource(monitorOptions(['em0', 'em9']), device, ignore), {
      code: 'NM_NO_SUCH_PORT',
    });
    assert.equal(closed(), 1);
  });

  it('closes its monitors too where the drain cannot be made', () => {
    const { device, closed } = deviceWithNic();
    let openPorts = 0;
    const all = binding();
    const { Port } = all;
    all.Port = class extends Port {
      constructor(...args: ConstructorParameters<typeof Port>) {
        super(...args);
        openPorts++;
      }

      override close(): void {
        openPorts--;
        super.close();
      }
    };
    try {
      const options = monitorOptions(['em0'], { filter: 'no filter' });
      assert.throws(() => new MonitorSource(options, device, ignore), { code: 'NM_BAD_FILTER' });
    } finally {
      all.Port = Port;
    }
    assert.equal(openPorts, 0);
    assert.equal(closed(), 1);
  });

  it('closes all of them where the section cannot be described', (t) => {
    const { device, closed } = deviceWithNic();
    let openDrains = 0;
    const all = binding();
    const { Drain } = all;
    all.Drain = class extends Drain {
      constructor(...args: ConstructorParameters<typeof Drain>) {
        super(...args);
        openDrains++;
      }

      override close(): void {
        openDrains--;
        super.close();
      }
    };
    t.mock.method(os, 'machine', () => {
      throw new Error('uname(2) failed');
    });
    try {
      assert.throws(() => new MonitorSource(monitorOptions(['em0']), device, ignore), /uname/);
    } finally {
      all.Drain = Drain;
    }
    assert.equal(openDrains, 0);
    assert.equal(closed(), 1);
  });

  it('closes the device once, however often it is closed', () => {
    const { device, closed } = deviceWithNic();
    const source = new MonitorSource(monitorOptions(['em0']), device, ignore);
    assert.equal(closed(), 0);
    source.close();
    source.close();
    assert.equal(closed(), 1);
  });
});
