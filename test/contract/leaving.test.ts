import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { range, sent } from './frame.js';
import { Poll } from './netmap.js';

// Every poll begins after the port was left: the kernel does not wake one that is asleep by then
// (netmap_monitor_stop notifies nobody), whereas what comes next must return at once.
const SOON_MS = 10_000;

const MONITORS = [
  { what: 'copy', zeroCopy: false },
  { what: 'zero-copy', zeroCopy: true },
] as const;

describe('when the application leaves', () => {
  for (const { what, zeroCopy } of MONITORS) {
    scenario(`${what}: poll tells it at once and for ever, the syncs do not`, {}, (ports) => {
      const [application] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      assert.equal(monitor.slots.poll(Poll.In, 0), 0);
      application.port.close();
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.Error);
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.Error);
      monitor.slots.rxSync();
      monitor.slots.txSync();
      assert.equal(monitor.slots.poll(0, 0), 0);
    });

    scenario(`${what}: frames that were synced can still be read`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      peer.send(range(0, 7));
      application.take(8);
      const frames = ports.received(range(0, 7));
      assert.deepEqual(monitor.look(8), frames);
      application.port.close();
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.In | Poll.Error);
      assert.deepEqual(monitor.look(), frames);
      monitor.release(2);
      assert.deepEqual(monitor.look(), frames.slice(2));
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.In | Poll.Error);
      monitor.take();
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.Error);
    });

    scenario(`${what}: frames that were not synced are lost`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      peer.send(range(0, 7));
      application.take(8);
      application.port.close();
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.Error);
      assert.deepEqual(monitor.take(), []);
    });

    scenario(`${what}: coming back is for new monitors only`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const old = ports.monitor(ports.parent, { zeroCopy });
      application.port.close();
      const again = ports.open(ports.parent);
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      peer.send([1, 2]);
      again.take(2);
      assert.deepEqual(monitor.take(2), ports.received([1, 2]));
      assert.equal(old.slots.poll(Poll.In, SOON_MS), Poll.Error);
      assert.deepEqual(old.take(), []);
      old.port.close();
      peer.send([3]);
      again.take(1);
      assert.deepEqual(monitor.take(1), ports.received([3]));
    });

    scenario(`${what}: the last of two descriptors counts`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      const other = ports.open(ports.parent);
      const monitor = ports.monitor(ports.parent, { zeroCopy });
      application.port.close();
      assert.equal(monitor.slots.poll(Poll.In, 0), 0);
      peer.send([1]);
      other.take(1);
      assert.deepEqual(monitor.take(1), ports.received([1]));
      other.port.close();
      assert.equal(monitor.slots.poll(Poll.In, SOON_MS), Poll.Error);
    });
  }

  scenario('a whole chain of zero-copy monitors is told', {}, (ports) => {
    const [application] = ports.openBoth();
    const chain = [1, 2, 3].map(() => ports.monitor(ports.parent, { zeroCopy: true }));
    application.port.close();
    assert.deepEqual(
      chain.map(({ slots }) => slots.poll(Poll.In, SOON_MS)),
      chain.map(() => Poll.Error),
    );
    for (const { port } of chain) port.close();
    const again = ports.open(ports.parent);
    const monitor = ports.monitor(ports.parent);
    again.send([1]);
    assert.deepEqual(monitor.take(), sent([1]));
  });

  scenario('its peer does not count', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    peer.port.close();
    assert.equal(monitor.slots.poll(Poll.In, 0), 0);
    application.send([1]);
    assert.deepEqual(monitor.take(), sent([1]));
  });
});
