import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import {
  FileCounts,
  microsecondsOf,
  readTable,
  readWithTshark,
  type SharkFile,
  type StatsDocument,
  type Way,
  type WayFigures,
} from '../support/figures.js';
import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, type Finished, nmcap } from '../support/nmcap.js';
import { readBlocks } from '../support/statistics.js';

const folder = temporaryFolder();
const WAYS = ['in', 'out'] as const;

/** Two ports, one of two rings, and frames of many lengths in both directions; then they leave. */
const TWO_PORTS = ['-i', 'sim:em0@rate=20000,rings=2,count=3000'];
TWO_PORTS.push('-i', 'sim:em1@rate=10000,seed=2,count=1000');

/** More than full rings leave, of one length. */
const FULL_RINGS = 'sim:em0@rate=max,length=60,rings=2,count=150000';
/** More than the smallest buffer holds while it is compressed. */
const OVERLOAD = ['sim:em0@rate=max,rings=2,count=60000', '-B', '2'];

/** What a capture wrote, and what it said about it. */
interface Recorded {
  readonly run: Finished;
  readonly stats: StatsDocument;
  /** Of the files whose names begin with `out`. */
  readonly counts: FileCounts;
  readonly files: readonly { readonly path: string; readonly shark: SharkFile }[];
}

/** Captures into a new folder, whose files tshark reads; `-w out...` is relative to it. */
function record(name: string, args: readonly string[]): Recorded {
  const here = path.join(folder, name);
  mkdirSync(here);
  const statsFile = path.join(here, 'stats.json');
  const run = nmcap([
    ...args.map((arg) => (/^(out|text)[.-]/.test(arg) ? path.join(here, arg) : arg)),
    ...['--stats-json', statsFile, '--json-files'],
  ]);
  const counts = new FileCounts();
  const files = readdirSync(here)
    .filter((file) => file.startsWith('out'))
    .sort()
    .map((file) => path.join(here, file))
    .map((file) => ({ path: file, shark: readWithTshark(file, counts) }));
  const lines = readFileSync(statsFile, 'utf8');
  const last = args.includes('--stats') ? (lines.trimEnd().split('\n').at(-1) ?? '') : lines;
  return { run, stats: JSON.parse(last) as StatsDocument, counts, files };
}

const FIGURES = ['seen', 'passed', 'written', 'discarded', 'ring_full', 'lost', 'sent'] as const;
const LABELS: Record<(typeof FIGURES)[number], string> = {
  seen: 'seen',
  passed: 'passed',
  written: 'written',
  discarded: 'discarded by nmcap',
  ring_full: 'ring found full',
  lost: 'lost by full rings',
  sent: 'sent (total)',
};

function figuresOf({ interfaces }: StatsDocument, way: Way, interfaceId?: number): WayFigures[] {
  return interfaces
    .filter((_, id) => interfaceId === undefined || id === interfaceId)
    .flatMap(({ rings }) => rings.map((ring) => ring[way]));
}

function sum(figures: readonly WayFigures[], field: keyof WayFigures): number {
  return figures.reduce((total, each) => total + (each[field] ?? NaN), 0);
}

/** The table has the sums of --stats-json. */
function checkTable({ run, stats }: Recorded): void {
  const table = readTable(run.stderr);
  for (const field of FIGURES) {
    const row = table.get(LABELS[field]);
    assert.ok(row !== undefined, `${field}: ${run.stderr}`);
    assert.equal(row.in, sum(figuresOf(stats, 'in'), field), `${field} in`);
    assert.equal(row.out, sum(figuresOf(stats, 'out'), field), `${field} out`);
    assert.equal(row.total, row.in + row.out, `${field}, both`);
  }
  const incomplete = WAYS.map((way) => sum(figuresOf(stats, way), 'incomplete'));
  const row = table.get('incomplete frames');
  assert.deepEqual([row?.in ?? 0, row?.out ?? 0], incomplete);
}

/** Each ring's figures are those of its packets in the files, and of what was sent. */
function checkRings({ stats, counts, run }: Recorded): void {
  const hasLeft = run.status === APPLICATION_LEFT;
  assert.equal(stats.written, counts.sum(/./).packets, 'written');
  for (const [interfaceId, { rings }] of stats.interfaces.entries()) {
    for (const figures of rings) {
      for (const way of WAYS) {
        const name = `interface ${interfaceId}, ring ${figures.ring}, ${way}`;
        const { seen, bytes, passed, written, discarded, lost, sent } = figures[way];
        const ringsFull = figures.in.ring_full + figures.out.ring_full;
        const there = counts.of(interfaceId, figures.ring, way);
        assert.equal(written, there.packets, `${name}: written`);
        assert.equal(passed, there.packets + discarded, `${name}: passed`);
        assert.ok(seen >= passed, `${name}: seen`);
        // When a ring is full, netmap drops slots: what is left of a frame of several is seen too.
        const cut = seen + lost - sent;
        if (hasLeft) assert.ok(cut >= 0 && cut <= ringsFull, `${name}: sent ${sent} and ${cut}`);
        // What is not in a file has bytes that nobody knows.
        if (seen === there.packets) assert.equal(bytes, there.bytes, `${name}: bytes`);
        else assert.ok(bytes > there.bytes, `${name}: bytes`);
      }
    }
  }
}

/** All that the ports sent has come through their rings, seen or lost. */
function checkSent({ stats }: Recorded): void {
  for (const [id, { name }] of stats.interfaces.entries()) {
    const sent = WAYS.map((way) => sum(figuresOf(stats, way, id), 'sent'));
    assert.equal((sent[0] ?? 0) + (sent[1] ?? 0), Number(/count=(\d+)/.exec(name)?.[1]), name);
  }
}

/** A file's content, decompressed by the program that made its format known. */
function contentOf(file: string): Buffer {
  const program = { '.gz': 'gzip', '.zst': 'zstd' }[path.extname(file)];
  if (program === undefined) return readFileSync(file);
  const { status, stdout, stderr } = spawnSync(program, ['-dc', file], { maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr.toString());
  return stdout;
}

/** Each file's statistics are those of its packets, and all files' together those of the capture. */
function checkStatisticsBlocks({ files, stats }: Recorded): void {
  const sums = stats.interfaces.map(() => ({ seen: 0, passed: 0, written: 0 }));
  for (const { path: file, shark } of files) {
    const { statistics } = readBlocks(contentOf(file));
    assert.deepEqual(
      statistics.map(({ interfaceId }) => interfaceId),
      stats.interfaces.map((_, id) => id),
      file,
    );
    for (const { interfaceId, received, accepted, delivered } of statistics) {
      assert.equal(delivered, shark.byInterface[interfaceId] ?? 0, file);
      assert.ok(received >= accepted && accepted >= delivered, file);
      const own = sums[interfaceId];
      assert.ok(own !== undefined);
      own.seen += received;
      own.passed += accepted;
      own.written += delivered;
    }
  }
  for (const [id, own] of sums.entries()) {
    const both = WAYS.flatMap((way) => figuresOf(stats, way, id));
    for (const field of ['seen', 'passed', 'written'] as const) {
      assert.equal(own[field], sum(both, field), `${field} of interface ${id}`);
    }
  }
}

/** The lines about finished files, whose names begin with `out`, have what tshark finds in them. */
function checkFileLines({ run, files, stats }: Recorded): void {
  interface Line {
    file: string;
    packets: number;
    bytes: number;
    first?: string;
    last?: string;
  }
  const lines = run.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
    .filter(({ file }) => path.basename(file).startsWith('out'));
  assert.deepEqual(
    lines.map(({ file }) => file),
    files.map((file) => file.path),
  );
  for (const [i, { file, packets, bytes, first, last }] of lines.entries()) {
    const { shark } = files[i] ?? {};
    assert.equal(packets, shark?.packets, file);
    assert.equal(bytes, statSync(file).size, file);
    assert.equal(first && microsecondsOf(first), shark?.first, file);
    assert.equal(last && microsecondsOf(last), shark?.last, file);
    const { started, ended = '' } = stats;
    if (first !== undefined) assert.ok(microsecondsOf(first) >= microsecondsOf(started), file);
    if (last !== undefined) assert.ok(microsecondsOf(last) <= microsecondsOf(ended), file);
  }
}

function checkAll(recorded: Recorded): void {
  checkTable(recorded);
  checkRings(recorded);
  checkStatisticsBlocks(recorded);
  checkFileLines(recorded);
}

/** The lines of --json, as counts; `file` or what was printed. */
function countLines(text: string, { interfaces }: StatsDocument): FileCounts {
  const counts = new FileCounts();
  for (const line of text.split('\n').slice(0, -1)) {
    const packet = JSON.parse(line) as {
      interface: string;
      ring?: number;
      direction: string;
      length: number;
    };
    const id = interfaces.findIndex(({ name }) => name === packet.interface);
    counts.add(id, packet.ring ?? 0, packet.direction, packet.length);
  }
  return counts;
}

describe('the figures of a capture are those of its files, as tshark reads them', () => {
  it('with one file', () => {
    const recorded = record('plain', [...TWO_PORTS, '-w', 'out.pcapng']);
    assert.equal(recorded.stats.written, 4000, recorded.run.stderr);
    checkAll(recorded);
    checkSent(recorded);
  });

  it('with one file that is written without --json-files', () => {
    const file = path.join(folder, 'alone.pcapng');
    const statsFile = path.join(folder, 'alone.json');
    const run = nmcap([...TWO_PORTS, '-w', file, '--stats-json', statsFile]);
    const counts = new FileCounts();
    const shark = readWithTshark(file, counts);
    const stats = JSON.parse(readFileSync(statsFile, 'utf8')) as StatsDocument;
    const recorded = { run, stats, counts, files: [{ path: file, shark }] };
    checkTable(recorded);
    checkRings(recorded);
    checkStatisticsBlocks(recorded);
  });

  for (const [ending, size] of [
    ['', '400K'],
    ['.gz', '60K'],
    ['.zst', '40K'],
  ] as const) {
    it(`with files that are switched by size: .pcapng${ending}`, () => {
      const recorded = record(`size${ending}`, [
        ...TWO_PORTS,
        '-w',
        `out.pcapng${ending}`,
        '-C',
        size,
      ]);
      assert.ok(recorded.files.length > 2, `${recorded.files.length} files`);
      checkAll(recorded);
      checkSent(recorded);
    });
  }

  it('with a filter, files switched by size', () => {
    const recorded = record('filter', [...TWO_PORTS, '-w', 'out.pcapng', '-C', '300K', 'tcp']);
    const { stats, files } = recorded;
    assert.ok(stats.written > 0 && stats.written < 4000 && files.length > 2, `${stats.written}`);
    checkAll(recorded);
    checkSent(recorded);
  });

  it('with a filter on directions, of one of which nothing passes', () => {
    const recorded = record('inbound', [...TWO_PORTS, '-w', 'out.pcapng', 'inbound']);
    assert.equal(recorded.counts.sum(/out/).packets, 0);
    checkAll(recorded);
    checkSent(recorded);
  });

  it('with one direction', () => {
    const recorded = record('direction', [...TWO_PORTS, '-d', 'tx', '-w', 'out.pcapng']);
    const { counts, stats } = recorded;
    assert.equal(counts.sum(/in/).packets, 0);
    assert.equal(counts.sum(/out/).packets, sum(figuresOf(stats, 'out'), 'sent'));
    checkTable(recorded);
    checkStatisticsBlocks(recorded);
    checkFileLines(recorded);
  });

  it('with -c, and truncated packets', () => {
    const ports = ['-i', 'sim:em0@rate=20000,rings=2', '-i', 'sim:em1@rate=10000'];
    const recorded = record('count', [...ports, '-c', '777', '-s', '64', '-w', 'out.pcapng']);
    assert.equal(recorded.run.status, 0, recorded.run.stderr);
    assert.equal(recorded.stats.written, 777);
    checkAll(recorded);
  });

  it('with frames of several slots', () => {
    const recorded = record('slots', [
      'sim:em0@rate=5000,length=5000,count=1000',
      '-w',
      'out.pcapng',
    ]);
    assert.equal(recorded.counts.sum(/./).bytes, 5_000_000);
    checkAll(recorded);
    checkSent(recorded);
  });

  it('with frames lost by full rings', () => {
    const recorded = record('lost', [FULL_RINGS, '-s', '50', '-w', 'out.pcapng.gz']);
    const both = WAYS.flatMap((way) => figuresOf(recorded.stats, way));
    for (const field of ['lost', 'ring_full'] as const) assert.ok(sum(both, field) > 0, field);
    for (const figures of both) assert.equal(figures.bytes, 60 * figures.seen);
    checkAll(recorded);
    checkSent(recorded);
  });

  for (const options of [[], ['-C', '400K'], ['--json', '--output', 'text.json']]) {
    it(`with frames discarded for want of buffers: ${options.join(' ')}`, () => {
      const name = `discarded${options.length}`;
      const recorded = record(name, [...OVERLOAD, '-w', 'out.pcapng.gz', ...options]);
      const discarded = WAYS.map((way) => sum(figuresOf(recorded.stats, way), 'discarded'));
      for (const count of discarded) assert.ok(count > 0, recorded.run.stderr);
      checkAll(recorded);
      checkSent(recorded);
    });
  }

  it('with frames that JavaScript writes, and lines for each', () => {
    const options = ['-w', 'out.pcapng', '-C', '400K', '--json', '--output', 'text.json'];
    const recorded = record('lines', [...TWO_PORTS, ...options]);
    const { files, stats, counts } = recorded;
    assert.ok(files.length > 3, `${files.length} files`);
    checkAll(recorded);
    checkSent(recorded);
    const text = readdirSync(path.join(folder, 'lines'))
      .filter((name) => name.startsWith('text'))
      .sort()
      .map((name) => readFileSync(path.join(folder, 'lines', name), 'utf8'));
    assert.ok(text.length > 3, `${text.length} files`);
    assert.deepEqual(countLines(text.join(''), stats), counts);
  });

  it('with lines alone', () => {
    const recorded = record('text', [...TWO_PORTS, '-t', '--json', '--output', 'text.json']);
    const { run, stats } = recorded;
    const text = readFileSync(path.join(folder, 'text/text.json'), 'utf8');
    const lines = { run, stats, counts: countLines(text, stats), files: [] };
    checkTable(lines);
    checkRings(lines);
    checkSent(lines);

    const summaries = nmcap(TWO_PORTS);
    const written = readTable(summaries.stderr).get('written');
    assert.ok(written !== undefined);
    const printed = summaries.stdout.split('\n').slice(0, -1);
    assert.equal(written.in, printed.filter((line) => / sim:\S+ In /.test(line)).length);
    assert.equal(written.out, printed.filter((line) => / sim:\S+ Out /.test(line)).length);
  });

  it('with pcap, which has no directions', () => {
    const recorded = record('pcap', [...OVERLOAD, '-w', 'out.pcap.gz', '-C', '400K']);
    assert.equal(recorded.stats.written, recorded.counts.sum(/unknown/).packets);
    const table = readTable(recorded.run.stderr);
    assert.equal(table.get('written')?.total, recorded.stats.written);
    checkTable(recorded);
    checkFileLines(recorded);
    checkSent(recorded);
  });

  it('where --max-size ends the capture, and packets come too late', () => {
    const recorded = record('late', ['sim:em0@rate=max', '-w', 'out.pcapng', '--max-size', '2M']);
    const { run, stats, counts } = recorded;
    assert.equal(run.status, 0, run.stderr);
    assert.equal(stats.written, counts.sum(/./).packets);
    const table = readTable(run.stderr);
    const [, unwritten = 0] = /not written: (\d+) packets/.exec(run.stderr) ?? [];
    const [passed, discarded] = ['passed', 'discarded by nmcap'].map(
      (row) => table.get(row)?.total,
    );
    assert.equal(table.get('written')?.total, stats.written);
    assert.equal(passed, stats.written + Number(unwritten) + (discarded ?? NaN));
    checkFileLines(recorded);
  });

  it('with statistics at intervals', () => {
    const port = 'sim:em0@rate=500,count=1100';
    const recorded = record('intervals', [port, '-w', 'out.pcapng', '--stats', '1']);
    checkAll(recorded);
    checkSent(recorded);
    const lines = readFileSync(path.join(folder, 'intervals/stats.json'), 'utf8');
    const documents = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StatsDocument);
    assert.ok(documents.length > 2, lines);
    for (const [i, document] of documents.entries()) {
      const next = documents[i + 1];
      if (next === undefined) continue;
      assert.ok(document.written <= next.written);
      for (const way of WAYS) {
        const [now, later] = [document, next].map((each) => sum(figuresOf(each, way), 'seen'));
        assert.ok((now ?? NaN) <= (later ?? NaN), lines);
      }
    }
  });
});
