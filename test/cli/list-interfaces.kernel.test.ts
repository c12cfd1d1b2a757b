import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe } from 'node:test';

import { binding } from '../../src/binding.js';
import { KERNEL_DEVICE } from '../../src/monitor/device.js';
import { portsOfSwitch } from '../../src/monitor/port-list.js';
import { kernelScenario } from '../contract/contract.js';
import { nmcap } from '../support/nmcap.js';
import { valeCtl } from '../support/vale-ctl.js';

interface Line {
  name: string;
  kind: string;
  simulated: boolean;
  rx_rings?: number;
  tx_slots?: number;
  monitor?: boolean;
}

/** What is listed under these names, in short. */
function listed(...names: string[]) {
  const run = nmcap(['-D', '--json']);
  assert.deepEqual([run.status, run.stderr], [0, '']);
  const lines = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return names.map((wanted) =>
    lines
      .filter(({ name }) => name === wanted)
      .map(({ kind, rx_rings, monitor }) => [kind, rx_rings, monitor]),
  );
}

/** Counts how often netmap puts an interface into netmap mode from now on (netmap_generic.c). */
function countActivations(name: string): () => number {
  // The kernel's log drops its oldest lines.
  const mark = `nmcap test ${process.pid}: watching ${name}`;
  writeFileSync('/dev/kmsg', mark);
  return () => {
    const { stdout } = spawnSync('dmesg', { encoding: 'utf8', maxBuffer: 1 << 26 });
    const [, since] = stdout.split(mark);
    assert.ok(since !== undefined, 'the mark is not in the log any more');
    return since.split(`Emulated adapter for ${name} activated`).length - 1;
  };
}

const switchOf = (port: string) => port.split(':')[0] ?? '';
const allOnSwitches = () => binding().valePorts();
describe("-D on the kernel's ports", () => {
  kernelScenario('a NIC, before, while and after it is open', { on: ['wire'] }, (ports) => {
    const { parent } = ports;
    const activations = countActivations(parent);
    assert.deepEqual(listed(parent), [[['nic', 1, false]]]);
    assert.equal(activations(), 0);
    const application = ports.open(parent);
    assert.deepEqual(listed(parent), [[['nic', 1, true]]]);
    application.port.close();
    assert.deepEqual(listed(parent), [[['nic', 1, false]]]);
    assert.equal(activations(), 1);
  });

  kernelScenario('a switch whose ports come and go', { on: ['VALE'] }, (ports) => {
    const [application, peer] = ports.openBoth();
    const open = allOnSwitches();
    assert.deepEqual(listed(ports.parent, ports.peer), [[['vale', 1, true]], [['vale', 1, true]]]);
    assert.deepEqual(allOnSwitches(), open);
    application.port.close();
    peer.port.close();
    assert.deepEqual(listed(ports.parent, ports.peer), [[], []]);
    assert.deepEqual(allOnSwitches(), []);
  });

  kernelScenario('a persistent VALE port keeps its name', { on: ['VALE'] }, (ports) => {
    const name = `nmp${process.pid % 10_000}`;
    const onSwitch = `${switchOf(ports.parent)}:${name}`;
    valeCtl('newif', name);
    ports.atEnd(() => {
      valeCtl('delif', name);
    });
    valeCtl('attach', onSwitch);
    ports.atEnd(() => {
      valeCtl('detach', onSwitch);
    });
    const before = allOnSwitches();
    assert.deepEqual(
      before.map((port) => port.name),
      [onSwitch],
    );
    assert.deepEqual(listed(name, onSwitch), [[['vale', undefined, false]], []]);
    assert.match(nmcap(['-D']).stdout, new RegExp(`^${name} +VALE port +unknown .* no: not`, 'm'));
    assert.deepEqual(portsOfSwitch(switchOf(onSwitch), KERNEL_DEVICE), [onSwitch]);
    // Under another name nothing could detach it any more.
    assert.deepEqual(allOnSwitches(), before);
  });

  kernelScenario('a NIC that is attached to a switch', { on: ['wire'] }, (ports) => {
    const onSwitch = `valenm:${ports.parent}`;
    valeCtl('attach', onSwitch);
    ports.atEnd(() => {
      valeCtl('detach', onSwitch);
    });
    const before = allOnSwitches();
    assert.deepEqual(listed(ports.parent, onSwitch), [[['nic', 1, true]], [['vale', 1, true]]]);
    assert.deepEqual(allOnSwitches(), before);
  });
});
