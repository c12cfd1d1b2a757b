import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { scenario } from './contract.js';
import { range } from './frame.js';
import { Reading } from './reading.js';

/** Of leaving and returning. */
const CYCLES = 20;

const left = (port: string) =>
  `${port}: its application left netmap mode (--reattach waits for it)`;

describe('what becomes of the ports of a capture', () => {
  scenario('a line when each application leaves, the end with the last', {}, async (ports) => {
    const [application, peer] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent, ports.peer]);
    peer.port.close();
    assert.deepEqual(await reading.reported(1), [left(ports.peer)]);
    application.send([1]);
    application.port.close();
    await reading.end;
    assert.deepEqual(reading.lines, [left(ports.peer), left(ports.parent)]);
  });

  scenario('an application that is back at once has not just left', {}, async (ports) => {
    const [application] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent]);
    application.port.close();
    ports.open(ports.parent);
    await assert.rejects(reading.end, {
      code: 'NM_DRAIN_FAILED',
      message: `${ports.parent}: the monitor has ended, though the port is in netmap mode`,
    });
    assert.deepEqual(reading.lines, []);
  });

  scenario(
    'of two ports the other one goes on, and the error comes at the end',
    {},
    async (ports) => {
      const [application, peer] = ports.openBoth();
      const reading = new Reading(ports, [ports.parent, ports.peer]);
      application.port.close();
      ports.open(ports.parent);
      const failed = `${ports.parent}: the monitor has ended, though the port is in netmap mode`;
      assert.deepEqual(await reading.reported(1), [failed]);
      peer.port.close();
      await assert.rejects(reading.end, { code: 'NM_DRAIN_FAILED', message: failed });
      assert.deepEqual(reading.lines, [failed, left(ports.peer)]);
    },
  );

  scenario(
    'with --reattach the capture goes on when the application is back',
    {},
    async (ports) => {
      const [application] = ports.openBoth();
      const reading = new Reading(ports, [ports.parent], { reattach: true });
      application.send([1]);
      await reading.captured(1);
      let present = application;
      for (const cycle of range(0, CYCLES - 1)) {
        const before = reading.lines.length;
        present.port.close();
        await reading.reported(before + 1);
        present = ports.open(ports.parent);
        await reading.reported(before + 2);
        present.send([cycle + 2]);
        await reading.captured(cycle + 2);
      }
      await reading.stop();
      const away = 'nmcap: the port was away for S s before this packet';
      assert.deepEqual(
        reading.packets,
        range(1, CYCLES + 1).map((sequence) => [0, sequence, sequence === 1 ? undefined : away]),
      );
      assert.deepEqual(reading.lines.slice(0, 2), [
        `${ports.parent}: its application left netmap mode at T; waiting for it`,
        `${ports.parent}: attached again at T, after S s`,
      ]);
      assert.equal(reading.lines.length, 2 * CYCLES);
      assert.equal(reading.source.hasLostPorts, false);
      const [ring] = reading.source.stats().rings;
      assert.equal(ring?.outbound.seen, CYCLES + 1);
    },
  );

  scenario('it ends while nobody is there, when it is asked to', {}, async (ports) => {
    const [application] = ports.openBoth();
    const reading = new Reading(ports, [ports.parent], { reattach: true });
    application.port.close();
    await reading.reported(1);
    await reading.stop();
    assert.equal(reading.source.hasLostPorts, false);
  });

  scenario('with --wait a port that is not there yet joins', {}, async (ports) => {
    const application = ports.open(ports.parent);
    const reading = new Reading(ports, [ports.peer, ports.parent], { wait: true });
    assert.deepEqual(await reading.reported(1), [
      `${ports.peer}: not in netmap mode yet; waiting for its application`,
    ]);
    const peer = ports.open(ports.peer);
    assert.equal((await reading.reported(2)).at(1), `${ports.peer}: attached at T`);
    application.send([1]);
    peer.take(1);
    await reading.captured(2);
    assert.deepEqual(new Set(reading.packets.map(([id]) => id)), new Set([0, 1]));
    application.port.close();
    await reading.reported(3);
    peer.port.close();
    await reading.end;
    assert.ok(reading.source.hasLostPorts);
    assert.deepEqual(reading.lines.slice(2), [left(ports.parent), left(ports.peer)]);
  });
});
