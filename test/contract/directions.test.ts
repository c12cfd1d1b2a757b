import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { range, sent } from './frame.js';
import { RequestFlag, SlotFlag } from './netmap.js';

describe('the directions of a copy monitor', () => {
  scenario('frames show when they are sent, marked as sent', {}, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    application.put(range(0, 9));
    assert.deepEqual(monitor.look(), []);
    application.slots.txSync();
    assert.deepEqual(monitor.take(), sent(range(0, 9)));
    application.send(range(10, 11));
    assert.deepEqual(monitor.take(), sent([10, 11]));
  });

  scenario('frames show when they arrive, though the application never reads', {}, (ports) => {
    const [, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    peer.send(range(0, 9));
    assert.deepEqual(monitor.take(10), ports.received(range(0, 9)));
    peer.send([10]);
    assert.deepEqual(monitor.take(1), ports.received([10]));
  });

  scenario('the application takes nothing away from its monitor', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    peer.send(range(0, 9));
    assert.deepEqual(application.take(10), ports.received(range(0, 9)));
    assert.deepEqual(monitor.take(10), ports.received(range(0, 9)));
    application.sync();
    assert.deepEqual(monitor.take(), []);
  });

  scenario('both ways are one stream in the order of the syncs', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    application.send([1]);
    peer.send([2, 3]);
    application.take(2);
    application.send([4]);
    assert.deepEqual(monitor.take(4), [...sent([1]), ...ports.received([2, 3]), ...sent([4])]);
  });

  scenario('a monitor of one direction sees nothing of the other', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const outgoing = ports.monitor(ports.parent, { direction: 'tx' });
    const incoming = ports.monitor(ports.parent, { direction: 'rx' });
    application.send(range(0, 4));
    peer.send(range(5, 9));
    application.take(5);
    assert.deepEqual(outgoing.take(5), sent(range(0, 4)));
    assert.deepEqual(incoming.take(5), ports.received(range(5, 9)));
  });

  scenario(
    'what is sent by one end is received by the other, and each has its mark',
    {},
    (ports) => {
      const [application, peer] = ports.openBoth();
      const here = ports.monitor(ports.parent);
      const there = ports.monitor(ports.peer);
      application.send(range(0, 4));
      peer.take(5);
      assert.deepEqual(here.take(5), sent(range(0, 4)));
      assert.deepEqual(there.take(5), ports.received(range(0, 4)));
    },
  );

  scenario('the directions asked for are granted', {}, (ports) => {
    ports.openBoth();
    const granted = (['both', 'tx', 'rx'] as const).map(
      (direction) => ports.monitor(ports.parent, { direction }).port.granted.flags,
    );
    const { MonitorTx, MonitorRx } = RequestFlag;
    assert.deepEqual(granted, [MonitorTx | MonitorRx, MonitorTx, MonitorRx]);
  });

  scenario('a monitor sees nothing from before it came', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    application.send([1]);
    peer.send([2]);
    application.look(1);
    const monitor = ports.monitor(ports.parent);
    application.take();
    application.send([3]);
    assert.deepEqual(monitor.take(1), sent([3]));
  });

  scenario('frames of all lengths pass unchanged', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    const lengths = [20, 59, 60, 61, 64, 128, 1000, 1514];
    lengths.forEach((length, i) => {
      application.put([i], { length });
    });
    application.slots.txSync();
    assert.deepEqual(
      monitor.take(),
      lengths.flatMap((length, i) => sent([i], length)),
    );
    assert.deepEqual(
      peer.take(lengths.length),
      lengths.flatMap((length, i) => ports.received([i], length)),
    );
  });

  scenario("the application's slot flags stay beside the mark", {}, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    const flags = [SlotFlag.BufferChanged, 0x02, 0x08, SlotFlag.TxMonitor];
    flags.forEach((flag, i) => {
      application.put([i], { flags: flag });
    });
    application.slots.txSync();
    assert.deepEqual(
      monitor.take().map((slot) => slot.flags),
      flags.map((flag) => flag | SlotFlag.TxMonitor),
    );
  });

  scenario('poll syncs, and returns for frames of either direction', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    assert.equal(monitor.slots.poll(1, 0), 0);
    application.send([1]);
    assert.equal(monitor.slots.poll(1, 10_000), 1);
    assert.deepEqual(monitor.visible(), sent([1]));
    monitor.release(1);
    peer.send([2]);
    assert.equal(monitor.slots.poll(1, 10_000), 1);
    assert.deepEqual(monitor.visible(), ports.received([2]));
  });
});
