import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { binding } from '../../src/binding.js';
import { netmapMode } from '../../src/monitor/attach.js';
import { type Device, KERNEL_DEVICE } from '../../src/monitor/device.js';
import { listPorts, portsOfSwitch } from '../../src/monitor/port-list.js';
import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { range, sent } from './frame.js';
import { DEFAULT_SLOTS } from './netmap.js';

const deviceOf = (ports: Fixture): Device => ({ ...KERNEL_DEVICE, native: ports.device });
const switchOf = (port: string) => port.split(':')[0] ?? '';
const allOnSwitches = (ports: Fixture) => binding().valePorts(ports.device);

describe('the ports of a switch', () => {
  scenario('are those that applications have open', { on: ['VALE'] }, (ports) => {
    const device = deviceOf(ports);
    const name = switchOf(ports.parent);
    const other = `${name}x:a`;
    assert.deepEqual(portsOfSwitch(name, device), []);
    const [application, peer] = ports.openBoth();
    ports.open(other);
    assert.deepEqual(portsOfSwitch(name, device), [ports.parent, ports.peer]);
    assert.deepEqual(portsOfSwitch(`${name}x`, device), [other]);
    assert.deepEqual(portsOfSwitch(`${name}y`, device), []);
    application.port.close();
    assert.deepEqual(portsOfSwitch(name, device), [ports.peer]);
    ports.open(`${name}:c`);
    assert.deepEqual(portsOfSwitch(name, device).sort(), [ports.peer, `${name}:c`]);
    peer.port.close();
    assert.deepEqual(portsOfSwitch(name, device), [`${name}:c`]);
  });
});

describe('listing ports', () => {
  scenario('NICs', { on: ['wire'], shape: { rings: 2 } }, (ports) => {
    const list = () => listPorts([ports.parent, 'nosuch0'], deviceOf(ports));
    const modes = () =>
      list().map(({ name, kind, info, inNetmapMode }) => {
        return [name, kind, info?.rxRings, info?.txRings, inNetmapMode];
      });
    assert.deepEqual(modes(), [[ports.parent, 'nic', 2, 2, false]]);
    assert.deepEqual(modes(), [[ports.parent, 'nic', 2, 2, false]]);
    const application = ports.open(ports.parent);
    assert.deepEqual(modes(), [[ports.parent, 'nic', 2, 2, true]]);
    application.port.close();
    assert.deepEqual(modes(), [[ports.parent, 'nic', 2, 2, false]]);
  });

  scenario('VALE ports', { on: ['VALE'], shape: { rings: 2 } }, (ports) => {
    ports.openBoth();
    const before = allOnSwitches(ports);
    const listed = listPorts([], deviceOf(ports));
    assert.deepEqual(
      listed.map(({ name, kind, info, inNetmapMode }) => [
        name,
        kind,
        info?.rxRings,
        info?.rxSlots,
        inNetmapMode,
      ]),
      [ports.parent, ports.peer].map((name) => [name, 'vale', 2, DEFAULT_SLOTS, true]),
    );
    assert.deepEqual(allOnSwitches(ports), before);
  });

  scenario('a VALE port of which only a pipe is open', { on: ['pipe'] }, (ports) => {
    const [parent = ''] = ports.parent.split('{');
    const name = `${switchOf(parent)}:q`;
    ports.open(`${name}{1`);
    const listed = listPorts([`${name}{1`], deviceOf(ports));
    assert.deepEqual(
      listed.map((port) => [port.name, port.kind, port.inNetmapMode]),
      [
        [`${name}{1`, 'pipe', true],
        [parent, 'vale', true],
        [name, 'vale', false],
      ],
    );
  });
});

describe('asking whether a port is in netmap mode', () => {
  scenario('makes no port', { on: ['VALE'] }, (ports) => {
    const before = allOnSwitches(ports);
    assert.equal(netmapMode(ports.parent, deviceOf(ports)), false);
    assert.deepEqual(allOnSwitches(ports), before);
  });

  scenario('takes no frame from anybody', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    application.send(range(0, 9));
    assert.equal(netmapMode(ports.parent, deviceOf(ports)), true);
    application.send(range(10, 19));
    assert.equal(netmapMode(ports.peer, deviceOf(ports)), true);
    assert.deepEqual(peer.take(20), ports.received(range(0, 19)));
    assert.deepEqual(monitor.take(20), sent(range(0, 19)));
  });
});
