import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { startNmcap } from '../support/nmcap.js';

/** Policies of sched(7). */
const SCHED_OTHER = 0;
const SCHED_FIFO = 1;

/** By name, the scheduling policies of a process's threads: field 41 of proc(5)'s stat. */
function policies(pid: number): Map<string, number> {
  const tasks = `/proc/${pid}/task`;
  return new Map(
    readdirSync(tasks).map((task) => {
      const [, name = '', rest = ''] =
        /\((.*)\) (.*)/.exec(readFileSync(`${tasks}/${task}/stat`, 'utf8')) ?? [];
      return [name, Number(rest.split(' ')[41 - 3])];
    }),
  );
}

async function policiesWhileCapturing(...options: string[]): Promise<Map<string, number>> {
  const { process: child, stderr } = startNmcap(['sim:em0', '-n', ...options]);
  const { pid, stdout } = child;
  assert.ok(pid !== undefined && stdout !== null);
  await Promise.race([once(stdout, 'data'), once(child, 'close')]);
  assert.equal(child.exitCode, null, stderr());
  const found = policies(pid);
  child.kill('SIGINT');
  await once(child, 'close');
  return found;
}

describe('threads', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  it('are ordinary ones', async () => {
    const found = await policiesWhileCapturing();
    assert.equal(found.get('nmcap-drain'), SCHED_OTHER);
    assert.equal(found.get('nmcap-sim'), SCHED_OTHER);
  });

  it('put the draining of the rings before all else with --realtime', async () => {
    const found = await policiesWhileCapturing('--realtime');
    assert.equal(found.get('nmcap-drain'), SCHED_FIFO);
    assert.equal(found.get('nmcap-sim'), SCHED_OTHER);
  });
});
