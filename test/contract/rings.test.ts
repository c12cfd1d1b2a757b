import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { range, sent } from './frame.js';
import { Mode, Poll } from './netmap.js';

const RINGS = 4;
const MANY = { on: ['VALE', 'wire'], shape: { rings: RINGS } } as const;
/** On a switch alone the other port's ring is known: it has the number of the sender's. */
const SWITCH = { on: ['VALE'], shape: { rings: RINGS } } as const;

describe('a port of several rings', () => {
  scenario('each ring of the monitor has what went through that of the port', MANY, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    assert.deepEqual(
      monitor.port.granted.rxRings.map(({ number, host }) => ({ number, host })),
      range(0, RINGS - 1).map((number) => ({ number, host: false })),
    );
    for (let ring = 0; ring < RINGS; ring++) application.put([10 * ring, 10 * ring + 1], { ring });
    application.slots.txSync();
    for (let ring = 0; ring < RINGS; ring++) {
      assert.deepEqual(monitor.take(0, ring), sent([10 * ring, 10 * ring + 1]));
    }
  });

  scenario('both directions of a ring are in one', SWITCH, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    // So that the switch knows them and need not flood, which would use ring 0 alone.
    application.send([100]);
    peer.send([101]);
    monitor.take(2);
    for (let ring = 0; ring < RINGS; ring++) {
      peer.put([ring], { ring, to: application.address });
      application.put([10 + ring], { ring, to: peer.address });
    }
    peer.slots.txSync();
    application.slots.txSync();
    for (let ring = 0; ring < RINGS; ring++) {
      assert.deepEqual(monitor.take(0, ring), [...ports.received([ring]), ...sent([10 + ring])]);
    }
  });

  for (const zeroCopy of [false, true]) {
    scenario(
      `${zeroCopy ? 'zero-copy' : 'copy'}: a monitor of one ring has nothing of the others`,
      MANY,
      (ports) => {
        const [application] = ports.openBoth();
        const monitor = ports.monitor(ports.parent, { zeroCopy, ring: 2 });
        assert.deepEqual(
          monitor.port.granted.rxRings.map(({ number }) => number),
          [2],
        );
        for (const ring of [0, 1, 3]) application.put([ring], { ring });
        application.slots.txSync();
        assert.equal(monitor.slots.poll(Poll.In, 0), 0);
        assert.deepEqual(monitor.take(), []);
        application.send([20, 21], { ring: 2 });
        assert.equal(monitor.slots.poll(Poll.In, 10_000), Poll.In);
        assert.deepEqual(monitor.take(), sent([20, 21]));
      },
    );
  }

  scenario('rings fill up one by one', MANY, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent, { rxSlots: 8 });
    application.put(range(0, 19), { ring: 1 });
    application.put([30, 31], { ring: 3 });
    application.slots.txSync();
    assert.deepEqual(monitor.take(0, 0), []);
    assert.deepEqual(monitor.take(0, 1), sent(range(13, 19)));
    assert.deepEqual(monitor.take(0, 3), sent([30, 31]));
  });

  scenario('the application may have bound but one of them', MANY, (ports) => {
    const application = ports.open(ports.parent, { mode: Mode.OneNic, ringId: 1 });
    ports.open(ports.peer);
    const all = ports.monitor(ports.parent);
    const bound = ports.monitor(ports.parent, { ring: 1 });
    const other = ports.monitor(ports.parent, { ring: 2 });
    application.send([1, 2]);
    assert.deepEqual(bound.take(), sent([1, 2]));
    assert.deepEqual(other.take(), []);
    assert.deepEqual(
      range(0, RINGS - 1).map((ring) => all.take(0, ring)),
      [[], sent([1, 2]), [], []],
    );
  });

  for (const [txRings, rxRings] of [
    [4, 1],
    [1, 4],
    [3, 2],
  ] as const) {
    scenario(
      `${txRings} tx and ${rxRings} rx: the monitor has as many as the larger side`,
      { on: ['VALE'] },
      (ports) => {
        const application = ports.open(ports.parent, { txRings, rxRings });
        const peer = ports.open(ports.peer, { txRings: 1, rxRings: 1 });
        const monitor = ports.monitor(ports.parent);
        const most = Math.max(txRings, rxRings);
        assert.equal(monitor.port.granted.rxRings.length, most);
        assert.equal(application.port.granted.txRings.length, txRings);
        for (let ring = 0; ring < txRings; ring++) application.put([ring], { ring });
        application.slots.txSync();
        peer.send([50]);
        const expected = range(0, most - 1).map((ring) => (ring < txRings ? sent([ring]) : []));
        expected[0]?.push(...ports.received([50]));
        assert.deepEqual(
          range(0, most - 1).map((ring) => monitor.take(0, ring)),
          expected,
        );
      },
    );
  }
});
