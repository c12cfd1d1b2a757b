import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { NMCAP, shell, startNmcap } from '../support/nmcap.js';

const folder = temporaryFolder();
const noProc = !existsSync('/proc/self/fd') && 'needs /proc';

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition();) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await sleep(1);
  }
}

/** TCP sockets of a process that listen. */
function listening(pid: number): string[] {
  let descriptors: string[];
  try {
    descriptors = readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
  const inodes = descriptors.flatMap((name) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
  const LISTEN = '0A';
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((table) => existsSync(table));
  return tables.flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === LISTEN && inodes.includes(fields[9] ?? ''))
      .map((fields) => fields[1] ?? ''),
  );
}

const pidOf = ({ pid }: ChildProcess): number => {
  assert.ok(pid !== undefined);
  return pid;
};

/** Whether Node.js has taken the place of the shell. */
function isNode(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('node\0');
  } catch {
    return false;
  }
}

describe('signals', { timeout: 60_000 }, () => {
  it('ask for the statistics so far, and to flush, and the capture goes on', async () => {
    const out = path.join(folder, 'asked.pcapng');
    const { process: child, stderr } = startNmcap(['sim:em0', '-w', out]);
    await until(() => stderr().includes('monitor'));
    const tables = () => [...stderr().matchAll(/^ {2}seen .* (\d+)$/gm)].map(([, n]) => Number(n));
    await sleep(300);
    child.kill('SIGUSR1');
    await until(() => tables().length === 1);
    child.kill('SIGUSR2');
    await sleep(200);
    child.kill('SIGUSR1');
    await until(() => tables().length === 2);
    child.kill('SIGTERM');
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(status, 0, stderr());
    const [first = 0, second = 0, last = 0] = tables();
    assert.ok(first < second && second <= last, stderr());
    assert.match(stderr(), /^nmcap: sim:em0: statistics so far$/m);
  });

  it('ask how far the reading of a savefile is', async () => {
    const captured = spawnSync(NMCAP, ['sim:em0', '-c', '3', '-w', '-']).stdout;
    const reader = spawn(NMCAP, ['-r', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let text = '';
    reader.stderr.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    reader.stdin.write(captured);
    await once(reader.stdout, 'data');
    reader.kill('SIGUSR1');
    await until(() => text !== '');
    reader.stdin.end();
    const [status] = (await once(reader, 'close')) as [number | null];
    assert.equal(status, 0, text);
    assert.equal(text, 'nmcap: 3 packets so far\n');
  });

  it('stay ignored where they were when nmcap began', async () => {
    const names = ['HUP', 'INT', 'QUIT', 'USR1'];
    const line = `trap '' ${names.join(' ')}; exec '${NMCAP}' sim:em0 -w /dev/null`;
    const child = spawn('sh', ['-c', line], { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
    });
    await until(() => stderr.includes('monitor'));
    await sleep(200);
    for (const name of names) child.kill(`SIG${name}` as NodeJS.Signals);
    await sleep(300);
    assert.equal(child.exitCode, null);
    assert.equal(child.signalCode, null);
    assert.doesNotMatch(stderr, /so far/);
    child.kill('SIGTERM');
    const [status] = (await once(child, 'close')) as [number | null];
    assert.equal(status, 0);
  });

  it('leave nohup(1) and background jobs to go on', () => {
    for (const [start, signal] of [
      ['nohup nmcap', 'HUP'],
      ['nmcap', 'INT'],
    ] as const) {
      const out = path.join(folder, `${signal}.log`);
      // A shell without job control has its background jobs ignore SIGINT.
      const run = shell(
        `sh -c '${start} sim:em0 -w /dev/null 2> "${out}" > /dev/null < /dev/null & echo $!
        while ! grep -q monitor "${out}"; do sleep 0.05; done; sleep 0.2
        kill -${signal} $!; sleep 0.3; kill -TERM $! && wait $!; echo $?'`,
      );
      assert.match(run.stdout, /^\d+\n0\n$/, run.stderr);
      assert.match(readFileSync(out, 'utf8'), /written/);
    }
  });

  it('never kill a capture that has come to its end', async () => {
    for (let i = 0; i < 10; i++) {
      const { process: child, stderr } = startNmcap(['sim:em0', '-c', '3', '-w', '/dev/null']);
      const closed = once(child, 'close');
      await until(() => stderr().includes('written'));
      await sleep(i % 5);
      child.kill('SIGINT');
      const [status, signal] = (await closed) as [number | null, string | null];
      assert.deepEqual([status, signal], [0, null]);
    }
  });
});

describe("Node's inspector", { timeout: 60_000 }, () => {
  it('is not opened by the environment', { skip: noProc }, async () => {
    const child = spawn(NMCAP, ['sim:em0', '-w', '/dev/null'], {
      env: { ...process.env, NODE_OPTIONS: '--inspect=0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderr += piece;
    });
    await until(() => stderr.includes('\n'));
    assert.match(stderr, /^nmcap: sim:em0: /);
    assert.deepEqual(listening(pidOf(child)), []);
    child.kill('SIGTERM');
    await once(child, 'close');
  });

  it('is not opened by SIGUSR1 at any time', { skip: noProc }, async () => {
    for (let i = 0; i < 6; i++) {
      const child = spawn(NMCAP, ['sim:em0', '-w', '/dev/null'], { stdio: 'ignore' });
      const pid = pidOf(child);
      await until(() => isNode(pid));
      await sleep(i * 6);
      // One that comes before Node.js listens to anything ends the process, as it does others.
      for (let sent = 0; sent < 50 && child.kill('SIGUSR1'); sent++) {
        await sleep(2);
        assert.deepEqual(listening(pid), []);
      }
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
    }
  });

  it('is not opened while the version or the help is printed', { skip: noProc }, async () => {
    for (const option of ['--version', '--help']) {
      for (let i = 0; i < 5; i++) {
        const child = spawn(NMCAP, [option], { stdio: 'ignore' });
        const pid = pidOf(child);
        await until(() => isNode(pid) || child.exitCode !== null);
        await sleep(i * 5);
        while (child.kill('SIGUSR1') && child.exitCode === null && child.signalCode === null) {
          await sleep(1);
          assert.deepEqual(listening(pid), []);
        }
      }
    }
  });
});
