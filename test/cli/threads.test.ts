import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { startNmcap } from '../support/nmcap.js';

/** Policies of sched(7). */
const SCHED_OTHER = 0;
const SCHED_FIFO = 1;

const DRAIN = 'nmcap-drain';
const WRITER = 'nmcap-write';

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

/** As soon as the thread `until` is there. */
async function policiesWhileCapturing(
  until: string,
  ...options: string[]
): Promise<Map<string, number>> {
  const { process: child, stderr } = startNmcap(['sim:em0', '-n', ...options]);
  const { pid } = child;
  assert.ok(pid !== undefined);
  const deadline = Date.now() + 10_000;
  while (!policies(pid).has(until) && child.exitCode === null && Date.now() < deadline) {
    await sleep(10);
  }
  assert.equal(child.exitCode, null, stderr());
  const found = policies(pid);
  child.kill('SIGINT');
  await once(child, 'close');
  return found;
}

describe('threads', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  it('are ordinary ones', async () => {
    const found = await policiesWhileCapturing(DRAIN);
    assert.equal(found.get(DRAIN), SCHED_OTHER);
    assert.equal(found.get('nmcap-sim'), SCHED_OTHER);
  });

  it('put the draining of the rings before all else with --realtime', async () => {
    const found = await policiesWhileCapturing(DRAIN, '--realtime');
    assert.equal(found.get(DRAIN), SCHED_FIFO);
    assert.equal(found.get('nmcap-sim'), SCHED_OTHER);
  });

  it('write a file without JavaScript, unless it looks at the packets too', async () => {
    const file = ['-w', '/dev/null'];
    assert.ok((await policiesWhileCapturing(WRITER, ...file)).has(WRITER));
    assert.ok(!(await policiesWhileCapturing(DRAIN, ...file, '--print')).has(WRITER));
  });
});
