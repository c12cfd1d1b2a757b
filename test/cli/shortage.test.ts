import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { type Finished, shell } from '../support/nmcap.js';

const folder = temporaryFolder();
const file = path.join(folder, 'old.pcapng');

/** A user who has no other processes, and may do no more than others. */
const AS_ANOTHER = 'setpriv --reuid=54321 --regid=54321 --clear-groups';

/** Runs nmcap under limits, to overwrite a file that was there before. */
function runUnder(limits: string, options = ''): Finished & { old: boolean } {
  writeFileSync(file, 'old');
  chmodSync(folder, 0o777);
  chmodSync(file, 0o666);
  const run = shell(`${limits} "$(command -v nmcap)" sim:em0 -c 5 ${options} -w '${file}'`);
  return { ...run, old: readFileSync(file, 'latin1') === 'old' };
}

/** What keeps this user from changing users. */
function notAnother(): string | false {
  const { status } = shell(`${AS_ANOTHER} "$(command -v nmcap)" --version`);
  return status !== 0 && 'needs root, setpriv(1), and a clone that others may read';
}

describe('a shortage', { skip: process.platform !== 'linux' && 'prlimit(1) is Linux' }, () => {
  it('of threads is reported, and leaves the old file alone', { skip: notAnother() }, () => {
    const reported: string[] = [];
    let written = 0;
    for (let threads = 6; threads < 40 && written === 0; threads++) {
      const run = runUnder(`prlimit --nproc=${threads} ${AS_ANOTHER}`);
      if (run.status === 0) {
        written++;
        assert.ok(!run.old);
        continue;
      }
      assert.ok(run.old, `with ${threads} threads: ${run.stderr}`);
      // Node itself aborts for want of its own threads; nmcap does not.
      if (run.status !== 1) continue;
      assert.match(
        run.stderr,
        /^nmcap: sim:em0: the system has no more threads for this user \(EAGAIN\)\nnmcap: raise 'ulimit -u'/m,
      );
      reported.push(run.stderr);
    }
    assert.equal(written, 1);
    // The simulated application's, the drain's and the writer's.
    assert.equal(reported.length, 3, reported.join('\n'));
  });

  it('of memory names -B', () => {
    const run = runUnder('prlimit --as=4000000000', '-B 4095');
    assert.equal(run.status, 1, run.stderr);
    assert.match(
      run.stderr,
      /^nmcap: sim:em0: there is not enough memory for the packet buffer\nnmcap: .*-B/,
    );
    assert.ok(run.old);
  });

  it('of descriptors is neither an internal error nor the fault of --realtime', () => {
    let reported = 0;
    let written = 0;
    // Node itself needs about twenty to begin with.
    for (let files = 22; files < 100 && written === 0; files++) {
      const run = runUnder(`prlimit --nofile=${files}`);
      assert.doesNotMatch(run.stderr, /internal error|realtime/);
      if (run.status === 0) written++;
      else assert.ok(run.old, `with ${files} files: ${run.stderr}`);
      if (run.status === 1 && run.stderr.includes('too many open files')) reported++;
    }
    assert.equal(written, 1);
    assert.ok(reported > 3);
  });
});
