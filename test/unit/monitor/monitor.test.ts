import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { binding } from '../../../src/binding.js';
import type { Device } from '../../../src/monitor/device.js';
import { MonitorSource } from '../../../src/monitor/monitor.js';
import { PreparedCapture } from '../../../src/monitor/prepared-capture.js';
import { monitorOptions } from '../../support/monitor-options.js';
import { monitorSource } from '../../support/monitor-source.js';

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

describe('MonitorSource', () => {
  it('closes the device that it was given where a monitor cannot be attached', () => {
    const { device, closed } = deviceWithNic();
    assert.throws(() => monitorSource(monitorOptions(['em0', 'em9']), device), {
      code: 'NM_NO_SUCH_PORT',
    });
    assert.equal(closed(), 1);
  });

  it('closes its monitors too where the drain does not take them', () => {
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
    const { Drain } = all;
    all.Drain = class extends Drain {
      override setPorts(): void {
        assert.equal(openPorts, 1);
        throw new Error('no room');
      }
    };
    try {
      assert.throws(() => monitorSource(monitorOptions(['em0']), device), /no room/);
    } finally {
      Object.assign(all, { Port, Drain });
    }
    assert.equal(openPorts, 0);
    assert.equal(closed(), 1);
  });

  it('can be made of what was prepared before its port was there', () => {
    const prepared = new PreparedCapture(
      monitorOptions(['em0'], { bufferSize: 2 << 20 }),
      () => undefined,
    );
    const { device: away } = deviceWithNic();
    away.close();
    assert.throws(() => new MonitorSource(prepared, away), { code: 'NM_NOT_NETMAP_MODE' });
    const { device } = deviceWithNic();
    const source = new MonitorSource(prepared, device);
    assert.equal(source.section.interfaces.length, 1);
    assert.equal(source.stats().rings.length, 1);
    source.close();
  });

  it('closes the device once, however often it is closed', () => {
    const { device, closed } = deviceWithNic();
    const source = monitorSource(monitorOptions(['em0']), device);
    assert.equal(closed(), 0);
    source.close();
    source.close();
    assert.equal(closed(), 1);
  });
});

describe('PreparedCapture', () => {
  it('fails before a monitor is attached where a filter is bad', () => {
    const options = monitorOptions(['em0'], { filter: 'no filter' });
    assert.throws(() => new PreparedCapture(options, () => undefined), { code: 'NM_BAD_FILTER' });
  });

  it('ends its threads where the filter of a trigger is bad', () => {
    const all = binding();
    const { Drain } = all;
    let closed = 0;
    all.Drain = class extends Drain {
      override close(): void {
        closed++;
        super.close();
      }
    };
    const recorder = { before: { seconds: 1 }, after: 0, trigger: 'no filter' };
    const options = monitorOptions(['em0'], { recorder });
    try {
      assert.throws(() => new PreparedCapture(options, () => undefined), { code: 'NM_BAD_FILTER' });
    } finally {
      all.Drain = Drain;
    }
    assert.equal(closed, 1);
  });
});
