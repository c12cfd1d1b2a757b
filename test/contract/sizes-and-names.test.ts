import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { DEFAULT_SLOTS } from './netmap.js';

/** netmap_if.ni_name holds 15 bytes; of the scenarios' ports, pipes alone have longer ones. */
const NAME_LENGTH = 15;

describe("a monitor's rings", () => {
  scenario("have as many slots as the parent's, unless others are asked for", {}, (ports) => {
    const [application] = ports.openBoth();
    assert.equal(application.port.granted.rxSlots, DEFAULT_SLOTS);
    for (const zeroCopy of [false, true]) {
      for (const [asked, slots] of [
        [0, DEFAULT_SLOTS],
        [2, 2],
        [7, 7],
        [64, 64],
        [512, 512],
      ] as const) {
        const { port } = ports.monitor(ports.parent, { zeroCopy, rxSlots: asked });
        assert.equal(port.granted.rxSlots, slots);
        assert.equal(port.granted.rxRings[0]?.slots, slots);
        port.close();
      }
    }
  });

  scenario(
    "have the parent's slots where these are not the default",
    { on: ['VALE'], shape: { slots: 256 } },
    (ports) => {
      ports.openBoth();
      for (const zeroCopy of [false, true]) {
        assert.equal(ports.monitor(ports.parent, { zeroCopy }).port.granted.rxSlots, 256);
      }
    },
  );

  scenario('have 4096 slots at most', {}, (ports) => {
    ports.openBoth();
    for (const [asked, slots] of [
      [4095, 4095],
      [4096, 4096],
      [4097, 4096],
      [100_000, 4096],
    ] as const) {
      const { port } = ports.monitor(ports.parent, { rxSlots: asked });
      assert.equal(port.granted.rxSlots, slots);
      port.close();
    }
  });

  // They are taken from the parent's memory, where no ring is larger than that memory's were made.
  scenario('zero-copy: cannot outgrow the memory of the parent', {}, (ports) => {
    ports.openBoth();
    assert.throws(() => ports.monitor(ports.parent, { zeroCopy: true, rxSlots: 4096 }), {
      systemCall: 'REGISTER',
      errno: 'ENOMEM',
    });
  });

  scenario('have buffers of 2048 bytes, and one tx ring', {}, (ports) => {
    ports.openBoth();
    for (const zeroCopy of [false, true]) {
      const { granted } = ports.monitor(ports.parent, { zeroCopy }).port;
      assert.equal(granted.rxRings[0]?.bufferSize, 2048);
      assert.equal(granted.txRings.length, 1);
    }
  });
});

describe("a monitor's name", () => {
  scenario('counts from 0 again when the port has come back', { on: ['VALE'] }, (ports) => {
    for (let time = 0; time < 2; time++) {
      const application = ports.open(ports.parent);
      const monitors = [1, 2].map(() => ports.monitor(ports.parent));
      assert.deepEqual(
        monitors.map(({ port }) => port.granted.interfaceName),
        [`${ports.parent}/rt#0`, `${ports.parent}/rt#1`],
      );
      for (const { port } of monitors) port.close();
      application.port.close();
    }
  });

  scenario('tells its parent, its kind and its number', {}, (ports) => {
    ports.openBoth();
    const names = [
      ports.monitor(ports.parent),
      ports.monitor(ports.parent, { direction: 'tx' }),
      ports.monitor(ports.parent, { direction: 'rx' }),
      ports.monitor(ports.parent, { zeroCopy: true }),
      ports.monitor(ports.parent),
    ].map(({ port }) => port.granted.interfaceName);
    assert.deepEqual(
      names,
      ['/rt#0', '/t#1', '/r#2', '/zrt#3', '/rt#4'].map((suffix) =>
        (ports.parent + suffix).slice(0, NAME_LENGTH),
      ),
    );
  });
});

describe('PORT_INFO_GET', () => {
  scenario('answers for ports that are and are not in netmap mode', {}, (ports) => {
    const before = ports.info(ports.parent);
    const [application] = ports.openBoth();
    const open = ports.info(ports.parent);
    const { txSlots, rxSlots, memoryId } = application.port.granted;
    assert.deepEqual(
      { txSlots: open.txSlots, rxSlots: open.rxSlots, memoryId: open.memoryId },
      { txSlots, rxSlots, memoryId },
    );
    assert.deepEqual([open.txRings, open.rxRings], [1, 1]);
    assert.deepEqual({ ...before, memoryId }, open);
  });

  scenario('does not bring a port into netmap mode', { on: ['VALE', 'wire'] }, (ports) => {
    ports.info(ports.parent);
    assert.throws(() => ports.monitor(ports.parent), { errno: 'EINVAL' });
  });

  scenario('knows no interface that does not exist', { on: ['wire'] }, (ports) => {
    assert.throws(() => ports.info('nosuch0'), { systemCall: 'PORT_INFO_GET', errno: 'ENXIO' });
  });
});
