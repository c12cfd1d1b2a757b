import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { binding } from '../../src/binding.js';
import { scenario } from './contract.js';
import { sent } from './frame.js';
import { Mode, Poll, RequestFlag } from './netmap.js';

function refused(errno: string): object {
  return { code: 'NM_SYSTEM_CALL', systemCall: 'REGISTER', errno };
}

const { MonitorTx, MonitorRx } = RequestFlag;

describe('errors', () => {
  for (const zeroCopy of [false, true]) {
    const what = zeroCopy ? 'zero-copy' : 'copy';
    scenario(`${what}: a port that is not in netmap mode cannot be watched`, {}, (ports) => {
      assert.throws(() => ports.monitor(ports.parent, { zeroCopy }), refused('EINVAL'));
      const [application] = ports.openBoth();
      ports.monitor(ports.parent, { zeroCopy }).port.close();
      application.port.close();
      assert.throws(() => ports.monitor(ports.parent, { zeroCopy }), refused('EINVAL'));
    });

    scenario(`${what}: an interface that does not exist`, { on: ['wire'] }, (ports) => {
      assert.throws(() => ports.monitor('nosuch0', { zeroCopy }), refused('ENXIO'));
    });
  }

  scenario('a VALE port is not made by watching it', { on: ['VALE'] }, (ports) => {
    ports.openBoth();
    const unknown = `${ports.parent}x`;
    for (let attempt = 0; attempt < 2; attempt++) {
      assert.throws(() => ports.monitor(unknown), refused('EINVAL'));
    }
  });

  scenario('the other end of a pipe that is not open', { on: ['pipe'] }, (ports) => {
    ports.open(ports.parent);
    assert.throws(() => ports.monitor(ports.peer), refused('EINVAL'));
  });

  scenario('a ring that the port does not have', {}, (ports) => {
    const [application] = ports.openBoth();
    const ring = application.port.granted.rxRings.length;
    assert.throws(() => ports.monitor(ports.parent, { ring }), refused('EINVAL'));
  });

  scenario('a mode that does not exist', {}, (ports) => {
    ports.openBoth();
    for (const mode of [0, 5, 99]) {
      assert.throws(() => ports.monitor(ports.parent, { mode }), refused('EINVAL'));
    }
  });

  scenario('a memory that does not exist', {}, (ports) => {
    ports.openBoth();
    const request = {
      name: ports.parent,
      mode: Mode.AllNic,
      flags: MonitorTx | MonitorRx,
      memoryId: 777,
    };
    assert.throws(() => new (binding().Port)(request, ports.device), refused('EINVAL'));
  });

  scenario("a monitor's own name is no port", {}, (ports) => {
    ports.openBoth();
    const { interfaceName } = ports.monitor(ports.parent).port.granted;
    assert.throws(() => ports.monitor(interfaceName), { code: 'NM_SYSTEM_CALL' });
  });

  scenario('an exclusive application can be watched, but not joined', {}, (ports) => {
    const application = ports.open(ports.parent, { flags: 0x800 });
    ports.open(ports.peer);
    assert.throws(() => ports.open(ports.parent), refused('EBUSY'));
    const monitor = ports.monitor(ports.parent);
    application.send([1]);
    assert.deepEqual(monitor.take(), sent([1]));
  });

  scenario('a monitor has nothing to send', {}, (ports) => {
    const [application, peer] = ports.openBoth();
    const monitor = ports.monitor(ports.parent);
    // The kernel's TXSYNC hides what its rings answer (netmap_ioctl); poll does not.
    monitor.slots.put(0, new Uint8Array(60), 0);
    monitor.slots.txSync();
    assert.equal(monitor.slots.poll(Poll.Out, 0), Poll.Out | Poll.Error);
    application.send([1]);
    assert.equal(monitor.slots.poll(Poll.In | Poll.Out, 0), Poll.In | Poll.Out | Poll.Error);
    assert.deepEqual(peer.take(1), ports.received([1]));
    assert.deepEqual(application.take(), []);
  });
});
