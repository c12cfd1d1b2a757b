import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import type { Fixture, MonitorRequest } from './fixture.js';
import { range, sent } from './frame.js';
import { Poll } from './netmap.js';
import type { Receiver } from './station.js';

/** Sends frames 0 … `total` - 1 past a monitor that does not read; the peer does. */
function flood(ports: Fixture, request: MonitorRequest, total: number, perSync: number): Receiver {
  const [application, peer] = ports.openBoth();
  const monitor = ports.monitor(ports.parent, request);
  for (let first = 0; first < total; first += perSync) {
    application.send(range(first, Math.min(first + perSync, total) - 1));
    peer.take();
  }
  return monitor;
}

/** Every kind's copy monitors are filled alike; a pipe's zero-copy monitor has other frames. */
const CASES = [
  { what: 'copy', zeroCopy: false, on: ['VALE', 'pipe', 'wire'] },
  { what: 'zero-copy', zeroCopy: true, on: ['VALE', 'wire'] },
] as const;

describe('a ring that is full', () => {
  for (const { what, zeroCopy, on } of CASES) {
    scenario(`${what}: of the batch that does not fit, the newest stay`, { on }, (ports) => {
      const monitor = flood(ports, { zeroCopy }, 3000, 100);
      assert.deepEqual(monitor.take(), sent([...range(0, 999), ...range(1077, 1099)]));
    });

    scenario(`${what}: one batch longer than the ring`, { on }, (ports) => {
      const monitor = flood(ports, { zeroCopy, rxSlots: 64 }, 1023, 1023);
      assert.deepEqual(monitor.take(), sent(range(960, 1022)));
    });

    scenario(`${what}: a ring of one slot never holds a frame`, { on }, (ports) => {
      const monitor = flood(ports, { zeroCopy, rxSlots: 1 }, 20, 5);
      assert.equal(monitor.port.granted.rxSlots, 1);
      assert.deepEqual(monitor.take(), []);
      assert.equal(monitor.slots.poll(Poll.In, 0), 0);
    });

    scenario(`${what}: a ring of two slots`, { on }, (ports) => {
      const monitor = flood(ports, { zeroCopy, rxSlots: 2 }, 20, 5);
      assert.deepEqual(monitor.take(), sent([4]));
    });

    scenario(`${what}: a ring of seven slots`, { on }, (ports) => {
      const monitor = flood(ports, { zeroCopy, rxSlots: 7 }, 20, 5);
      assert.deepEqual(monitor.take(), sent([...range(0, 4), 9]));
    });

    scenario(`${what}: released slots are busy until the next sync`, { on }, (ports) => {
      const [application] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy, rxSlots: 64 });
      application.send(range(0, 39));
      monitor.look();
      monitor.release(10);
      application.send(range(100, 139));
      assert.deepEqual(monitor.look(), sent([...range(10, 39), ...range(117, 139)]));
      application.send(range(200, 239));
      assert.deepEqual(
        monitor.take(),
        sent([...range(10, 39), ...range(117, 139), ...range(230, 239)]),
      );
    });

    scenario(`${what}: once emptied it takes frames again`, { on }, (ports) => {
      const [application, peer] = ports.openBoth();
      const monitor = ports.monitor(ports.parent, { zeroCopy, rxSlots: 64 });
      for (let lap = 0; lap < 5; lap++) {
        application.send(range(0, 99));
        peer.take();
        assert.deepEqual(monitor.take(), sent(range(37, 99)));
        application.send([1000]);
        peer.take();
        assert.deepEqual(monitor.take(), sent([1000]));
      }
    });
  }

  // Frames on a generic NIC arrive one by one, hence in no batches to speak of.
  for (const zeroCopy of [false, true]) {
    scenario(
      `${zeroCopy ? 'zero-copy' : 'copy'}: received frames, of each batch the newest`,
      { on: ['VALE', 'pipe'] },
      (ports) => {
        const [application, peer] = ports.openBoth();
        const monitor = ports.monitor(ports.parent, { zeroCopy, rxSlots: 64 });
        for (let first = 0; first < 200; first += 50) {
          peer.send(range(first, first + 49));
          application.take(50);
        }
        assert.deepEqual(monitor.take(), ports.received([...range(0, 49), ...range(87, 99)]));
      },
    );
  }

  scenario('4096 slots hold 4095 frames', {}, (ports) => {
    const monitor = flood(ports, { rxSlots: 4096 }, 5000, 100);
    assert.deepEqual(monitor.take(), sent([...range(0, 3999), ...range(4005, 4099)]));
  });

  scenario('a reader that comes late finds what its ring held', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    for (let first = 0; first < 1000; first += 100) {
      application.send(range(first, first + 99));
      peer.take();
    }
    assert.deepEqual(monitor.take(), sent(range(0, 999)));
  });

  scenario('the application and its peer miss nothing by it', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    ports.monitor(ports.parent, { rxSlots: 4 });
    ports.monitor(ports.peer, { rxSlots: 4 });
    for (let first = 0; first < 300; first += 100) {
      const batch = range(first, first + 99);
      application.send(batch);
      assert.deepEqual(peer.take(100), ports.received(batch));
    }
  });
});

describe("a monitor's buffers", () => {
  scenario('cut what is longer', { on: ['wire'], shape: { bufferSize: 4096 } }, (ports) => {
    const [application, peer] = ports.openBoth();
    const here = ports.monitor(ports.parent);
    const there = ports.monitor(ports.peer);
    assert.equal(here.port.granted.rxRings[0]?.bufferSize, 2048);
    application.send([1], { length: 3000 });
    assert.deepEqual(peer.take(1), ports.received([1], 3000));
    assert.deepEqual(here.take(), sent([1], 2048));
    assert.deepEqual(there.take(1), ports.received([1], 2048));
  });
});
