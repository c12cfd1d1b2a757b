import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import {
  buildPrograms,
  captureLoop,
  drainBench,
  loadCheck,
  numberCheck,
  STALLING_DISK,
} from '../../bench/programs.js';
import { judge, type Row, type Run, type Target } from '../../bench/row.js';
import { markdownTable, summaryLine } from '../../bench/table.js';
import { sectionPreamble } from '../../src/pcapng/writer.js';
import { epbBatch, pcapFile } from '../support/pcap.js';

function row(target: Target, ...runs: Run[]): Row {
  return { what: 'a figure', unit: '', runs, target };
}

/** Frames as bench/native/frame_sender.cc numbers them. */
function numbered(numbers: readonly number[]) {
  return numbers.map((number) => {
    const bytes = Buffer.alloc(60);
    bytes.writeBigUInt64BE(BigInt(number), 42);
    return { bytes };
  });
}

const SECTION = {
  byteOrder: 'little',
  interfaces: [
    {
      linkType: 1,
      snapshotLength: 262_144,
      ticksPerSecond: 1_000_000_000n,
      secondsOffset: 0n,
    },
  ],
} as const;

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
    const { frames, sent, seconds } = await captureLoop(file, 60, Infinity, 100_000);
    assert.equal(frames, 100_000);
    assert.ok(sent > 0 && seconds > 0);
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

  it('finds the numbers that are missing in a file of either format', async () => {
    // Two are missing among the first three packets, which do not count, then five, then one.
    const packets = numbered([7, 9, 11, 12, 18, 20, 21]);
    const pcap = path.join(folder, 'numbers.pcap');
    writeFileSync(pcap, pcapFile(packets));
    const pcapng = path.join(folder, 'numbers.pcapng');
    writeFileSync(pcapng, Buffer.concat([sectionPreamble(SECTION), epbBatch(packets, 2)]));
    for (const file of [pcap, pcapng]) {
      const check = await numberCheck(file, 3, 9, 20);
      assert.deepEqual(check, { packets: 7, span: 10, missing: 6, within: 4, disordered: 0 });
    }
    writeFileSync(pcap, pcapFile(numbered([5, 6, 6, 4, 7])));
    assert.deepEqual(await numberCheck(pcap, 0, 0, 100), {
      packets: 5,
      span: 3,
      missing: 0,
      within: 5,
      disordered: 2,
    });
    writeFileSync(pcap, pcapFile(packets).subarray(0, -1));
    await assert.rejects(numberCheck(pcap, 0, 0, 100), /number_check: the last record is cut/);
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
