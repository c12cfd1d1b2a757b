import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { startNmcap } from '../support/nmcap.js';
import { until } from '../support/until.js';

/** Policies of sched(7). */
const SCHED_OTHER = 0;
const SCHED_FIFO = 1;

const DRAIN = 'nmcap-drain';
const WRITER = 'nmcap-write';
/** The simulated application's: the last to start. */
const SIMULATION = 'nmcap-sim';

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

/** The policies as soon as all of the capture's threads are there. */
async function policiesWhileCapturing(...options: string[]): Promise<Map<string, number>> {
  const run = startNmcap(['sim:em0', '-n', ...options]);
  const { pid } = run;
  const hasEnded = () => run.process.exitCode !== null;
  await until(
    () => hasEnded() || [DRAIN, SIMULATION].every((name) => policies(pid).has(name)),
    run.stderr,
  );
  assert.ok(!hasEnded(), run.stderr());
  const found = policies(pid);
  run.process.kill('SIGINT');
  await run.ended();
  return found;
}

describe('threads', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  it('run at ordinary priority', async () => {
    const found = await policiesWhileCapturing();
    assert.equal(found.get(DRAIN), SCHED_OTHER);
    assert.equal(found.get(SIMULATION), SCHED_OTHER);
  });

  it('drain the rings at real-time priority with --realtime', async () => {
    const found = await policiesWhileCapturing('--realtime');
    assert.equal(found.get(DRAIN), SCHED_FIFO);
    assert.equal(found.get(SIMULATION), SCHED_OTHER);
  });

  it('write a file without JavaScript, unless that needs the packets too', async () => {
    const file = ['-w', '/dev/null'];
    assert.ok((await policiesWhileCapturing(...file)).has(WRITER));
    assert.ok(!(await policiesWhileCapturing(...file, '--print')).has(WRITER));
  });
});
