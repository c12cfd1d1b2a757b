import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { shell, startNmcap, temporaryFolder, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();
/** More than a loaded machine takes, and far less than for ever. */
const PATIENCE = 20_000;
let pipes = 0;

function namedPipe(): string {
  const pipe = path.join(folder, `pipe${pipes++}`);
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  return pipe;
}

/** Its exit status, or the signal that killed it. */
async function ended({ process: child }: ReturnType<typeof startNmcap>): Promise<number | string> {
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  clearTimeout(timer);
  return child.exitCode ?? child.signalCode ?? 'alive';
}

describe('a named pipe as output', () => {
  for (const option of ['-w', '--stats-json']) {
    it(`ends at once with a signal before it has a reader: ${option}`, async () => {
      const kept = path.join(folder, 'kept');
      writeFileSync(kept, 'precious');
      const other = option === '-w' ? '--stats-json' : '-w';
      const run = startNmcap(['sim:em0', option, namedPipe(), other, kept]);
      // Until it waits for a reader.
      await sleep(1000);
      run.process.kill('SIGINT');
      assert.equal(await ended(run), 0);
      assert.match(run.stderr(), /^nmcap: sim:em0: .*\n$/);
      assert.equal(readFileSync(kept, 'utf8'), 'precious');
    });
  }

  it('waits for its reader, who gets everything', () => {
    const [pipe, accounts, out, json] = [namedPipe(), namedPipe(), 'out.pcapng', 'out.json'];
    const run = shell(
      `cd '${folder}'
      (sleep 1; cat '${accounts}' > ${json}) & (sleep 1; cat '${pipe}' > ${out}) &
      nmcap sim:em0@rate=max,count=20000 -B 64 -w '${pipe}' --stats-json '${accounts}'; echo "$?"
      wait`,
    );
    assert.equal(run.stdout, '0\n', run.stderr);
    const packets = tsharkFields(path.join(folder, out), 'frame.number').length;
    const { written } = JSON.parse(readFileSync(path.join(folder, json), 'utf8')) as {
      written: number;
    };
    assert.ok(packets > 0);
    assert.equal(packets, written);
    assert.match(run.stderr, new RegExp(` written .* ${written}\n`));
    assert.ok(statSync(pipe).isFIFO());
  });

  it('does not keep signals from being heard when its reader has stalled', async () => {
    const pipe = namedPipe();
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const run = startNmcap(['sim:em0@rate=max', '-w', pipe]);
    await sleep(1500);
    run.process.kill('SIGTERM');
    await sleep(1500);
    assert.equal(run.process.exitCode, null);
    run.process.kill('SIGTERM');
    assert.equal(await ended(run), 'SIGTERM');
    closeSync(reader);
  });

  it('ends quietly when its reader has enough', () => {
    const pipe = namedPipe();
    const run = shell(
      `nmcap sim:em0@rate=max -w '${pipe}' & head -c 5000 '${pipe}' | wc -c; wait $!; echo "$?"`,
    );
    assert.deepEqual(run.stdout.trim().split('\n'), ['5000', '0']);
    assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
  });
});
