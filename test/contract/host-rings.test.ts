import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { sent } from './frame.js';
import { Mode, Poll } from './netmap.js';

const NICS = { on: ['wire'] } as const;
const WITHOUT_HOST_RINGS = { on: ['VALE', 'pipe'] } as const;

/**
 * A monitor of host rings is given them and sees nothing in them: netmap_update_hostrings_mode has
 * marked the monitor's host rings as active before nm_register gets to hook them (netmap.c), so that
 * this is left out. Measured on the kernel; if a later one mends it, these scenarios say so.
 */
describe('host rings', () => {
  scenario('are one more ring behind those of the NIC', NICS, (ports) => {
    ports.open(ports.parent, { mode: Mode.NicAndHost });
    const rings = (mode: number) =>
      ports.monitor(ports.parent, { mode }).port.granted.rxRings.map(({ number, host }) => ({
        number,
        host,
      }));
    assert.deepEqual(rings(Mode.AllNic), [{ number: 0, host: false }]);
    assert.deepEqual(rings(Mode.Host), [{ number: 1, host: true }]);
    assert.deepEqual(rings(Mode.NicAndHost), [
      { number: 0, host: false },
      { number: 1, host: true },
    ]);
    assert.deepEqual(rings(Mode.OneHost), [{ number: 1, host: true }]);
  });

  for (const zeroCopy of [false, true]) {
    scenario(
      `${zeroCopy ? 'zero-copy' : 'copy'}: what goes through them is not seen`,
      NICS,
      (ports) => {
        const application = ports.open(ports.parent, { mode: Mode.NicAndHost });
        ports.open(ports.peer);
        const monitor = ports.monitor(ports.parent, { mode: Mode.NicAndHost, zeroCopy });
        application.send([1, 2], { ring: 1 });
        application.send([3, 4], { ring: 0 });
        assert.deepEqual(monitor.take(0, 1), []);
        assert.deepEqual(monitor.take(0, 0), sent([3, 4]));
      },
    );

    scenario(
      `${zeroCopy ? 'zero-copy' : 'copy'}: whoever watches them alone is not told of the end`,
      NICS,
      (ports) => {
        const application = ports.open(ports.parent, { mode: Mode.NicAndHost });
        const hostOnly = ports.monitor(ports.parent, { mode: Mode.Host, zeroCopy });
        const both = ports.monitor(ports.parent, { mode: Mode.NicAndHost, zeroCopy });
        application.port.close();
        assert.equal(both.slots.poll(Poll.In, 10_000), Poll.Error);
        assert.equal(hostOnly.slots.poll(Poll.In, 0), 0);
      },
    );
  }

  scenario('a monitor may ask for rings that the application has not opened', NICS, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent, { mode: Mode.NicAndHost });
    application.send([1]);
    assert.deepEqual(monitor.take(0, 0), sent([1]));
    assert.deepEqual(monitor.take(0, 1), []);
  });

  for (const [name, mode] of [
    ['SW', Mode.Host],
    ['NIC_SW', Mode.NicAndHost],
    ['ONE_SW', Mode.OneHost],
  ] as const) {
    scenario(`${name} is refused where there are none`, WITHOUT_HOST_RINGS, (ports) => {
      ports.openBoth();
      assert.throws(() => ports.monitor(ports.parent, { mode }), { errno: 'EINVAL' });
    });
  }
});
