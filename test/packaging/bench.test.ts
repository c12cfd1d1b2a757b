import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { buildPrograms, drainBench } from '../../bench/programs.js';
import { judge, type Row, type Run, type Target } from '../../bench/row.js';
import { markdownTable, summaryLine } from '../../bench/table.js';

function row(target: Target, ...runs: Run[]): Row {
  return { what: 'a figure', unit: '', runs, target };
}

describe('the benchmark', () => {
  // Its programs are compiled against native/; no other test would notice that they no longer are.
  it('builds, and measures the drain', async () => {
    buildPrograms();
    const [round, ...others] = await drainBench('alone', 60, 1, 200, 'tcp');
    assert.deepEqual(others, []);
    assert.ok(round !== undefined && round.plain > 0 && round.drain > 0);
    assert.ok(round.filtered !== undefined && round.filtered > 0);
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
