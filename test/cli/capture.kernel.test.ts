import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';

import { PacketCursor } from '../../src/pcapng/cursor.js';
import { Direction } from '../../src/pcapng/direction.js';
import { LINKTYPE_ETHERNET, type Section } from '../../src/pcapng/section.js';
import { kernelScenario } from '../contract/contract.js';
import { range } from '../contract/frame.js';
import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, type Running, startNmcap } from '../support/nmcap.js';
import { until } from '../support/until.js';

/** Of an application. */
const RESTARTS = 20;

const folder = temporaryFolder();
let files = 0;
/** Another one each time: a scenario is run for several kinds of ports. */
const file = (name: string) => path.join(folder, `${++files}-${name}`);

/** As nmcap writes it on the machines that these tests run on. */
const SECTION: Section = {
  byteOrder: 'little',
  interfaces: [
    {
      linkType: LINKTYPE_ETHERNET,
      snapshotLength: 262_144,
      ticksPerSecond: 1_000_000n,
      secondsOffset: 0n,
    },
  ],
};
const INTERFACE_STATISTICS = 5;

/** Waits for the end of a capture, which must be a good one, and returns what it printed. */
async function end(capture: Running): Promise<string> {
  assert.equal(await capture.ended(), 0, capture.stderr());
  return capture.stdout();
}

type Packet = [sequence: number, direction: Direction];

/** The packets that are in a file by now. */
function packets(name: string): Packet[] {
  const bytes = readFileSync(name);
  const cursor = new PacketCursor();
  cursor.reset(bytes, SECTION);
  const found: Packet[] = [];
  while (cursor.next()) {
    found.push([bytes.readUInt32LE(cursor.dataOffset + 14), cursor.direction]);
  }
  return found;
}

/** The same of a file that must be whole: it ends with the statistics. */
function allPackets(name: string): Packet[] {
  const bytes = readFileSync(name);
  const lastLength = bytes.readUInt32LE(bytes.length - 4);
  assert.equal(bytes.readUInt32LE(bytes.length - lastLength), INTERFACE_STATISTICS);
  return packets(name);
}

const tagged = (sequences: readonly number[], direction: Direction) =>
  sequences.map((sequence): Packet => [sequence, direction]);

describe("nmcap on the kernel's ports", () => {
  kernelScenario('-d tx writes what the application sends', {}, async (ports) => {
    const [application, peer] = ports.openBoth();
    const out = file('tx.pcapng');
    const capture = startNmcap([ports.parent, '-d', 'tx', '-w', out, '-c', '500']);
    await capture.attached();
    for (let first = 0; first < 500; first += 50) {
      peer.send([9999]);
      application.take(1);
      application.send(range(first, first + 49), { length: 100 });
      peer.take(50);
    }
    await end(capture);
    assert.deepEqual(allPackets(out), tagged(range(0, 499), Direction.Outbound));
  });

  kernelScenario('both directions are distinguished', { on: ['VALE'] }, async (ports) => {
    const [application, peer] = ports.openBoth();
    const out = file('both.pcapng');
    const capture = startNmcap([ports.parent, '-w', out, '-c', '6']);
    await capture.attached();
    application.send([1, 2, 3]);
    peer.send([4, 5]);
    application.take(2);
    application.send([6], { length: 1514 });
    await end(capture);
    assert.deepEqual(allPackets(out), [
      ...tagged([1, 2, 3], Direction.Outbound),
      ...tagged([4, 5], Direction.Inbound),
      ...tagged([6], Direction.Outbound),
    ]);
  });

  kernelScenario('-z sees them too', { on: ['VALE', 'wire'] }, async (ports) => {
    const [application, peer] = ports.openBoth();
    const out = file('zero-copy.pcapng');
    const capture = startNmcap([ports.parent, '-z', '-w', out, '-c', '4']);
    await capture.attached();
    peer.send([1, 2]);
    application.take(2);
    application.send([3, 4]);
    await end(capture);
    assert.match(capture.stderr(), /zero-copy netmap monitor/);
    assert.deepEqual(allPackets(out), [
      ...tagged([1, 2], Direction.Inbound),
      ...tagged([3, 4], Direction.Outbound),
    ]);
  });

  kernelScenario('prints a line for each frame', { on: ['VALE'] }, async (ports) => {
    const [application, peer] = ports.openBoth();
    const capture = startNmcap([ports.parent, '-t', '-c', '2']);
    await capture.attached();
    application.send([1]);
    peer.send([2]);
    application.take(1);
    assert.deepEqual((await end(capture)).match(/\b(Out|In)\b/g), ['Out', 'In']);
  });

  kernelScenario("the application's departure ends it, the file whole", {}, async (ports) => {
    const [application, peer] = ports.openBoth();
    const out = file('left.pcapng');
    const capture = startNmcap([ports.parent, '-w', out, '-d', 'tx']);
    await capture.attached();
    application.send(range(0, 9));
    peer.take(10);
    // What no sync has taken when a parent leaves is lost.
    await until(() => existsSync(out) && packets(out).length === 10, capture.stderr);
    application.port.close();
    await capture.ended();
    assert.equal(capture.process.exitCode, APPLICATION_LEFT, capture.stderr());
    assert.ok(capture.stderr().includes(`${ports.parent}: its application left netmap mode`));
    assert.deepEqual(allPackets(out), tagged(range(0, 9), Direction.Outbound));
  });

  kernelScenario('--wait for an application, --reattach for its return', {}, async (ports) => {
    const out = file('restarts.pcapng');
    const limit = ['-c', String(RESTARTS)];
    const capture = startNmcap([ports.parent, '--wait', '--reattach', '-w', out, ...limit]);
    const reported = (text: string, count: number) =>
      until(() => capture.stderr().split(text).length > count, capture.stderr);
    await reported('waiting for it', 1);
    for (const cycle of range(1, RESTARTS)) {
      const [application, peer] = ports.openBoth();
      if (cycle === 1) await capture.attached();
      else await reported('attached again', cycle - 1);
      application.send([cycle]);
      if (cycle === RESTARTS) break;
      await until(() => existsSync(out) && packets(out).length === cycle, capture.stderr);
      application.port.close();
      peer.port.close();
      await reported('left netmap mode', cycle);
    }
    await end(capture);
    assert.deepEqual(allPackets(out), tagged(range(1, RESTARTS), Direction.Outbound));
  });

  kernelScenario('SIGINT ends it, the file whole', { on: ['VALE'] }, async (ports) => {
    const [application] = ports.openBoth();
    const out = file('sigint.pcapng');
    const capture = startNmcap([ports.parent, '-w', out]);
    await capture.attached();
    application.send([1, 2]);
    capture.process.kill('SIGINT');
    await end(capture);
    assert.deepEqual(allPackets(out), tagged([1, 2], Direction.Outbound));
  });

  kernelScenario('a port that nobody has opened', { on: ['VALE', 'wire'] }, (ports) => {
    const run = nmcap([ports.parent]);
    assert.equal(run.status, 1);
    assert.ok(
      run.stderr.startsWith(`nmcap: ${ports.parent}: '${ports.parent}' is not in netmap mode`),
    );
  });

  kernelScenario('a ring that the port does not have', { on: ['wire'] }, (ports) => {
    ports.openBoth();
    const run = nmcap([`netmap:${ports.parent}-5`]);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /the port has no NIC ring 5: it has 1/);
  });

  kernelScenario('an interface that does not exist', { on: ['wire'] }, () => {
    const run = nmcap(['nosuch0']);
    assert.equal(run.status, 1);
    assert.ok(run.stderr.startsWith("nmcap: nosuch0: there is no port 'nosuch0'"), run.stderr);
  });
});
