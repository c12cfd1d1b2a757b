import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

import { NMCAP, shell, temporaryFolder } from '../support/nmcap.js';
import { pcapFile } from '../support/pcap.js';

const folder = temporaryFolder();
/** More than a loaded machine takes, and far less than for ever. */
const PATIENCE = 20_000;

interface Reader {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Where its input comes from; undefined where nobody writes. */
  readonly input: Writable | undefined;
}

/** The ways in which a pipe is nmcap's input. */
const WAYS: readonly { name: string; start: (writes: boolean) => Reader }[] = [
  {
    name: 'the standard input',
    start: (writes) => {
      const child = spawn(NMCAP, ['-n', '-t', '-r', '-'], { stdio: 'pipe' });
      return { ...listen(child), input: writes ? child.stdin : undefined };
    },
  },
  {
    name: 'a named pipe',
    start: (writes) => {
      const pipe = path.join(folder, `pipe${pipes++}`);
      assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
      const child = spawn(NMCAP, ['-n', '-t', '-r', pipe], { stdio: ['ignore', 'pipe', 'pipe'] });
      return { ...listen(child), input: writes ? createWriteStream(pipe) : undefined };
    },
  },
];
let pipes = 0;

function listen(child: ChildProcess): Omit<Reader, 'input'> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  return { child, stdout: () => said.stdout, stderr: () => said.stderr };
}

/** Waits for so many lines. */
async function lines(reader: Reader, count: number): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; ;) {
    const found = reader.stdout().split('\n').length - 1;
    if (found === count) return;
    assert.ok(found < count && Date.now() < deadline, `${found} lines: ${reader.stderr()}`);
    await sleep(5);
  }
}

async function ended(reader: Reader): Promise<void> {
  const { child, stderr } = reader;
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  clearTimeout(timer);
  assert.deepEqual([child.exitCode, child.signalCode, stderr()], [0, null, '']);
}

describe('a pipe as input', () => {
  // IPv4 and UDP, all else zero.
  const datagram = Buffer.alloc(60);
  datagram.writeUInt16BE(0x0800, 12);
  datagram[14] = 0x45;
  datagram.writeUInt16BE(46, 16);
  datagram[23] = 17;
  datagram.writeUInt16BE(26, 38);
  const file = pcapFile([{ bytes: datagram }, { bytes: datagram }]);
  const first = file.subarray(0, 24 + 16 + 60);
  const second = file.subarray(first.length);

  for (const { name, start } of WAYS) {
    it(`shows packets as they come: ${name}`, async () => {
      const reader = start(true);
      reader.input?.write(first);
      await lines(reader, 1);
      reader.input?.write(second.subarray(0, 30));
      await sleep(50);
      assert.equal(reader.stdout().split('\n').length, 2);
      reader.input?.write(second.subarray(30));
      await lines(reader, 2);
      reader.input?.end();
      await ended(reader);
    });

    it(`shows compressed packets as they come: ${name}`, async () => {
      const reader = start(true);
      assert.ok(reader.input);
      const gzip = createGzip();
      gzip.pipe(reader.input);
      gzip.write(first);
      gzip.flush();
      await lines(reader, 1);
      gzip.end(second);
      await lines(reader, 2);
      await ended(reader);
    });

    for (const writes of [false, true]) {
      it(`ends at once with a signal before the first byte: ${name}${writes ? ', opened' : ''}`, async () => {
        const reader = start(writes);
        // Until it waits for input.
        await sleep(1000);
        reader.child.kill('SIGINT');
        await ended(reader);
        assert.equal(reader.stdout(), '');
        reader.input?.destroy();
      });
    }

    it(`ends at once with a signal in the middle of a packet: ${name}`, async () => {
      const reader = start(true);
      reader.input?.write(first);
      reader.input?.write(second.subarray(0, 30));
      await lines(reader, 1);
      reader.child.kill('SIGINT');
      await ended(reader);
      reader.input?.destroy();
    });
  }
});

describe('a terminal as input', () => {
  for (const args of ['-r /dev/tty', '-r /dev/stdin', '-r -']) {
    it(`is waited for: nmcap ${args}`, () => {
      const run = shell(`(sleep 1; echo typed; sleep 1) | script -qec 'nmcap ${args}' /dev/null`);
      assert.match(run.stdout, /neither a pcapng nor a pcap file: .* bytes 74 79 70 65/);
    });
  }
});
