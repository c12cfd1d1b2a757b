import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import {
  buildPrograms,
  captureLoop,
  drainBench,
  loadCheck,
  STALLING_DISK,
} from '../../bench/programs.js';
import { judge, type Row, type Run, type Target } from '../../bench/row.js';
import { markdownTable, summaryLine } from '../../bench/table.js';

function row(target: Target, ...runs: Run[]): Row {
  return { what: 'a figure', unit: '', runs, target };
}

/** Writes bytes one by one for 1.2 s, and prints the milliseconds of the longest write. */
const WRITER = `
  const { openSync, writeSync } = require('node:fs');
  const file = openSync(process.argv[1], 'w');
  let longest = 0;
  for (const end = performance.now() + 1200; performance.now() < end;) {
    const start = performance.now();
    writeSync(file, 'x');
    longest = Math.max(longest, performance.now() - start);
  }
  console.log(longest);
`;

// Its programs are compiled against native/; no other test would notice that they no longer are.
describe('the benchmark', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'nmcap-bench-test-'));
  before(buildPrograms);
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('measures the drain', async () => {
    const [round, ...others] = await drainBench('alone', 60, 1, 200, 'tcp');
    assert.deepEqual(others, []);
    assert.ok(round !== undefined && round.plain > 0 && round.drain > 0);
    assert.ok(round.filtered !== undefined && round.filtered > 0);
  });

  it('has a plain loop that captures what nmcap would', async () => {
    const file = path.join(folder, 'loop.pcapng');
    const { frames, sent, seconds, processorSeconds } = await captureLoop(
      file,
      60,
      Infinity,
      100_000,
      20_000,
    );
    assert.equal(frames, 80_000);
    assert.ok(sent > 0 && seconds > 0 && processorSeconds > 0);
    const { packets, disordered } = await loadCheck(file);
    assert.deepEqual({ packets, disordered }, { packets: 100_000, disordered: 0 });
  });

  it('has a disk that stalls for half a second', () => {
    const log = path.join(folder, 'stalls');
    const { stdout } = spawnSync(process.execPath, ['-e', WRITER, path.join(folder, 'file')], {
      encoding: 'utf8',
      env: { ...process.env, LD_PRELOAD: STALLING_DISK, NMCAP_BENCH_STALL_LOG: log },
    });
    assert.ok(Number(stdout) >= 500, stdout);
    assert.match(readFileSync(log, 'utf8'), /^x{1,3}$/);
  });

  it('takes a row without a figure neither for met nor for missed', () => {
    const targets = [{ atLeast: 1 }, { atMost: 1 }, { exactly: 0 }] as const;
    for (const target of targets) {
      assert.equal(judge(row(target)).verdict, 'failed');
      assert.equal(judge(row(target, { figure: 1 }, { figure: NaN })).verdict, 'failed');
      assert.equal(judge(row(target, { figure: 1, reference: 0 })).verdict, 'failed');
    }
  });

  it('asks a target of the median, and zero of every run', () => {
    const runs = [{ figure: 0 }, { figure: 0 }, { figure: 9 }];
    assert.equal(judge(row({ atMost: 1 }, ...runs)).verdict, 'met');
    assert.equal(judge(row({ atLeast: 1 }, ...runs)).verdict, 'missed');
    assert.equal(judge(row({ exactly: 0 }, ...runs)).verdict, 'missed');
    const compared = [{ figure: 9, reference: 10 }];
    assert.equal(judge(row({ atLeast: 0.9 }, ...compared)).verdict, 'met');
    assert.equal(judge(row({ atLeast: 0.91 }, ...compared)).verdict, 'missed');
  });

  it('ends with how many rows were met, missed, and not measured', () => {
    const met = row({ atMost: 1 }, { figure: 1 });
    const missed = row({ atMost: 1 }, { figure: 2 });
    const name = { name: 'one', what: 'one' };
    assert.equal(
      summaryLine([{ ...name, rows: [met, missed, met] }]),
      '2 rows met, 1 row missed\n',
    );
    const outcomes = [
      { ...name, rows: [missed, row({ atMost: 1 }, { figure: NaN })] },
      { ...name, rows: [], failure: 'nmcap could not be started' },
    ];
    assert.equal(summaryLine(outcomes), '0 rows met, 1 row missed, 2 failed\n');
    const verdicts = markdownTable(outcomes).match(/(met|MISSED|FAILED) +\|\n/g);
    assert.deepEqual(
      verdicts?.map((cell) => cell.split(' ')[0]),
      ['MISSED', 'FAILED', 'FAILED'],
    );
  });
});
