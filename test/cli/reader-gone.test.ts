import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { NMCAP, nmcap, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();
const PATIENCE = 20_000;

/** Passes no frame of the simulation. */
const NOTHING = 'ether proto 0x1234';

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + PATIENCE; !condition();) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await sleep(10);
  }
}

/** Its status, and how many ms passed; SIGKILL where it did not end. */
async function ending(child: ChildProcess): Promise<{ status: number | null; ms: number }> {
  const began = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  clearTimeout(timer);
  return { status: child.exitCode, ms: performance.now() - began };
}

describe('the reader of standard output', { timeout: 120_000 }, () => {
  const kinds: [string, string[]][] = [
    ['text', []],
    ['JSON', ['--json']],
    ['pcapng', ['-w', '-']],
    ['pcap', ['-w', '-', '--format', 'pcap']],
    ['statistics', ['-w', path.join(folder, 'kept.pcapng'), '--stats-json', '-']],
  ];
  /** What child_process makes of a stdio 'pipe' is a socket; a pipe has to be named. */
  for (const through of ['socket', 'pipe']) {
    for (const [kind, args] of kinds) {
      it(`ends a quiet capture by going away: ${kind} through a ${through}`, async () => {
        let reader: number | undefined;
        let stdout: 'pipe' | number = 'pipe';
        if (through === 'pipe') {
          const pipe = path.join(folder, `${kind}.pipe`);
          assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
          reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
          stdout = openSync(pipe, constants.O_WRONLY);
        }
        const child = spawn(NMCAP, ['sim:em0', ...args, NOTHING], {
          stdio: ['ignore', stdout, 'pipe'],
        });
        let stderr = '';
        child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
          stderr += piece;
        });
        if (typeof stdout === 'number') closeSync(stdout);
        await until(() => stderr.includes('monitor'));
        await sleep(500);
        assert.equal(child.exitCode, null, 'it ended although there was a reader');
        if (reader === undefined) child.stdout?.destroy();
        else closeSync(reader);
        const { status, ms } = await ending(child);
        assert.equal(status, 0, stderr);
        assert.ok(ms < 1000, `${ms} ms`);
        assert.equal(stderr.split('\n').length, 2, stderr);
      });
    }
  }

  it('ends the reading of a quiet pipe by going away', async () => {
    const head = path.join(folder, 'head.pcapng');
    nmcap(['sim:em0', '-c', '5', '-w', head]);
    const child = spawn(NMCAP, ['-r', '-', NOTHING], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.write(readFileSync(head));
    await sleep(1000);
    assert.equal(child.exitCode, null);
    child.stdout.destroy();
    const { status, ms } = await ending(child);
    assert.equal(status, 0);
    assert.ok(ms < 1000, `${ms} ms`);
    child.stdin.destroy();
  });
});

describe('npx', { timeout: 60_000 }, () => {
  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const) {
    it(`takes the capture with it when ${signal} ends it`, async () => {
      const out = path.join(folder, `npx-${signal}.pcapng`);
      const log = path.join(folder, `npx-${signal}.log`);
      writeFileSync(log, '');
      const npm = spawn(
        'npm',
        ['exec', '--offline', '-c', `nmcap sim:em0 -w '${out}' 2> '${log}'`],
        {
          cwd: folder,
          stdio: 'ignore',
          env: {
            ...process.env,
            npm_config_cache: path.join(folder, 'npm-cache'),
            PATH: `${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}`,
          },
        },
      );
      await until(() => readFileSync(log, 'utf8').includes('monitor'));
      await sleep(300);
      npm.kill(signal);
      await until(() => readFileSync(log, 'utf8').includes('written'));
      assert.ok(tsharkFields(out, 'frame.number').length > 20);
    });
  }
});
