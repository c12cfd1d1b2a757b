import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe } from 'node:test';

import { kernelScenario } from '../contract/contract.js';
import { nmcap } from '../support/nmcap.js';

interface Check {
  id: string;
  status: string;
  text: string;
  fix?: string[];
  facts?: Record<string, unknown>;
}

/** What the doctor finds out about a port. */
function examine(port: string) {
  const { stdout, stderr, status } = nmcap(['doctor', port, '--json', '-w', '/dev/shm']);
  assert.equal(stderr, '');
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  const found = new Map(checks.map((check) => [check.id, check]));
  const of = (id: string) => found.get(id) ?? assert.fail(`no check ${id}`);
  return { status, of, statusOf: (...ids: string[]) => ids.map((id) => of(id).status) };
}

/** Sets a parameter of the module; returns what sets it back. */
function setParameter(name: string, value: string): () => void {
  const file = `/sys/module/netmap/parameters/${name}`;
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, value);
  return () => {
    writeFileSync(file, before);
  };
}

const SYSTEM = ['addon', 'device', 'permission', 'api', 'time-stamps', 'adapter-mode'];
const ALL_OK = SYSTEM.map(() => 'ok');

describe("nmcap doctor on the kernel's ports", () => {
  kernelScenario('a VALE port in use', { on: ['VALE'] }, (ports) => {
    ports.openBoth();
    const { status, of, statusOf } = examine(ports.parent);
    assert.deepEqual(statusOf(...SYSTEM), ALL_OK);
    assert.deepEqual(statusOf('buffers', 'port', 'netmap-mode'), ['ok', 'ok', 'ok']);
    assert.deepEqual(statusOf('adapter', 'offloads'), ['skipped', 'skipped']);
    assert.match(of('port').text, /^VALE port, rings 1, slots 1024$/);
    assert.equal(of('buffers').facts?.['priv_buf_size'], 2048);
    assert.equal(status, 0);
  });

  kernelScenario('an emulated NIC, before and while it is in use', { on: ['wire'] }, (ports) => {
    const { parent } = ports;
    const before = examine(parent);
    assert.deepEqual(before.statusOf('port', 'netmap-mode'), ['ok', 'problem']);
    assert.deepEqual(before.of('netmap-mode').fix, [
      `nmcap ${parent} --wait`,
      `tcpdump -i ${parent}`,
    ]);
    assert.equal(before.status, 1);
    ports.open(parent);
    const { status, of, statusOf } = examine(parent);
    assert.deepEqual(statusOf(...SYSTEM), ALL_OK);
    assert.deepEqual(statusOf('port', 'netmap-mode', 'adapter'), ['ok', 'ok', 'ok']);
    assert.deepEqual(of('adapter').facts, { adapter: 'emulated' });
    // A veth has checksum and segmentation offloads, unless they are switched off.
    assert.equal(of('offloads').status, 'warning');
    assert.match(of('offloads').fix?.[0] ?? '', new RegExp(`^ethtool -K ${parent} `));
    assert.equal(of('disk-speed').facts?.['port_bits_per_second'], 1e10);
    assert.equal(status, 0);
  });

  kernelScenario('parameters that change what is seen', { on: ['wire'] }, (ports) => {
    ports.atEnd(setParameter('no_timestamp', '1'));
    ports.atEnd(setParameter('priv_buf_size', '1024'));
    const { of } = examine(ports.parent);
    for (const [id, name, value] of [
      ['time-stamps', 'no_timestamp', 0],
      ['buffers', 'priv_buf_size', 2048],
    ] as const) {
      assert.equal(of(id).status, 'warning');
      assert.deepEqual(of(id).fix, [`echo ${value} > /sys/module/netmap/parameters/${name}`]);
    }
  });

  kernelScenario('a port that does not exist', { on: ['VALE'] }, () => {
    const { status, statusOf } = examine('nosuch0');
    assert.deepEqual(statusOf(...SYSTEM), ALL_OK);
    assert.deepEqual(statusOf('port', 'netmap-mode', 'adapter'), ['problem', 'skipped', 'skipped']);
    assert.equal(status, 1);
  });
});
