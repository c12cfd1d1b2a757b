import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { binding, type NativePort, type RegisterRequest } from '../../../src/binding.js';
import { NmcapError } from '../../../src/errors.js';
import { attach } from '../../../src/monitor/attach.js';
import { KERNEL_DEVICE } from '../../../src/monitor/device.js';
import { parsePortName } from '../../../src/monitor/port-name.js';
import { monitorOptions } from '../../support/monitor-options.js';
import { monitorSource } from '../../support/monitor-source.js';

/** netmap's nr_flags (net/netmap.h). */
const TX = 0x100;
const RX = 0x200;
const ZERO_COPY = 0x400;
const EXCLUSIVE = 0x800;

/** The requests that REGISTER was asked, and the names of the ports that are open. */
let requests: RegisterRequest[];
let open: string[];
/** Whether a request is refused, and with what. */
let refuse: (request: RegisterRequest) => string | undefined;

class FakePort {
  readonly #name: string;

  constructor(request: RegisterRequest) {
    requests.push(request);
    const errno = refuse(request);
    if (errno !== undefined) {
      throw new NmcapError('NM_SYSTEM_CALL', errno, { systemCall: 'REGISTER', errno });
    }
    this.#name = request.name;
    open.push(this.#name);
  }

  close(): void {
    open.splice(open.indexOf(this.#name), 1);
  }
}

describe('attach', () => {
  const native = binding();
  const original = { ...native };

  beforeEach(() => {
    requests = [];
    open = [];
    refuse = () => undefined;
    native.Port = FakePort as unknown as new (request: RegisterRequest) => NativePort;
  });

  afterEach(() => {
    Object.assign(native, original);
  });

  const attachTo = (name: string, changes: Parameters<typeof monitorOptions>[1] = {}) =>
    attach(parsePortName(name), monitorOptions([name], changes), KERNEL_DEVICE);

  const attachAllTo = (names: string[], changes = {}) =>
    monitorSource(monitorOptions(names, changes), KERNEL_DEVICE, () => undefined);

  it('asks for the largest rings', () => {
    attachTo('em0');
    assert.deepEqual(requests, [{ name: 'em0', mode: 1, flags: RX | TX, rxSlots: 4096 }]);
  });

  it("asks for rings of the parent's size where the kernel lacks memory for the largest", () => {
    refuse = ({ rxSlots }) => (rxSlots === undefined ? undefined : 'ENOMEM');
    attachTo('em0');
    assert.deepEqual(requests, [
      { name: 'em0', mode: 1, flags: RX | TX, rxSlots: 4096 },
      { name: 'em0', mode: 1, flags: RX | TX },
    ]);
    assert.deepEqual(open, ['em0']);
  });

  it('gives up where there is no memory for those either', () => {
    refuse = () => 'ENOMEM';
    assert.throws(() => attachTo('em0'), {
      code: 'NM_ATTACH_FAILED',
      errno: 'ENOMEM',
      message: /^em0: .*memory/,
    });
    assert.equal(requests.length, 2);
  });

  it('asks once where another error is the answer', () => {
    refuse = () => 'EBUSY';
    assert.throws(() => attachTo('em0'), { code: 'NM_ATTACH_FAILED', errno: 'EBUSY' });
    assert.equal(requests.length, 1);
  });

  it('asks once for the size that the port name gives', () => {
    refuse = () => 'ENOMEM';
    assert.throws(() => attachTo('em0@conf:slots=512'), { code: 'NM_ATTACH_FAILED' });
    assert.deepEqual(
      requests.map(({ rxSlots }) => rxSlots),
      [512],
    );
  });

  it("leaves a zero-copy monitor's rings alone: its buffers are the application's", () => {
    attachTo('em0', { zeroCopy: true });
    assert.deepEqual(requests, [{ name: 'em0', mode: 1, flags: RX | TX | ZERO_COPY }]);
  });

  it('asks for the direction, the rings and the memory that are wanted', () => {
    attachTo('em0-3/x', { direction: 'tx' });
    attachTo('em0^1@7', { direction: 'rx' });
    // The flags of the name's suffix were resolved with the options: the options decide.
    attachTo('em0*/t', { direction: 'both' });
    assert.deepEqual(requests, [
      { name: 'em0', mode: 4, ringId: 3, flags: TX | EXCLUSIVE, rxSlots: 4096 },
      { name: 'em0', mode: 8, ringId: 1, flags: RX, memoryId: 7, rxSlots: 4096 },
      { name: 'em0', mode: 3, flags: RX | TX, rxSlots: 4096 },
    ]);
  });

  it('closes the ports that it has opened when a later one fails, and names that one', () => {
    refuse = ({ name }) => (name === 'em2' ? 'ENXIO' : undefined);
    assert.throws(() => attachAllTo(['em0', 'em1', 'em2', 'em3']), {
      code: 'NM_NO_SUCH_PORT',
      port: 'em2',
      message: /^em2: /,
    });
    assert.deepEqual(open, []);
    assert.deepEqual(
      requests.map(({ name }) => name),
      ['em0', 'em1', 'em2'],
    );
  });

  it('asks the kernel about the port that failed', () => {
    const asked: string[] = [];
    native.portInfo = (name) => {
      asked.push(name);
      const rings = { txRings: 2, rxRings: 2, hostTxRings: 1, hostRxRings: 1 };
      return { ...rings, txSlots: 1024, rxSlots: 1024, memoryId: 1 };
    };
    refuse = ({ name }) => (name === 'em1' ? 'EINVAL' : undefined);
    assert.throws(() => attachAllTo(['em0', 'em1']), { code: 'NM_NOT_NETMAP_MODE', port: 'em1' });
    assert.throws(() => attachAllTo(['em0', 'em1-2']), { code: 'NM_NO_SUCH_RING', port: 'em1' });
    assert.deepEqual(asked, ['em1', 'em1']);
    assert.deepEqual(open, []);
  });

  it('needs no port that may come later, but one of them', () => {
    refuse = ({ name }) => (name === 'em1' ? undefined : 'ENXIO');
    const options = { wait: true };
    assert.throws(() => attachAllTo(['em0', 'em2'], options), {
      code: 'NM_NO_SUCH_PORT',
      port: 'em0',
    });
    refuse = ({ name }) => (name === 'em0' ? 'ENXIO' : 'EBUSY');
    assert.throws(() => attachAllTo(['em0', 'em1'], options), {
      code: 'NM_ATTACH_FAILED',
      port: 'em1',
    });
    assert.deepEqual(open, []);
  });
});
