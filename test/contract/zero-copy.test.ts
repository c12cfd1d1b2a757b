import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import type { Kind } from './fixture.js';
import { range, sent } from './frame.js';

/** Where slots are free again with the sync that sends them: those of a pipe are the other end's. */
const SENT_FRAMES_SHOW: readonly Kind[] = ['VALE', 'wire'];

describe('a zero-copy monitor', () => {
  scenario('watches both directions, whichever was asked for', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitors = (['rx', 'tx', 'both'] as const).map((direction) =>
      ports.monitor(ports.parent, { direction, zeroCopy: true }),
    );
    assert.deepEqual(
      monitors.map(({ port }) => port.granted.flags),
      [0x700, 0x700, 0x700],
    );
    const [first] = monitors;
    assert.ok(first);
    peer.send([1]);
    application.take(1);
    application.send([2]);
    // A pipe's sent frame comes later, below.
    assert.deepEqual(first.take().slice(0, 1), ports.received([1]));
  });

  scenario('uses the memory of its parent', {}, (ports) => {
    const [application] = ports.openBoth();
    const copy = ports.monitor(ports.parent);
    const zeroCopy = ports.monitor(ports.parent, { zeroCopy: true });
    const { memoryId } = application.port.granted;
    assert.equal(zeroCopy.port.granted.memoryId, memoryId);
    assert.equal(zeroCopy.port.granted.memorySize, application.port.granted.memorySize);
    assert.notEqual(copy.port.granted.memoryId, memoryId);
  });

  scenario('sees sent frames once their slots are free', { on: SENT_FRAMES_SHOW }, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent, { zeroCopy: true });
    application.put(range(0, 4));
    assert.deepEqual(monitor.look(), []);
    application.slots.txSync();
    assert.deepEqual(monitor.take(), sent(range(0, 4)));
    application.slots.txSync();
    assert.deepEqual(monitor.take(), []);
  });

  scenario(
    'sees what went into a pipe after the other end gave it back',
    { on: ['pipe'] },
    (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy: true });
      application.send(range(0, 4));
      application.slots.txSync();
      peer.look(5);
      peer.release(5);
      application.slots.txSync();
      assert.deepEqual(monitor.take(), []);
      peer.sync();
      assert.deepEqual(monitor.take(), []);
      application.slots.txSync();
      assert.deepEqual(monitor.take(), sent(range(0, 4)));
    },
  );

  scenario(
    'sees other bytes than were sent into a pipe whose other end has one as well',
    { on: ['pipe'] },
    (ports) => {
      const [application, peer] = ports.openBoth();
      const [here, there] = [ports.parent, ports.peer].map((name) =>
        ports.monitor(name, { zeroCopy: true }),
      );
      application.send(range(0, 4));
      assert.deepEqual(peer.take(5), ports.received(range(0, 4)));
      assert.deepEqual(there?.take(), ports.received(range(0, 4)));
      application.slots.txSync();
      const seen = here?.take().map(({ sequence }) => sequence) ?? [];
      assert.equal(seen.length, 5);
      for (const sequence of range(0, 4)) assert.ok(!seen.includes(sequence));
    },
  );

  scenario(
    'has no sign of what the one before it in the chain had no room for',
    { on: SENT_FRAMES_SHOW },
    (ports) => {
      const [application] = ports.openBoth();
      const first = ports.monitor(ports.parent, { zeroCopy: true, rxSlots: 8 });
      const second = ports.monitor(ports.parent, { zeroCopy: true });
      application.send(range(0, 9));
      first.take();
      assert.deepEqual(
        second.take().map(({ sequence }) => sequence),
        range(3, 9),
      );
    },
  );

  scenario(
    'has no sign of what the one before it in the chain held when it ended',
    { on: SENT_FRAMES_SHOW },
    (ports) => {
      const [application] = ports.openBoth();
      const first = ports.monitor(ports.parent, { zeroCopy: true });
      const second = ports.monitor(ports.parent, { zeroCopy: true });
      application.send(range(0, 4));
      assert.equal(first.look(5).length, 5);
      first.port.close();
      assert.deepEqual(second.take(), []);
      application.send([5]);
      assert.deepEqual(second.take(), sent([5]));
    },
  );

  scenario(
    'sees received frames when the application has released and synced them',
    {},
    (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy: true });
      peer.send(range(0, 4));
      assert.deepEqual(application.look(5), ports.received(range(0, 4)));
      assert.deepEqual(monitor.take(), []);
      application.release(3);
      assert.deepEqual(monitor.take(), []);
      application.sync();
      assert.deepEqual(monitor.take(), ports.received(range(0, 2)));
      application.release(2);
      application.slots.poll(1, 0);
      assert.deepEqual(monitor.take(), ports.received([3, 4]));
    },
  );

  scenario('shares a port with a copy monitor', { on: SENT_FRAMES_SHOW }, (ports) => {
    const [application, peer] = ports.openBoth();
    const copy = ports.monitor(ports.parent);
    const zeroCopy = ports.monitor(ports.parent, { zeroCopy: true });
    application.send(range(0, 4));
    assert.deepEqual(copy.take(), sent(range(0, 4)));
    assert.deepEqual(zeroCopy.take(), sent(range(0, 4)));
    peer.send(range(5, 9));
    assert.deepEqual(copy.take(5), ports.received(range(5, 9)));
    assert.deepEqual(zeroCopy.take(), []);
    application.take(5);
    assert.deepEqual(zeroCopy.take(), ports.received(range(5, 9)));
    copy.port.close();
    application.send([10]);
    assert.deepEqual(zeroCopy.take(), sent([10]));
  });

  scenario('leaves the traffic whole while buffers change hands', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitors = [ports.parent, ports.peer].map((name) =>
      ports.monitor(name, { zeroCopy: true }),
    );
    // Twice round the rings of 1024 slots.
    for (let first = 0; first < 2100; first += 300) {
      const batch = range(first, first + 299);
      application.send(batch, { length: 1000 });
      assert.deepEqual(peer.take(300), ports.received(batch, 1000));
      peer.send(batch);
      assert.deepEqual(application.take(300), ports.received(batch));
      for (const monitor of monitors) monitor.take();
    }
  });
});
