import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';

import { binding } from '../../src/binding.js';

/** Native objects that the scripts below abuse. */
const PREAMBLE = `
  const { binding } = await import(${JSON.stringify(path.resolve(import.meta.dirname, '../../src/binding.ts'))});
  const { Port, Drain, SimulatedDevice, SimulatedTraffic, Selection, TestPort, portInfo } = binding();
  const device = new SimulatedDevice();
  device.addNic({ name: 'em0' });
  const traffic = new SimulatedTraffic(device, { port: 'em0', loadLength: 60 }, new Uint8Array(0));
  const monitor = () => new Port({ name: 'em0', mode: 1, flags: 0x300 }, device);
  const OPTIONS = { batchCount: 4 };
  const drainOf = (ports, onReady = () => {}) => {
    const drain = new Drain(OPTIONS, onReady);
    try {
      drain.setPorts(ports);
    } catch (error) {
      drain.close();
      throw error;
    }
    return drain;
  };
  const thrown = (body) => {
    try {
      body();
    } catch (error) {
      return error.message;
    }
    return 'nothing thrown';
  };
`;

/** Runs a script in a process of its own, which a crash would end instead of this one. */
function run(script: string): { status: number | null; signal: string | null; stderr: string } {
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', PREAMBLE + script],
    { encoding: 'utf8', timeout: 60_000 },
  );
  return { status, signal, stderr };
}

/** What `script` leaves in `result`, in JSON. */
function resultOf(script: string): unknown {
  const { status, signal, stderr } = run(`${script}; console.error(JSON.stringify(result));`);
  assert.deepEqual({ status, signal }, { status: 0, signal: null }, stderr);
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
}

describe('the native binding', () => {
  it('refuses other objects where it needs one of its own', () => {
    const result = resultOf(`
      const others = [undefined, null, 1, 'em0', {}, [], device, traffic, new Selection(), new Proxy(monitor(), {}),
                      Object.create(Port.prototype)];
      const result = [
        ...others.map((other) => thrown(() => drainOf([other]))),
        ...others.map((other) => thrown(() => device.losses(other))),
        ...others.map((other) => thrown(() => new TestPort(other))),
        thrown(() => new SimulatedTraffic(monitor(), { port: 'em0' }, new Uint8Array(0))),
        thrown(() => new Port({ name: 'em0', mode: 1, flags: 0 }, traffic)),
        thrown(() => portInfo('em0', monitor())),
      ]`) as string[];
    assert.deepEqual(
      result,
      [...Array<string>(33).fill('a Port is needed')].concat(
        Array<string>(3).fill('a SimulatedDevice is needed'),
      ),
    );
  });

  it('refuses methods on other receivers, and constructors without new', () => {
    const result = resultOf(`
      const classes = [Port, Drain, SimulatedDevice, SimulatedTraffic, Selection, TestPort];
      const receivers = [{}, device, traffic, monitor(), new Selection(), Object.create(Drain.prototype)];
      const result = [];
      for (const each of classes) {
        result.push(thrown(() => each()));
        for (const name of Object.getOwnPropertyNames(each.prototype)) {
          if (name === 'constructor') continue;
          for (const receiver of receivers) {
            if (receiver instanceof each && Object.hasOwn(receiver, name)) continue;
            if (Object.getPrototypeOf(receiver) === each.prototype && !(receiver instanceof Drain)) continue;
            result.push(thrown(() => each.prototype[name].call(receiver)));
          }
        }
      }`) as string[];
    assert.ok(result.length > 100);
    assert.ok(!result.includes('nothing thrown'));
  });

  it('gives a port to one drain at a time', () => {
    const result = resultOf(`
      const port = monitor();
      const closed = monitor();
      closed.close();
      const result = [thrown(() => drainOf([port, port])), thrown(() => drainOf([closed]))];
      const drain = drainOf([port]);
      result.push(thrown(() => drainOf([port])), thrown(() => port.close()));
      drain.close();
      drain.close();
      drainOf([port]).close();
      port.close();
      port.close();`);
    assert.deepEqual(result, [
      'the port has a drain already',
      'the port is closed',
      'the port has a drain already',
      "the port's drain is still open",
    ]);
  });

  it('takes nothing for granted that a getter can change', () => {
    const result = resultOf(`
      const port = monitor();
      const result = [
        thrown(() => new Drain({ get inbound() { throw new Error('mine'); } }, () => {})),
        thrown(() => drainOf(Object.defineProperty([port, 1], 1, { get() { port.close(); } }))),
      ];
      const bytes = new Uint8Array(1 << 20);
      const file = {
        get swapped() { structuredClone(bytes.buffer, { transfer: [bytes.buffer] }); return false; },
      };
      result.push(thrown(() => new Selection('tcp').convert(bytes, 4096, 8192, 0, file, 1)));`);
    assert.deepEqual(result, [
      'mine',
      'the port is closed',
      'the blocks are not before the records in memory',
    ]);
  });

  it('starts a drain and a traffic once, and not after close()', () => {
    const result = resultOf(`
      const port = monitor();
      const drain = drainOf([port]);
      drain.start();
      traffic.start();
      const result = [thrown(() => drain.start()), thrown(() => drain.prepareWriter()), thrown(() => traffic.start())];
      drain.close();
      traffic.close();
      result.push(thrown(() => drain.start()), thrown(() => traffic.start()), drain.end().reason);
      const idle = drainOf([port]);
      const segment = { descriptor: 2 };
      result.push(thrown(() => idle.writeTo(segment)));
      idle.prepareWriter();
      result.push(thrown(() => idle.prepareWriter()));
      idle.writeTo(segment);
      result.push(thrown(() => idle.writeTo(segment)));
      idle.close();
      result.push(thrown(() => idle.start()), thrown(() => idle.writeTo(segment)), idle.end().reason);`);
    const before = 'the traffic was started or closed before';
    const first = 'start() follows setPorts(), once and before close()';
    const once = 'prepareWriter() is called once, before start()';
    const order = "writeTo() follows prepareWriter() before start(), or a segment's end";
    assert.deepEqual(result, [
      first,
      once,
      before,
      first,
      before,
      'stopped',
      order,
      once,
      order,
      first,
      order,
      'stopped',
    ]);
  });

  it('answers after close() as it did at the end', () => {
    const result = resultOf(`
      const port = monitor();
      const drain = drainOf([port]);
      drain.start();
      traffic.start();
      while (drain.counters().rings[0].inbound.seen === 0);
      drain.close();
      const { memory } = drain;
      const batch = drain.take();
      drain.release(batch.index);
      drain.release(batch.index);
      drain.release(4_000_000_000);
      drain.requestStop();
      port.close();
      const slots = new TestPort(port);
      const calls = ['put', 'slots', 'release', 'rxSync', 'txSync'];
      const result = [memory.byteLength, batch.length > 0, drain.takeWritten(), port.granted.name,
                      device.losses(port), calls.map((name) => thrown(() => slots[name](0, new Uint8Array(1), 0)))];`);
    const gone = 'no such ring is bound';
    const closed = (call: string) => `${call}: Bad file descriptor`;
    assert.deepEqual(result, [
      4 << 20,
      true,
      0,
      'em0',
      [],
      [gone, gone, gone, closed('RXSYNC'), closed('TXSYNC')],
    ]);
  });

  it('joins the threads of a worker that is ended during its drain', () => {
    const result = resultOf(`
      const { Worker } = await import('node:worker_threads');
      const { setTimeout: sleep } = await import('node:timers/promises');
      const source = ${JSON.stringify(`
        const { parentPort } = require('node:worker_threads');
        const { Port, Drain, SimulatedDevice, SimulatedTraffic } = require(ADDON);
        const device = new SimulatedDevice();
        device.addNic({ name: 'em0' });
        const traffic = new SimulatedTraffic(device, { port: 'em0', loadLength: 60 }, new Uint8Array(0));
        const port = new Port({ name: 'em0', mode: 1, flags: 0x300 }, device);
        const drain = new Drain({ snapshotLength: 64, batchSize: 4096, batchCount: 64 }, () => {
          for (let batch; (batch = drain.take()) !== undefined;) drain.release(batch.index);
        });
        drain.setPorts([port]);
        if (WRITES) {
          drain.prepareWriter();
          drain.writeTo({ descriptor: require('node:fs').openSync('/dev/null', 'w') });
        }
        drain.start();
        traffic.start();
        parentPort.postMessage('started');
      `)};
      const addon = JSON.stringify(${JSON.stringify(
        path.resolve(import.meta.dirname, '../../build/Release/nmcap.node'),
      )});
      const result = [];
      for (let i = 0; i < 20; i++) {
        const worker = new Worker(source.replace('ADDON', addon).replace('WRITES', String(i % 2 === 1)), { eval: true, execArgv: [] });
        await new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
        await sleep(i);
        result.push(await worker.terminate());
      }`);
    assert.deepEqual(result, Array(20).fill(1));
  });

  it('lets go of a drain that JavaScript has forgotten', () => {
    const { status, signal, stderr } = run(`
      const { setFlagsFromString } = await import('node:v8');
      const { runInNewContext } = await import('node:vm');
      setFlagsFromString('--expose-gc');
      const gc = runInNewContext('gc');
      const port = monitor();
      (() => { drainOf([port]).start(); traffic.start(); })();
      const timer = setInterval(() => {
        gc();
        try {
          port.close();
        } catch {
          return;
        }
        traffic.close();
        clearInterval(timer);
      }, 10);`);
    assert.deepEqual({ status, signal }, { status: 0, signal: null }, stderr);
  });

  it('makes an exception in onReady an uncaught one', () => {
    const script = `
      const drain = drainOf([monitor()], () => { throw new Error('from onReady'); });
      drain.start();
      traffic.start();`;
    const uncaught = run(script);
    assert.deepEqual([uncaught.status, uncaught.signal], [1, null]);
    assert.match(uncaught.stderr, /Error: from onReady/);
    const caught = run(`
      process.on('uncaughtException', ({ message }) => {
        console.error(message);
        drain.close();
        traffic.close();
      });
      ${script}`);
    assert.deepEqual([caught.status, caught.signal], [0, null], caught.stderr);
    assert.match(caught.stderr, /^from onReady\n/);
  });

  it('survives arguments of every kind', () => {
    const result = resultOf(`
      const values = [undefined, null, -1, 0, 1, 0.5, NaN, 2 ** 16, 2 ** 32, 2 ** 53, 'x', '', {}, [], () => {}, Symbol(),
                      1n, new Uint8Array(3), new Float64Array(3), new DataView(new ArrayBuffer(4)), new ArrayBuffer(4)];
      let calls = 0;
      const attempt = (body) => { calls++; try { body(); } catch {} };
      const fields = ['name', 'rings', 'hostRings', 'slots', 'bufferSize'];
      for (const value of values) {
        for (const name of fields) attempt(() => new SimulatedDevice().addNic({ name: 'em1', rings: 1, [name]: value }));
        for (const name of ['name', 'mode', 'ringId', 'flags', 'memoryId', 'rxSlots', 'txRings', 'hostRxRings']) {
          attempt(() => new Port({ name: 'em0', mode: 1, flags: 0x300, [name]: value }, device).close());
        }
        for (const name of ['port', 'rings', 'slots', 'framesPerSecond', 'count', 'loadLength']) {
          attempt(() => new SimulatedTraffic(device, { port: 'vale0:a', loadLength: 60, [name]: value }, new Uint8Array(0)).close());
        }
        attempt(() => new SimulatedTraffic(device, { port: 'vale0:a' }, value).close());
        for (const name of ['snapshotLength', 'packetLimit', 'batchSize', 'batchCount', 'filter']) {
          attempt(() => new Drain({ ...OPTIONS, [name]: value }, () => {}).close());
        }
        for (const other of values) {
          attempt(() => new Selection(value).select(other, false, [1], 1));
          attempt(() => new Selection().convert(value, other, other, 0, {}, 1));
          attempt(() => new Selection('tcp').select(new Uint8Array(64), value, other, other));
          attempt(() => portInfo(value, other));
          attempt(() => binding().describeFilter(value, other));
        }
        attempt(() => binding().findUser(value));
        attempt(() => binding().findLink(value));
      }
      const result = calls;`);
    assert.ok(Number(result) > 2000);
  });

  it('knows the hardware of interfaces', () => {
    for (const name of binding().interfaceNames()) {
      const link = binding().findLink(name);
      assert.ok(link !== undefined && link.mtu >= 0, name);
      assert.equal(link.offloads.length, new Set(link.offloads).size);
    }
    assert.equal(binding().findLink('lo')?.bitsPerSecond, undefined);
    for (const none of ['', 'nosuch0', 'a name that no interface can have']) {
      assert.equal(binding().findLink(none), undefined, none);
    }
    assert.match(binding().libpcapVersion, /^libpcap version \d/);
  });

  it('finds users by name, and by id where nobody has that name', () => {
    const { username, uid, gid } = os.userInfo();
    const me = { name: username, uid, gid };
    assert.deepEqual(binding().findUser(username), me);
    assert.deepEqual(binding().findUser(String(uid)), me);
    assert.deepEqual(binding().findUser('nobody'), binding().findUser(idOf('nobody')));
    for (const none of ['', 'nobody at all', '-1', '+0', ' 0', '0x0', '4294967296']) {
      assert.equal(binding().findUser(none), undefined, none);
    }
  });
});

/** As id(1) has it. */
function idOf(user: string): string {
  return spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout.trim();
}
