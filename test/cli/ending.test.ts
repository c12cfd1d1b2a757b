import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, shell, startNmcap, tsharkFields } from '../support/nmcap.js';
import { makeFullPipe } from '../support/pipe.js';
import { DISTINCT_SIGNAL_MS, until } from '../support/until.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** Types of the blocks of a little-endian pcapng file, and whether the last one is whole. */
function blockTypes(name: string): { types: number[]; whole: boolean } {
  const bytes = readFileSync(name);
  const types: number[] = [];
  let at = 0;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + length > bytes.length || bytes.readUInt32LE(at + length - 4) !== length) break;
    types.push(bytes.readUInt32LE(at));
    at += length;
  }
  return { types, whole: at === bytes.length };
}

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;

const sizeOf = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0;

describe('the end of a capture', () => {
  const ending = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGXCPU'] as const;
  for (const signal of ending) {
    it(`leaves a complete file after ${signal}`, async () => {
      const out = file(`${signal}.pcapng`);
      const run = startNmcap(['sim:em0', '-w', out]);
      const { stderr } = run;
      await until(() => sizeOf(out) > 5000);
      run.process.kill(signal);
      assert.equal(await run.ended(), 0, stderr());
      const { types, whole } = blockTypes(out);
      assert.ok(whole);
      assert.equal(types[0], SECTION_HEADER);
      assert.equal(types.at(-1), INTERFACE_STATISTICS);
      assert.match(stderr(), /written +\d+ +\d+ +\d+\n/);
      assert.doesNotMatch(stderr(), /dropped/);
    });
  }

  it('comes when asked for, however much there is to print', async () => {
    for (const format of ['-n', '--json']) {
      const run = startNmcap(['sim:em0@rate=max,length=60', format]);
      await until(() => run.stdout().length > 1 << 20, run.stderr);
      run.process.kill('SIGINT');
      assert.equal(await run.ended(), 0, run.stderr());
      assert.match(run.stderr(), /written/);
    }
  });

  it('leaves a complete file after a signal that comes twice, as timeout(1) sends it', async () => {
    const out = file('twice.pcapng');
    const run = startNmcap(['sim:em0', '-w', out]);
    await until(() => sizeOf(out) > 5000);
    run.process.kill('SIGTERM');
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 0, run.stderr());
    assert.match(run.stderr(), /written/);
    assert.equal(blockTypes(out).types.at(-1), INTERFACE_STATISTICS);
  });

  it('is killed by a second signal when the reader has stalled', async () => {
    const pipe = makeFullPipe(file('stalled'));
    const run = startNmcap(['sim:em0@rate=max', '-w', '-'], ['ignore', pipe.descriptor, 'pipe']);
    await run.attached();
    run.process.kill('SIGTERM');
    await sleep(DISTINCT_SIGNAL_MS);
    assert.equal(run.process.exitCode, null);
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 'SIGTERM');
    pipe.close();
  });

  it('leaves a complete file when the application leaves netmap mode', () => {
    const out = file('left.pcapng');
    const run = nmcap(['sim:em0@rate=max,count=500', '-w', out]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    assert.match(
      run.stderr,
      /sim:em0@.*: its application left netmap mode \(--reattach waits for it\)/,
    );
    const { types } = blockTypes(out);
    assert.equal(types.at(-1), INTERFACE_STATISTICS);
    assert.equal(types.filter((type) => type === ENHANCED_PACKET).length, 500);
  });

  it('waits with --reattach where an application has left, until a signal ends it', async () => {
    const out = file('reattach.pcapng');
    const run = startNmcap(['sim:em0@rate=max,count=500', '--reattach', '-w', out]);
    await until(() => run.stderr().includes('waiting for it'), run.stderr);
    assert.match(run.stderr(), /left netmap mode at \d\d:\d\d:\d\d; waiting for it\n$/);
    run.process.kill('SIGINT');
    assert.equal(await run.ended(), 0, run.stderr());
    assert.equal(tsharkFields(out, 'frame.number').length, 500);
  });

  it('goes on when one of two applications leaves, and the exit status says so', async () => {
    const run = startNmcap([
      '-i',
      'sim:em0@rate=max,count=500',
      '-i',
      'sim:em1',
      '-w',
      '/dev/null',
    ]);
    await until(() => run.stderr().includes('left netmap mode'), run.stderr);
    run.process.kill('SIGINT');
    assert.equal(await run.ended(), APPLICATION_LEFT, run.stderr());
  });

  it('leaves a readable file after SIGKILL', async () => {
    const out = file('killed.pcapng');
    const run = startNmcap(['sim:em0', '-w', out]);
    await until(() => sizeOf(out) > 20_000);
    run.process.kill('SIGKILL');
    await run.ended();
    assert.ok(tsharkFields(out, 'frame.number').length > 20);
  });

  it('writes its statistics to the file: what is known, and nothing else', () => {
    const out = file('statistics.pcapng');
    const run = nmcap(['sim:em0@rate=max,count=2000', '-w', out, 'tcp']);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    const bytes = readFileSync(out);
    const length = bytes.readUInt32LE(bytes.length - 4);
    const block = bytes.subarray(bytes.length - length);
    const options = new Map<number, bigint>();
    for (let at = 20; block.readUInt16LE(at) !== 0; at += 4 + block.readUInt16LE(at + 2)) {
      const code = block.readUInt16LE(at);
      const words = [block.readUInt32LE(at + 4), block.readUInt32LE(at + 8)] as const;
      const isTime = code === 2 || code === 3;
      const [low, high] = isTime ? [words[1], words[0]] : words;
      options.set(code, (BigInt(high) << 32n) | BigInt(low));
    }
    // starttime, endtime, ifrecv, filteraccept, usrdeliv; no ifdrop, no osdrop: nobody counts those.
    assert.deepEqual([...options.keys()], [2, 3, 4, 6, 8]);
    const row = (name: string) =>
      BigInt(new RegExp(`${name}.* (\\d+)\n`).exec(run.stderr)?.[1] ?? -1);
    assert.equal(options.get(4), row('seen'));
    assert.equal(options.get(6), row('passed'));
    assert.equal(options.get(8), row('written'));
    assert.equal(options.get(8), BigInt(tsharkFields(out, 'frame.number').length));
    const [started = 0n, ended = 0n] = [options.get(2), options.get(3)];
    const now = BigInt(Date.now()) * 1000n;
    assert.ok(started <= ended && ended <= now && now - started < 60_000_000n);
  });

  it('shows a frame of a quiet port within 100 ms', async () => {
    // Ten frames a second: a line must not wait for the next ones.
    const run = startNmcap(['sim:em0@rate=10', '-tt', '-l']);
    const lags: number[] = [];
    run.process.stdout?.on('data', (text: string) => {
      for (const line of text.trim().split('\n')) {
        lags.push(Date.now() - Number(line.split(' ')[0]) * 1000);
      }
    });
    await until(() => lags.length >= 8);
    run.process.kill('SIGINT');
    await run.ended();
    lags.sort((a, b) => a - b);
    const median = lags[Math.floor(lags.length / 2)] ?? NaN;
    assert.ok(median < 100, `median ${median} ms`);
  });

  it('ends quietly when the reader has had enough', () => {
    const run = shell('nmcap sim:em0@rate=max | head -3; echo "${PIPESTATUS[0]}"');
    const lines = run.stdout.trim().split('\n');
    assert.equal(lines.length, 4);
    assert.equal(lines[3], '0');
    assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
  });

  it('ends quietly when the reader of the file has had enough', () => {
    const run = shell(
      'nmcap sim:em0@rate=max -w - | head -c 5000 | wc -c; echo "${PIPESTATUS[0]}"',
    );
    assert.deepEqual(run.stdout.trim().split('\n'), ['5000', '0']);
    assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
  });
});
