import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { parseKernelBenchArguments } from '../../bench/kernel/arguments.js';
import type { Captured } from '../../bench/kernel/captured.js';
import { LOADS } from '../../bench/kernel/loads.js';
import { contestRows, measuredTable } from '../../bench/kernel/rows.js';
import { SentFrames } from '../../bench/kernel/sender.js';
import { judge } from '../../bench/row.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TCPDUMP = 'tcpdump -n  -i %p -w %f';

function benchKernel(...args: string[]) {
  const words = ['--import', 'tsx', 'bench/kernel/main.ts', ...args];
  return spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
}

describe("the arguments of the kernel's benchmark", () => {
  it('are all rows, three rounds and no other program by default', () => {
    const { rounds, rows, against, module } = parseKernelBenchArguments([]);
    assert.equal(rounds, 3);
    assert.deepEqual([...rows], [...LOADS.map(({ name }) => name), 'beginning']);
    assert.deepEqual([against, module], [undefined, undefined]);
  });

  it('name the other program, the module and some rows', () => {
    const words = ['--module', 'netmap.ko', '--against', TCPDUMP, '--rounds', '5'];
    const some = ['--only', '2.0M-60', '--only', 'beginning'];
    const { rounds, rows, against, module } = parseKernelBenchArguments([...words, ...some]);
    assert.deepEqual(against, ['tcpdump', '-n', '-i', '%p', '-w', '%f']);
    assert.deepEqual([module, rounds, [...rows]], ['netmap.ko', 5, ['2.0M-60', 'beginning']]);
  });

  it('are refused where they make no sense', () => {
    const refused = (args: string[], message: RegExp) => {
      assert.throws(() => parseKernelBenchArguments(args), message);
    };
    refused(['--only', '3.0M-60'], /--only 3\.0M-60: no such row; there are 0\.2M-60, /);
    for (const rounds of ['0', '1.5', 'many']) {
      refused(['--rounds', rounds], /--rounds .*: must be a whole number/);
    }
    refused(['--against', 'tcpdump -i %p'], /--against must contain %f/);
    refused(['--against', 'tcpdump -w %f'], /--against must contain %p/);
    refused(['--against', ''], /--against must contain %p/);
    refused(['--modul', 'netmap.ko'], /--modul/);
    refused(['netmap.ko'], /netmap\.ko/);
  });

  it('are checked before anything is built or booted', () => {
    const help = benchKernel('--help');
    assert.equal(help.status, 0);
    assert.match(help.stdout, /^npm run bench:kernel -- \[--module FILE\]/);
    const rounds = benchKernel('--rounds', '0');
    assert.deepEqual([rounds.status, rounds.stdout], [2, '']);
    assert.match(rounds.stderr, /^bench:kernel: --rounds 0: must be/);
    const module = benchKernel('--module', '/nowhere/netmap.ko');
    assert.deepEqual(
      [module.status, module.stderr],
      [2, 'bench:kernel: /nowhere/netmap.ko does not exist\n'],
    );
  });

  it('must include a module where there is no netmap', { skip: existsSync('/dev/netmap') }, () => {
    const { status, stderr } = benchKernel();
    assert.equal(status, 2);
    assert.match(stderr, /^bench:kernel: there is no \/dev\/netmap: .*--module/);
  });
});

describe('what was sent until a time', () => {
  const sent = new SentFrames([
    [10, 0],
    [10.5, 500],
    [11, 2500],
  ]);

  it('is in proportion between two samples', () => {
    assert.deepEqual(
      [10, 10.125, 10.5, 10.625, 11].map((time) => sent.at(time)),
      [0, 125, 500, 1000, 2500],
    );
    assert.equal(sent.rate(10.125, 10.625), 1750);
  });

  it('is not known before and after', () => {
    assert.deepEqual(
      [9.99, 11.01].map((time) => sent.at(time)),
      [NaN, NaN],
    );
  });
});

describe("the rows of the kernel's benchmark", () => {
  const [light, , heavy] = LOADS;
  assert.ok(light !== undefined && heavy !== undefined);
  const captured = (kept: number, processorTime: number): Captured => ({
    lost: 1 - kept,
    kept,
    aloneRate: 1,
    senderRate: 1,
    packets: 1e6 * kept,
    processorTime,
    threads: new Map(),
  });
  const round = { nmcap: captured(0.9, 2e-6), other: captured(0.95, 1e-6) };

  it('ask for as many frames as the other program keeps, and for half as many again', () => {
    const [kept, senderRate, processorTime, ...none] = contestRows({
      load: light,
      against: 'tcpdump',
      rounds: [round],
    });
    assert.ok(kept && senderRate && processorTime);
    assert.deepEqual(none, []);
    assert.deepEqual(
      [kept, senderRate, processorTime].map((row) => [row.target, judge(row).verdict]),
      [
        [{ atLeast: 1 }, 'missed'],
        [{ atLeast: 1 }, 'met'],
        [{ atMost: 1 }, 'missed'],
      ],
    );
    const lossy = { nmcap: captured(0.9, 1e-6), other: captured(0.5, 1e-6) };
    const [heavyKept, , ...rest] = contestRows({
      load: heavy,
      against: 'tcpdump',
      rounds: [lossy],
    });
    assert.ok(heavyKept);
    assert.deepEqual(heavyKept.target, { atLeast: 1.5 });
    assert.equal(judge(heavyKept).verdict, 'met');
    assert.equal(heavyKept.note, undefined);
    assert.deepEqual(rest, [], 'processor time is compared under a light load alone');
  });

  it('have a note where half as many frames again would be more than all', () => {
    const rounds = [{ nmcap: captured(1, 1e-6), other: captured(0.8, 1e-6) }];
    const [kept] = contestRows({ load: heavy, against: 'tcpdump', rounds });
    assert.deepEqual(kept?.target, { atLeast: 1.5 });
    assert.equal(kept.note, 'all frames would be 1.25 times as many');
  });

  it('have no target without another program', () => {
    assert.deepEqual(contestRows({ load: light, rounds: [{ nmcap: captured(1, 1) }] }), []);
  });

  it('stand below what was measured, as ratios', () => {
    const table = measuredTable([{ load: light, against: 'tcpdump', rounds: [round] }]);
    const lines = table.trimEnd().split('\n').slice(2);
    assert.deepEqual(
      lines.map((line) =>
        line
          .split('|')
          .map((cell) => cell.trim())
          .slice(1, -1),
      ),
      [
        ['0.2 M frames/s, 60 bytes', 'tcpdump', '5.0 %', '1.00', '0.95 M', '1'],
        ['0.2 M frames/s, 60 bytes', 'nmcap', '10.0 %', '1.00', '0.90 M', '2.00'],
      ],
    );
  });
});
