import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import {
  binding,
  type NativePort,
  type PortInfo,
  type RegisterRequest,
  type ValePortEntry,
} from '../../../src/binding.js';
import { NmcapError } from '../../../src/errors.js';
import { KERNEL_DEVICE } from '../../../src/monitor/device.js';
import { listPorts, portsOfSwitch } from '../../../src/monitor/port-list.js';
import { NIC_INFO as NIC, VALE_INFO as VALE } from '../../support/port-info.js';

/** The kernel's side: what it knows, and the requests that it was asked. */
let valePorts: ValePortEntry[] | string;
let infos: Record<string, PortInfo | string>;
let modes: Record<string, true | string>;
let asked: string[];

function refuse(systemCall: string, errno: string): never {
  throw new NmcapError('NM_SYSTEM_CALL', errno, { systemCall, errno });
}

class FakePort {
  constructor({ name, flags }: RegisterRequest) {
    // Both directions' rings excluded: bound to none.
    assert.equal(flags & 0x6000, 0x6000);
    const answer = modes[name] ?? 'EINVAL';
    if (answer !== true) refuse('REGISTER', answer);
  }

  close(): void {
    // Nothing is open.
  }
}

describe('the list of ports', () => {
  const native = binding();
  const original = { ...native };

  beforeEach(() => {
    [valePorts, infos, modes, asked] = [[], {}, {}, []];
    native.Port = FakePort as unknown as new (request: RegisterRequest) => NativePort;
    native.valePorts = () => {
      if (typeof valePorts !== 'string') return valePorts;
      refuse(valePorts === 'EINVAL' ? 'VALE_LIST' : 'open', valePorts);
    };
    native.valeSwitchIndex = (name) => (name === 'vale0' ? 0 : name === 'vale1' ? 1 : undefined);
    native.portInfo = (name) => {
      asked.push(name);
      const info = infos[name] ?? 'ENXIO';
      return typeof info === 'string' ? refuse('PORT_INFO_GET', info) : info;
    };
  });

  afterEach(() => {
    Object.assign(native, original);
  });

  const list = (...names: string[]) =>
    listPorts(names, KERNEL_DEVICE).map(({ name, kind, info, inNetmapMode }) => {
      return [name, kind, info?.rxRings, inNetmapMode];
    });

  it('has the interfaces that netmap knows, and the ports of switches', () => {
    infos = { em0: NIC, em1: NIC, lo0: 'EINVAL', 'vale0:a': VALE };
    valePorts = [{ name: 'vale0:a', switchIndex: 0 }];
    modes = { em1: true, 'vale0:a': true };
    assert.deepEqual(list('lo0', 'em0', 'em1', 'gone0'), [
      ['em0', 'nic', 4, false],
      ['em1', 'nic', 4, true],
      ['vale0:a', 'vale', 1, true],
    ]);
  });

  it('does not guess', () => {
    infos = { em0: NIC };
    modes = { em0: 'ENOMEM' };
    assert.deepEqual(list('em0'), [['em0', 'nic', 4, undefined]]);
  });

  it('asks no persistent port for what would rename it', () => {
    infos = { p0: VALE, 'vale0:p0': VALE };
    valePorts = [{ name: 'vale0:p0', switchIndex: 0 }];
    assert.deepEqual(list('p0'), [['p0', 'vale', undefined, false]]);
    assert.deepEqual(asked, []);
  });

  it('has a persistent port that was opened once', () => {
    infos = { p0: VALE };
    valePorts = [{ name: 'p0', switchIndex: 0 }];
    modes = { p0: true };
    assert.deepEqual(list('p0'), [['p0', 'vale', 1, true]]);
    modes = {};
    assert.deepEqual(list('p0'), [['p0', 'vale', 1, false]]);
  });

  it('has a NIC on a switch under both of its names', () => {
    infos = { em0: NIC, 'vale0:em0': { ...NIC, rxRings: 2 } };
    valePorts = ['vale0:em0', 'vale0:em0^'].map((name) => ({ name, switchIndex: 0 }));
    modes = { em0: true, 'vale0:em0': true, 'vale0:em0^': true };
    assert.deepEqual(list('em0'), [
      ['em0', 'nic', 4, true],
      ['vale0:em0', 'vale', 2, true],
    ]);
  });

  it('leaves out what no port name means', () => {
    infos = { 'br-lan': NIC, 'vale-x': NIC, em0: NIC };
    assert.deepEqual(list('br-lan', 'vale-x', 'em0'), [['em0', 'nic', 4, false]]);
  });

  it('comes from a netmap without VALE too', () => {
    infos = { em0: NIC };
    valePorts = 'EINVAL';
    assert.deepEqual(list('em0'), [['em0', 'nic', 4, false]]);
  });

  const failures: [errno: string, code: string][] = [
    ['EINVAL', 'NM_API_MISMATCH'],
    ['ENOENT', 'NM_NO_DEVICE'],
    ['EACCES', 'NM_NO_PERMISSION'],
    ['EMFILE', 'NM_NO_RESOURCES'],
  ];
  for (const [errno, code] of failures) {
    it(`explains that there is none: ${errno}`, () => {
      infos = { em0: 'EINVAL' };
      valePorts = errno;
      assert.throws(() => list('em0'), { code });
    });
  }

  it('of one switch', () => {
    valePorts = [
      { name: 'vale0:a', switchIndex: 0 },
      { name: 'p0', switchIndex: 0 },
      { name: 'vale0:em0^', switchIndex: 0 },
      { name: 'vale1:a', switchIndex: 1 },
    ];
    assert.deepEqual(portsOfSwitch('vale0', KERNEL_DEVICE), ['vale0:a', 'p0']);
    assert.deepEqual(portsOfSwitch('vale1', KERNEL_DEVICE), ['vale1:a']);
    assert.deepEqual(portsOfSwitch('vale2', KERNEL_DEVICE), []);
  });
});
