import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { range, type Seen } from './frame.js';
import { SlotFlag } from './netmap.js';
import type { Application } from './station.js';

const LENGTH = 100;

/** One frame of these slots, each with a number of its own; not synced. */
function putFrame(application: Application, slots: readonly number[]): void {
  application.put(slots.slice(0, -1), { length: LENGTH, flags: SlotFlag.MoreFragments });
  application.put(slots.slice(-1), { length: LENGTH });
}

/** The slots of one frame; `flags` are those of each of them, less MOREFRAG. */
function chain(slots: readonly number[], flags: number): Seen[] {
  return slots.map((sequence, i) => ({
    sequence,
    length: LENGTH,
    flags: i + 1 < slots.length ? flags | SlotFlag.MoreFragments : flags,
  }));
}

function sentChain(slots: readonly number[]): Seen[] {
  return chain(slots, SlotFlag.TxMonitor);
}

function receivedChain(ports: Fixture, slots: readonly number[]): Seen[] {
  return chain(slots, ports.traits.receivedFlags(slots.length));
}

describe('frames of several slots', () => {
  for (const count of [2, 3, 64]) {
    scenario(
      `${count}: a monitor has each slot with its flag`,
      { on: ['VALE', 'pipe'] },
      (ports) => {
        const [application, peer] = ports.openBoth();
        const here = ports.monitor(ports.parent);
        const there = ports.monitor(ports.peer);
        const slots = range(1, count);
        putFrame(application, slots);
        putFrame(application, [100]);
        putFrame(application, slots);
        application.slots.txSync();
        peer.take(2 * count + 1);
        const expected = [slots, [100], slots];
        assert.deepEqual(here.take(), expected.flatMap(sentChain));
        assert.deepEqual(
          there.take(),
          expected.flatMap((frame) => receivedChain(ports, frame)),
        );
      },
    );
  }

  scenario('zero-copy monitors have them too', { on: ['VALE'] }, (ports) => {
    const [application, peer] = ports.openBoth();
    const here = ports.monitor(ports.parent, { zeroCopy: true });
    const there = ports.monitor(ports.peer, { zeroCopy: true });
    putFrame(application, [1, 2, 3]);
    application.slots.txSync();
    peer.take(3);
    assert.deepEqual(here.take(), sentChain([1, 2, 3]));
    assert.deepEqual(there.take(), receivedChain(ports, [1, 2, 3]));
  });

  // The switch ends a frame with the sync, its sender's monitors see one frame of three slots.
  scenario('a frame cut by the sync', { on: ['VALE'] }, (ports) => {
    const [application, peer] = ports.openBoth();
    const here = ports.monitor(ports.parent);
    const there = ports.monitor(ports.peer);
    application.send([1, 2], { length: LENGTH, flags: SlotFlag.MoreFragments });
    application.send([3], { length: LENGTH });
    assert.deepEqual(here.take(), sentChain([1, 2, 3]));
    const expected = [...receivedChain(ports, [1, 2]), ...receivedChain(ports, [3])];
    assert.deepEqual(peer.take(3), expected);
    assert.deepEqual(there.take(), expected);
  });

  scenario('a pipe holds back a frame until it is whole', { on: ['pipe'] }, (ports) => {
    const [application, peer] = ports.openBoth();
    const here = ports.monitor(ports.parent);
    const there = ports.monitor(ports.peer);
    application.send([1, 2], { length: LENGTH, flags: SlotFlag.MoreFragments });
    assert.equal(here.look().length, 2);
    assert.deepEqual(there.look(), []);
    assert.deepEqual(peer.look(), []);
    application.send([3], { length: LENGTH });
    assert.deepEqual(here.take(), sentChain([1, 2, 3]));
    assert.deepEqual(peer.take(), receivedChain(ports, [1, 2, 3]));
    assert.deepEqual(there.take(), receivedChain(ports, [1, 2, 3]));
  });

  scenario('a full ring takes the head of a frame', {}, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent, { direction: 'tx', rxSlots: 8 });
    for (const first of [10, 20, 30, 40]) putFrame(application, range(first, first + 2));
    application.slots.txSync();
    assert.deepEqual(monitor.take(), [[22], [30, 31, 32], [40, 41, 42]].flatMap(sentChain));
    for (const first of [50, 60, 70, 80]) {
      putFrame(application, range(first, first + 2));
      application.slots.txSync();
    }
    assert.deepEqual(monitor.take(), [[50, 51, 52], [60, 61, 62], [72]].flatMap(sentChain));
  });
});
