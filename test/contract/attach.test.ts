import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { NmcapError } from '../../src/errors.js';
import { parsePortName } from '../../src/monitor/port-name.js';
import { cables } from './cable.js';
import { kernelScenario, scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { sourceOn, type SourceOptions } from './source.js';

/** How nmcap explains that it cannot attach. */
function refusal(ports: Fixture, port: string, options: SourceOptions = {}): NmcapError {
  try {
    sourceOn(ports, [port], options);
  } catch (error) {
    assert.ok(error instanceof NmcapError, String(error));
    assert.ok(error.message.startsWith(`${port}: `), error.message);
    return error;
  }
  throw new Error(`${port} was attached`);
}

const nobody = 65534;

/** The rows of docs/attach-errors.md that a device can be brought to show. */
describe('what cannot be attached', () => {
  scenario('a port that nobody has opened', {}, (ports) => {
    const { code, hint = '' } = refusal(ports, ports.parent);
    assert.equal(code, 'NM_NOT_NETMAP_MODE');
    assert.match(hint, /start the netmap application first/);
  });

  scenario("the end of a pipe that is not the application's", { on: ['pipe'] }, (ports) => {
    ports.open(ports.parent);
    const { code, hint = '' } = refusal(ports, ports.peer);
    assert.equal(code, 'NM_NOT_NETMAP_MODE');
    assert.ok(hint.endsWith(`watch '${ports.parent}'`), hint);
  });

  scenario('an interface, by the name of a port of a switch', { on: ['wire'] }, (ports) => {
    for (const isOpen of [false, true]) {
      if (isOpen) ports.openBoth();
      const { code, message, hint } = refusal(ports, `vale0:${ports.parent}`);
      assert.equal(code, 'NM_NO_SUCH_PORT');
      assert.match(message, /is a network interface, and not known as a port of switch 'vale0'/);
      assert.equal(hint, `try 'nmcap ${ports.parent}'`);
    }
  });

  scenario('an interface that does not exist', { on: ['wire'] }, (ports) => {
    for (const port of ['nosuch0', 'nosuch0@77']) {
      assert.equal(refusal(ports, port).code, 'NM_NO_SUCH_PORT');
    }
  });

  scenario('rings that the port does not have', {}, (ports) => {
    ports.openBoth();
    const { code, message } = refusal(ports, `${ports.parent}-7`);
    assert.equal(code, 'NM_NO_SUCH_RING');
    assert.match(message, /no NIC ring 7: it has 1/);
  });

  scenario('host rings of a port without any', { on: ['VALE', 'pipe'] }, (ports) => {
    ports.openBoth();
    for (const suffix of ['^', '^0', '*']) {
      const { code, message } = refusal(ports, `${ports.parent}${suffix}`);
      assert.equal(code, 'NM_NO_SUCH_RING');
      assert.match(message, /the port has no host rings/);
    }
  });

  scenario('a memory that does not exist', {}, (ports) => {
    const port = `${ports.parent}@777`;
    assert.equal(refusal(ports, port).code, 'NM_NOT_NETMAP_MODE');
    ports.openBoth();
    const { code, message, hint = '' } = refusal(ports, port);
    assert.equal(code, 'NM_ATTACH_FAILED');
    assert.match(message, /no memory with the id 777/);
    assert.match(hint, /leave out '@777'/);
  });

  scenario("rings that the application's memory has no room for", { on: ['VALE'] }, (ports) => {
    ports.openBoth();
    const port = `${ports.parent}@conf:slots=4096`;
    const { code, message, hint = '' } = refusal(ports, port, { zeroCopy: true });
    assert.equal(code, 'NM_ATTACH_FAILED');
    assert.match(message, /the application's memory has no room/);
    assert.match(hint, /drop -z/);
    sourceOn(ports, [port]);
  });

  kernelScenario('a port of one switch too many', { on: ['VALE'] }, (ports) => {
    // NM_BRIDGES, the module's parameter "bridges", is 8.
    const free = () => {
      for (let i = 0; i < 64; i++) ports.open(`valefull${i}:a`);
    };
    assert.throws(free, { errno: 'ENOMEM' });
    const { code, message } = refusal(ports, 'valefull99:a');
    assert.equal(code, 'NM_NO_SUCH_PORT');
    assert.match(message, /no application has opened 'valefull99:a'/);
  });

  kernelScenario(
    'a NIC that netmap would have to emulate, but may not',
    { on: ['wire'] },
    (ports) => {
      const before = cables.parameter('admode');
      cables.setParameter('admode', '1');
      try {
        const { code, message } = refusal(ports, ports.parent);
        assert.equal(code, 'NM_NOT_NETMAP_MODE');
        assert.match(message, /admode/);
      } finally {
        cables.setParameter('admode', before);
      }
    },
  );

  kernelScenario('without the permission', { on: ['VALE'] }, (ports) => {
    ports.openBoth();
    process.seteuid?.(nobody);
    try {
      assert.equal(refusal(ports, ports.parent).code, 'NM_NO_PERMISSION');
    } finally {
      process.seteuid?.(0);
    }
  });
});

describe('what is attached otherwise than asked for', () => {
  scenario('more slots than netmap gives a monitor', {}, (ports) => {
    ports.openBoth();
    const { limitations } = sourceOn(ports, [`${ports.parent}@conf:slots=5000`]);
    assert.deepEqual(limitations, [
      `${ports.parent}@conf:slots=5000: the rings have 4096 slots, not 5000: 4096 is the most that netmap gives a monitor`,
    ]);
    assert.deepEqual(sourceOn(ports, [`${ports.parent}@conf:slots=2`]).limitations, []);
  });

  scenario('the smallest ring holds a frame', {}, (ports) => {
    const [application] = ports.openBoth();
    const monitor = ports.monitor(ports.parent, { rxSlots: 2 });
    for (const sequence of [1, 2]) {
      application.send([sequence]);
      assert.equal(monitor.take(1).length, 1);
    }
    assert.throws(() => parsePortName(`${ports.parent}@conf:slots=1`), /never holds a frame/);
  });
});
