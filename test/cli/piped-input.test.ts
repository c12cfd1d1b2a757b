import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

import { temporaryFolder } from '../support/folder.js';
import { handlesSignals, NMCAP, type Running, startNmcap, watch } from '../support/nmcap.js';
import { pcapFile } from '../support/pcap.js';
import { makePipe } from '../support/pipe.js';
import { until } from '../support/until.js';

const folder = temporaryFolder();

interface Reader extends Running {
  /** Where its input comes from; undefined where nobody writes. */
  readonly input: Writable | undefined;
}

/** The ways in which a pipe is nmcap's input. */
const WAYS: readonly { name: string; start: (writes: boolean) => Reader }[] = [
  {
    name: 'the standard input',
    start: (writes) => {
      const run = startNmcap(['-n', '-t', '-r', '-'], 'pipe');
      return { ...run, input: writes ? (run.process.stdin ?? undefined) : undefined };
    },
  },
  {
    name: 'a named pipe',
    start: (writes) => {
      const pipe = makePipe(path.join(folder, `pipe${pipes++}`));
      const run = startNmcap(['-n', '-t', '-r', pipe]);
      return { ...run, input: writes ? createWriteStream(pipe) : undefined };
    },
  },
];
let pipes = 0;

/** Waits for so many lines. */
async function lines({ stdout, stderr }: Reader, count: number): Promise<void> {
  const found = () => stdout().split('\n').length - 1;
  await until(() => found() >= count, stderr);
  assert.equal(found(), count);
}

async function endsWell(reader: Reader): Promise<void> {
  assert.equal(await reader.ended(), 0);
  assert.equal(reader.stderr(), '');
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
      // Half a packet makes no line, however long it stays alone: one printed too early is seen by now.
      await sleep(50);
      assert.equal(reader.stdout().split('\n').length, 2);
      reader.input?.write(second.subarray(30));
      await lines(reader, 2);
      reader.input?.end();
      await endsWell(reader);
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
      await endsWell(reader);
    });

    for (const writes of [false, true]) {
      it(`ends at once on a signal before the first byte: ${name}${writes ? ', opened' : ''}`, async () => {
        const reader = start(writes);
        await handlesSignals(reader.pid);
        reader.process.kill('SIGINT');
        await endsWell(reader);
        assert.equal(reader.stdout(), '');
        reader.input?.destroy();
      });
    }

    it(`ends at once on a signal in the middle of a packet: ${name}`, async () => {
      const reader = start(true);
      reader.input?.write(first);
      reader.input?.write(second.subarray(0, 30));
      await lines(reader, 1);
      reader.process.kill('SIGINT');
      await endsWell(reader);
      reader.input?.destroy();
    });
  }
});

describe('a terminal as input', () => {
  for (const args of ['-r /dev/tty', '-r /dev/stdin', '-r -']) {
    it(`is waited for: nmcap ${args}`, async () => {
      const command = `echo "$$"; exec '${NMCAP}' ${args}`;
      const terminal = watch(spawn('script', ['-qec', command, '/dev/null']));
      const pid = () => Number(/^(\d+)\r\n/.exec(terminal.stdout())?.[1] ?? 0);
      await until(() => pid() > 0, terminal.stderr);
      await handlesSignals(pid());
      terminal.process.stdin?.write('typed\n');
      const refusal = /neither a pcapng nor a pcap file: .* bytes 74 79 70 65/;
      await until(() => refusal.test(terminal.stdout()), terminal.stdout);
      terminal.process.stdin?.end();
      await terminal.ended();
    });
  }
});
