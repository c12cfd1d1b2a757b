import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import type { Kind } from './fixture.js';
import { range, type Seen, sent } from './frame.js';
import { SlotFlag } from './netmap.js';

/** See zero-copy.test.ts: what a zero-copy monitor sees of a pipe's sent frames is not them. */
const SENT_FRAMES_SHOW: readonly Kind[] = ['VALE', 'wire'];

/** As the second in a chain sees sent frames: to it they are what the first one received. */
function unmarked(frames: readonly Seen[]): Seen[] {
  return frames.map((frame) => ({ ...frame, flags: frame.flags & ~SlotFlag.TxMonitor }));
}

describe('several copy monitors', () => {
  scenario('are independent of each other', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const early = ports.monitor(ports.parent);
    const small = ports.monitor(ports.parent, { rxSlots: 4 });
    application.send(range(0, 4));
    peer.send(range(5, 9));
    application.take(5);
    assert.deepEqual(early.take(10), [...sent(range(0, 4)), ...ports.received(range(5, 9))]);
    const late = ports.monitor(ports.parent);
    application.send(range(10, 14));
    assert.deepEqual(early.take(), sent(range(10, 14)));
    assert.deepEqual(late.take(), sent(range(10, 14)));
    assert.deepEqual(small.take(), sent(range(2, 4)));
  });

  scenario('can go in any order', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const [first, second, third] = [1, 2, 3].map(() => ports.monitor(ports.parent));
    assert.ok(first && second && third);
    application.send([1]);
    second.port.close();
    application.send([2]);
    assert.deepEqual(first.take(), sent([1, 2]));
    first.port.close();
    peer.send([3]);
    application.take(1);
    assert.deepEqual(third.take(3), [...sent([1, 2]), ...ports.received([3])]);
    third.port.close();
    application.send([4]);
    peer.send([5]);
    assert.deepEqual(peer.take(3), ports.received([1, 2, 4]));
    assert.deepEqual(application.take(1), ports.received([5]));
  });
});

describe('a chain of zero-copy monitors', () => {
  scenario(
    'the second has a frame when the first gave it back',
    { on: SENT_FRAMES_SHOW },
    (ports) => {
      const [application] = ports.openBoth();
      const first = ports.monitor(ports.parent, { zeroCopy: true });
      const second = ports.monitor(ports.parent, { zeroCopy: true });
      application.send(range(1, 4));
      assert.deepEqual(second.take(), []);
      assert.deepEqual(first.look(), sent(range(1, 4)));
      first.release(2);
      assert.deepEqual(second.take(), []);
      first.sync();
      assert.deepEqual(second.take(), unmarked(sent([1, 2])));
      first.take();
      assert.deepEqual(second.take(), unmarked(sent([3, 4])));
    },
  );

  scenario('received frames go from one to the next', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitors = [1, 2, 3].map(() => ports.monitor(ports.parent, { zeroCopy: true }));
    peer.send(range(1, 4));
    application.take(4);
    for (const [i, monitor] of monitors.entries()) {
      for (const later of monitors.slice(i + 1)) assert.deepEqual(later.take(), []);
      assert.deepEqual(monitor.take(), ports.received(range(1, 4)));
    }
  });

  scenario('the second starves while the first does not read', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const first = ports.monitor(ports.parent, { zeroCopy: true });
    const second = ports.monitor(ports.parent, { zeroCopy: true });
    for (let i = 0; i < 3; i++) {
      peer.send([i]);
      application.take(1);
      assert.deepEqual(second.take(), []);
    }
    assert.deepEqual(first.take(), ports.received([0, 1, 2]));
    assert.deepEqual(second.take(), ports.received([0, 1, 2]));
  });

  scenario('when the first goes, what it held is lost and the second is first', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const first = ports.monitor(ports.parent, { zeroCopy: true });
    const second = ports.monitor(ports.parent, { zeroCopy: true });
    peer.send(range(70, 72));
    application.take(3);
    first.port.close();
    assert.deepEqual(second.take(), []);
    peer.send(range(80, 82));
    application.take(3);
    assert.deepEqual(second.take(), ports.received(range(80, 82)));
  });

  scenario('when the second goes, the first goes on', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const first = ports.monitor(ports.parent, { zeroCopy: true });
    const second = ports.monitor(ports.parent, { zeroCopy: true });
    peer.send(range(70, 72));
    application.take(3);
    second.port.close();
    assert.deepEqual(first.take(), ports.received(range(70, 72)));
    peer.send(range(80, 82));
    application.take(3);
    assert.deepEqual(first.take(), ports.received(range(80, 82)));
  });

  scenario('its middle can go', { on: SENT_FRAMES_SHOW }, (ports) => {
    const [application] = ports.openBoth();
    const [first, middle, last] = [1, 2, 3].map(() =>
      ports.monitor(ports.parent, { zeroCopy: true }),
    );
    assert.ok(first && middle && last);
    application.send([1, 2]);
    first.take();
    middle.port.close();
    application.send([3]);
    assert.deepEqual(first.take(), sent([3]));
    assert.deepEqual(last.take(), unmarked(sent([3])));
  });

  for (const order of ['first', 'last'] as const) {
    scenario(`comes and goes while traffic flows, the ${order} first`, {}, (ports) => {
      const [application, peer] = ports.openBoth();
      let sequence = 0;
      const exchange = () => {
        const batch = range(sequence, sequence + 49);
        sequence += 50;
        application.send(batch);
        peer.send(batch);
        assert.deepEqual(peer.take(50), ports.received(batch));
        assert.deepEqual(application.take(50), ports.received(batch));
      };
      for (let round = 0; round < 10; round++) {
        const chain = [1, 2].map(() => ports.monitor(ports.parent, { zeroCopy: true }));
        exchange();
        chain[0]?.take();
        exchange();
        if (order === 'last') chain.reverse();
        for (const monitor of chain) {
          monitor.port.close();
          exchange();
        }
      }
      const fresh = ports.monitor(ports.parent, { zeroCopy: true });
      peer.send([1, 2]);
      application.take(2);
      assert.deepEqual(fresh.take(), ports.received([1, 2]));
    });
  }
});

describe('the last monitor', () => {
  for (const zeroCopy of [false, true]) {
    scenario(
      `${zeroCopy ? 'zero-copy' : 'copy'}: when it is gone the port is as before`,
      {},
      (ports) => {
        const [application, peer] = ports.openBoth();
        const monitor = ports.monitor(ports.parent, { zeroCopy });
        application.send([1]);
        peer.send([2]);
        application.take(1);
        peer.take(1);
        monitor.port.close();
        // Twice round the rings.
        for (let first = 0; first < 2200; first += 200) {
          const batch = range(first, first + 199);
          application.send(batch);
          peer.send(batch);
          assert.deepEqual(peer.take(200), ports.received(batch));
          assert.deepEqual(application.take(200), ports.received(batch));
        }
        const next = ports.monitor(ports.parent);
        application.send([3]);
        assert.deepEqual(next.take(), sent([3]));
      },
    );
  }
});
