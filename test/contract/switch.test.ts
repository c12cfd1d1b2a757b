import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { address, range, sent } from './frame.js';
import type { Application, Receiver } from './station.js';

const SWITCH = { on: ['VALE'] } as const;

/** Three ports and a monitor of each: the whole switch. */
function wholeSwitch(ports: Fixture): { applications: Application[]; monitors: Receiver[] } {
  const names = [ports.parent, ports.peer, ports.peer.replace(/b$/, 'c')];
  return {
    applications: names.map((name) => ports.open(name)),
    monitors: names.map((name) => ports.monitor(name)),
  };
}

describe('a VALE switch', () => {
  scenario('floods what is for nobody it knows, and learns from it', SWITCH, (ports) => {
    const { applications, monitors } = wholeSwitch(ports);
    const [a, b] = applications;
    assert.ok(a && b);
    const views = () => monitors.map((monitor) => monitor.take());

    a.send([1, 2], { to: b.address });
    assert.deepEqual(views(), [sent([1, 2]), ports.received([1, 2]), ports.received([1, 2])]);
    b.send([10], { to: a.address });
    assert.deepEqual(views(), [ports.received([10]), sent([10]), []]);
    a.send([20], { to: b.address });
    assert.deepEqual(views(), [sent([20]), ports.received([20]), []]);
    a.send([30]);
    assert.deepEqual(views(), [sent([30]), ports.received([30]), ports.received([30])]);
    a.send([40], { to: address(99) });
    assert.deepEqual(views(), [sent([40]), ports.received([40]), ports.received([40])]);
  });

  scenario('drops what a port sends to itself', SWITCH, (ports) => {
    const { applications, monitors } = wholeSwitch(ports);
    const [a] = applications;
    assert.ok(a);
    a.send([1]);
    a.send([2], { to: a.address });
    assert.deepEqual(
      monitors.map((monitor) => monitor.take()),
      [sent([1, 2]), ports.received([1]), ports.received([1])],
    );
  });

  scenario('what a receiver has no room for, its monitors do not see', SWITCH, (ports) => {
    const [application, peer] = ports.openBoth();
    const here = ports.monitor(ports.parent, { rxSlots: 4096 });
    const there = ports.monitor(ports.peer, { rxSlots: 4096 });
    application.send(range(1000, 1999));
    application.send(range(2000, 2099));
    const got = [...range(1000, 1999), ...range(2000, 2022)];
    assert.deepEqual(here.take(), sent([...range(1000, 1999), ...range(2000, 2099)]));
    assert.deepEqual(there.take(), ports.received(got));
    assert.deepEqual(peer.take(), ports.received(got));
  });

  scenario(
    'frames too short for an Ethernet header are seen at their sender only',
    SWITCH,
    (ports) => {
      const [application, peer] = ports.openBoth();
      const here = ports.monitor(ports.parent);
      const there = ports.monitor(ports.peer);
      application.put([1], { length: 0 });
      application.put([2], { length: 13 });
      application.put([3]);
      application.slots.txSync();
      assert.deepEqual(
        here.take().map(({ length }) => length),
        [0, 13, 60],
      );
      assert.deepEqual(there.take(), ports.received([3]));
      assert.deepEqual(peer.take(), ports.received([3]));
    },
  );
});

describe('a pipe', () => {
  scenario('without its other end keeps what is sent', { on: ['pipe'] }, (ports) => {
    const application = ports.open(ports.parent);
    const monitor = ports.monitor(ports.parent);
    application.send([1, 2, 3]);
    assert.deepEqual(monitor.take(), sent([1, 2, 3]));
    const peer = ports.open(ports.peer);
    assert.deepEqual(peer.take(), ports.received([1, 2, 3]));
    application.slots.txSync();
    assert.deepEqual(monitor.take(), []);
  });
});
