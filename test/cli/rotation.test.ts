import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { filesOf, newFolderIn, temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, type Finished, nmcap, startNmcap } from '../support/nmcap.js';
import { SequenceCheck } from '../support/sequence.js';
import { readBlocks } from '../support/statistics.js';

const folder = temporaryFolder();

/** Two ports whose four rings bring as many frames of 60 bytes as the machine makes. */
const FULL_RATE = 'sim:em0@rate=max,length=60,rings=2';

const newFolder = (name: string) => newFolderIn(folder, name);

/** A row's total in the table that a capture ends with. */
function row({ stderr }: Finished, label: string): number {
  return Number(new RegExp(`^ {2}${label} .*?(\\d+)$`, 'm').exec(stderr)?.[1] ?? NaN);
}

interface Sums {
  packets: number;
  received: number;
  accepted: number;
  delivered: number;
}

/** Checks that each file is complete by itself, and adds its statistics up. */
function checkFiles(files: readonly string[], interfaces = 1): Sums {
  const sums = { packets: 0, received: 0, accepted: 0, delivered: 0 };
  for (const file of files) {
    const { types, statistics } = readBlocks(readFileSync(file));
    const packets = types.filter((type) => type === 6).length;
    assert.equal(types[0], 0x0a0d0d0a, file);
    assert.deepEqual(types.slice(1, 1 + interfaces), Array<number>(interfaces).fill(1), file);
    assert.deepEqual(types.slice(-interfaces), Array<number>(interfaces).fill(5), file);
    assert.equal(
      statistics.reduce((sum, { delivered }) => sum + delivered, 0),
      packets,
      file,
    );
    for (const { received, accepted, delivered } of statistics) {
      assert.ok(received >= accepted && accepted >= delivered, `${file}: ${received} ${accepted}`);
      sums.received += received;
      sums.accepted += accepted;
      sums.delivered += delivered;
    }
    sums.packets += packets;
  }
  return sums;
}

/** Every packet is in exactly one file, and the files' figures add up to the table's. */
async function checkStream(run: Finished, files: readonly string[], interfaces = 1) {
  const hasLeft = run.stderr.includes('left netmap mode');
  assert.equal(run.status, hasLeft ? APPLICATION_LEFT : 0, run.stderr);
  const sequence = new SequenceCheck();
  const spans = [];
  for (const file of files) spans.push(await sequence.add(file));
  const sums = checkFiles(files, interfaces);
  assert.equal(sequence.packets, row(run, 'written'));
  assert.equal(sums.packets, row(run, 'written'));
  assert.equal(sums.delivered, row(run, 'written'));
  assert.equal(sums.received, row(run, 'seen'));
  assert.equal(sums.accepted, row(run, 'passed'));
  // What is not there between two packets was lost by full rings, or discarded and counted.
  const explained = row(run, 'lost by full rings') + row(run, 'discarded by nmcap');
  assert.ok(sequence.missing <= explained, `${sequence.missing} missing, ${explained} explained`);
  // While the application goes on, what it has sent and what is lost are of different moments.
  if (hasLeft) {
    assert.equal(sequence.packets + explained, row(run, 'sent .total.'));
  }
  return spans;
}

describe('files that are switched by size', () => {
  it('have every frame once, through 200 switches at full rate', async () => {
    const here = newFolder('size');
    const run = nmcap([FULL_RATE, '-c', '1900000', '-w', path.join(here, 'a.pcapng'), '-C', '1']);
    const files = filesOf(here);
    await checkStream(run, files);
    // Files are as full as whole packets make them.
    for (const file of files) assert.ok(statSync(file).size <= 1_000_000, file);
    for (const file of files.slice(0, -1)) assert.ok(statSync(file).size > 999_700, file);
    assert.equal(row(run, 'written'), 1_900_000);
    assert.ok(files.length > 200, `${files.length} files`);
  });

  it('have every frame once where JavaScript writes them', async () => {
    const here = newFolder('size-js');
    const output = path.join(folder, 'printed.txt');
    const run = nmcap([
      'sim:em0@rate=100000,length=60,rings=2,count=50000',
      ...['-w', path.join(here, 'a.pcapng'), '-C', '64K', '--fields', 'time', '--max-size', '1G'],
    ]);
    assert.equal(run.stdout.split('\n').length - 1, row(run, 'written'));
    const files = filesOf(here);
    await checkStream(run, files);
    for (const file of files) assert.ok(statSync(file).size <= 65_536, file);
    assert.ok(files.length > 50, `${files.length} files`);
    assert.equal(existsSync(output), false);
  });

  it('hold one packet where that alone is larger', () => {
    const here = newFolder('tiny');
    const run = nmcap(['sim:em0@length=1000', '-c', '20', '-w', path.join(here, 'a'), '-C', '1K']);
    assert.equal(run.status, 0, run.stderr);
    const files = filesOf(here);
    assert.equal(files.length, 20);
    assert.equal(checkFiles(files).packets, 20);
  });

  it('end where a filter passes few, with figures that add up', () => {
    const here = newFolder('filter');
    const run = nmcap([
      FULL_RATE,
      ...['-c', '5000', '-w', path.join(here, 'a.pcapng'), '-C', '64K', 'udp', 'port', '53'],
    ]);
    const sums = checkFiles(filesOf(here));
    assert.equal(run.status, 0, run.stderr);
    assert.equal(sums.received, row(run, 'seen'));
    assert.equal(sums.accepted, row(run, 'passed'));
    assert.equal(sums.delivered, row(run, 'written'));
    assert.ok(filesOf(here).length > 5);
  });

  it('have all interfaces, and figures of each', async () => {
    const here = newFolder('ports');
    const port = 'length=60,rate=200000,count=100000';
    const run = nmcap([
      ...['-i', `sim:em0@${port}`, '-i', `sim:em1@${port}`],
      ...['-w', path.join(here, 'a.pcapng'), '-C', '1'],
    ]);
    await checkStream(run, filesOf(here), 2);
  });
});

describe('files that are switched by the clock', () => {
  it('have the frames of their own period, through switches at full rate', async () => {
    const here = newFolder('time');
    const run = nmcap([
      FULL_RATE,
      '-w',
      path.join(here, 'a.pcapng'),
      '-G',
      '1',
      '--duration',
      '3.5',
    ]);
    const spans = await checkStream(run, filesOf(here));
    assert.ok(spans.length >= 3, `${spans.length} files`);
    // Periods follow the first file's beginning, whatever comes.
    for (const [i, { first, last }] of spans.entries()) {
      const next = spans[i + 1];
      assert.ok(last - first < 1_000_000, `file ${i}: ${first} to ${last}`);
      if (next !== undefined) assert.ok(next.first > last, `file ${i}: ${last}, ${next.first}`);
    }
  });

  it('end when no packet comes', async () => {
    const here = newFolder('idle');
    const { process: child, stderr } = startNmcap([
      'sim:em0@rate=1000,count=5000000',
      ...['-w', path.join(here, 'a-%s.pcapng'), '-G', '1', 'udp port 1'],
    ]);
    await sleep(4500);
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number];
    assert.equal(status, 0, stderr());
    const files = filesOf(here);
    assert.ok(files.length >= 4 && files.length <= 6, files.join(' '));
    assert.equal(checkFiles(files).packets, 0);
    const starts = files.map((file) => Number(/-(\d+)\./.exec(file)?.[1]));
    assert.deepEqual(
      starts,
      starts.map((_, i) => (starts[0] ?? 0) + i),
    );
  });

  it('begin at full seconds when aligned', async () => {
    const here = newFolder('aligned');
    const run = nmcap([
      'sim:em0@rate=2000,length=60',
      ...['-w', path.join(here, 'a.pcapng'), '-G', '1', '--align', '--duration', '2.7'],
    ]);
    const spans = await checkStream(run, filesOf(here));
    for (const { first, last } of spans) {
      assert.equal(Math.floor(first / 1e6), Math.floor(last / 1e6));
    }
  });

  it('are as many as -W says, then the capture ends', () => {
    const here = newFolder('count');
    const run = nmcap([
      'sim:em0@rate=500',
      ...['-w', path.join(here, '%s.pcapng'), '-G', '1', '-W', '2'],
    ]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(filesOf(here).length, 2);
    assert.equal(checkFiles(filesOf(here)).packets, row(run, 'written'));
  });
});

describe('which files stay', () => {
  const many = ['sim:em0@rate=max,length=60', '-c', '40000'];
  it('with -C and -W: the newest', () => {
    const here = newFolder('ring');
    writeFileSync(path.join(here, 'mine.pcapng'), '');
    const run = nmcap([...many, '-w', path.join(here, 'a.pcapng'), '-C', '256K', '-W', '3']);
    assert.equal(run.status, 0, run.stderr);
    const names = readdirSync(here).sort();
    assert.equal(names.length, 4);
    assert.ok(names.includes('mine.pcapng'));
    const numbers = names.slice(0, 3).map((name) => Number(/_(\d{5})_/.exec(name)?.[1]));
    assert.ok((numbers[0] ?? 0) > 3, names.join(' '));
    assert.deepEqual(
      numbers,
      [0, 1, 2].map((i) => (numbers[0] ?? 0) + i),
    );
  });

  it('with --keep and -G: the newest', () => {
    const here = newFolder('keep');
    const run = nmcap([
      'sim:em0@rate=500',
      ...['-w', path.join(here, 'a.pcapng'), '-G', '1', '--keep', '1', '--duration', '2.5'],
    ]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(filesOf(here).length, 1);
  });
});

describe('what follows a file', () => {
  it('is a line, and a command that may fail', () => {
    const here = newFolder('follow');
    const log = path.join(folder, 'follow.log');
    const script = path.join(folder, 'follow.sh');
    writeFileSync(script, `#!/bin/sh\necho "$1" >> '${log}'\ncapinfos -c "$1"\nexit 7\n`, {
      mode: 0o755,
    });
    const run = nmcap([
      'sim:em0@rate=max,length=60,count=20000',
      ...['-w', path.join(here, 'a.pcapng'), '-C', '512K', '--json-files', '--on-rotate', script],
    ]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    const lines = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string | number>);
    const files = filesOf(here);
    assert.deepEqual(
      lines.map(({ file }) => file),
      files,
    );
    assert.deepEqual(
      lines.map(({ bytes }) => bytes),
      files.map((file) => statSync(file).size),
    );
    assert.deepEqual(
      lines.map(({ packets }) => packets),
      files.map((file) => checkFiles([file]).packets),
    );
    assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n'), files);
    assert.equal(run.stderr.match(/exited with status 7/g)?.length, files.length);
  });

  it('comes for a file that SIGUSR2 ended', async () => {
    const here = newFolder('signal');
    const { process: child, stderr } = startNmcap([
      'sim:em0@rate=5000,length=60',
      ...['-w', path.join(here, 'a.pcapng'), '-C', '1G', '--print-files'],
    ]);
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    for (let i = 1; i <= 3; i++) {
      while (filesOf(here).length < i) await sleep(20);
      await sleep(200);
      child.kill('SIGUSR2');
      for (const end = Date.now() + 10_000; printed.split('\n').length <= i;) {
        assert.ok(Date.now() < end, `no line after signal ${i}: ${stderr()}`);
        await sleep(20);
      }
    }
    child.kill('SIGINT');
    await once(child, 'close');
    const files = filesOf(here);
    assert.equal(files.length, 4);
    await checkStream({ status: 0, stdout: printed, stderr: stderr() }, files);
  });
});

describe('the end of a capture', () => {
  it('comes before all files are larger than --max-size', () => {
    for (const rotation of [[], ['-C', '100K']]) {
      const here = newFolder(`max-size-${rotation.length}`);
      const run = nmcap([
        'sim:em0@rate=max,length=60',
        ...['-w', path.join(here, 'a.pcapng'), '--max-size', '350K', ...rotation],
      ]);
      assert.equal(run.status, 0, run.stderr);
      const size = filesOf(here).reduce((sum, file) => sum + statSync(file).size, 0);
      assert.ok(size <= 350 * 1024 && size > 340 * 1024, `${size}`);
      assert.equal(checkFiles(filesOf(here)).packets, row(run, 'written'));
      assert.match(run.stderr, /not written: \d+ packets/);
    }
  });
});

describe('other outputs', () => {
  it('rotate by size with whole lines and records', () => {
    const here = newFolder('text');
    const text = nmcap([
      'sim:em0@rate=5000,count=3000',
      ...['--output', path.join(here, 'a.txt'), '-v', '-C', '20K'],
    ]);
    assert.equal(text.status, APPLICATION_LEFT, text.stderr);
    const files = filesOf(here);
    assert.ok(files.length > 5);
    for (const file of files) {
      const content = readFileSync(file, 'utf8');
      assert.match(content, /^\d\d:\d\d:\d\d\.\d{6} /);
      assert.ok(content.endsWith('\n') && content.length <= 20_480);
    }

    const json = newFolder('json');
    const run = nmcap([
      'sim:em0@rate=5000,count=3000',
      ...['--output', path.join(json, 'a.json'), '--json', '-C', '50K'],
    ]);
    const lines = filesOf(json).flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
    assert.equal(lines.length, row(run, 'written'));
    for (const line of lines) JSON.parse(line);

    const pcap = newFolder('pcap');
    const other = nmcap([
      'sim:em0@rate=5000,count=3000',
      ...['-w', path.join(pcap, 'a.pcap'), '-C', '100K'],
    ]);
    const counts = filesOf(pcap).map((file) => {
      assert.ok(statSync(file).size <= 102_400);
      return Number(/= (\d+)/.exec(capinfos(file))?.[1]);
    });
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      row(other, 'written'),
    );
  });

  it('split savefiles by the time of their packets', async () => {
    const here = newFolder('split');
    const whole = path.join(folder, 'whole.pcapng');
    nmcap(['sim:em0@rate=2000,length=60', '-w', whole, '--duration', '3.2']);
    const run = nmcap(['-r', whole, '-w', path.join(here, 'a.pcapng'), '-G', '1']);
    assert.equal(run.status, 0, run.stderr);
    const before = new SequenceCheck();
    await before.add(whole);
    const after = new SequenceCheck();
    for (const file of filesOf(here)) {
      const { first, last } = await after.add(file);
      assert.ok(last - first < 1_000_000);
    }
    assert.equal(after.packets, before.packets);
    assert.ok(filesOf(here).length >= 3);
  });
});

/** What capinfos says of a file, which it must find whole. */
function capinfos(file: string): string {
  const { status, stdout, stderr } = spawnSync('capinfos', ['-c', '-M', file], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.replace(/Number of packets:\s+/, '= ');
}
