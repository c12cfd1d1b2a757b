import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, shell, startNmcap, tsharkFields } from '../support/nmcap.js';
import { makePipe } from '../support/pipe.js';

const folder = temporaryFolder();
const STALL_MS = 1500;

/** The totals of the statistics on stderr, by row. */
function totals(stderr: string): Record<string, number> {
  const rows = stderr.matchAll(/^ {2}(\S.*?) +\d+ +\d+ +(\d+)$/gm);
  return Object.fromEntries([...rows].map(([, label = '', total]) => [label, Number(total)]));
}

describe('the statistics', () => {
  it('account for every frame when the reader stalls and recovers', async () => {
    const out = path.join(folder, 'stalled.pcapng');
    const pipe = makePipe(path.join(folder, 'pipe'));
    const holder = openSync(pipe, constants.O_RDWR);
    const port = 'sim:em0@rate=50000,length=60,count=100000';
    const run = startNmcap([port, '-B', '2', '-w', pipe]);
    await run.attached();
    // The stall itself: 100,000 frames take two seconds, and the pipe and the buffer hold far fewer than
    // come in this time. What was discarded shows only at the end.
    await sleep(STALL_MS);
    const reader = spawn('cp', [pipe, out]);
    assert.equal(await run.ended(), APPLICATION_LEFT, run.stderr());
    closeSync(holder);
    await once(reader, 'close');
    const { seen, passed, written, ...rest } = totals(run.stderr());
    const discarded = rest['discarded by nmcap'] ?? NaN;
    const lost = rest['lost by full rings'] ?? NaN;
    assert.equal(rest['sent (total)'], 100_000, run.stderr());
    assert.equal(seen, passed);
    assert.ok(discarded > 0, run.stderr());
    assert.equal((written ?? NaN) + discarded + lost, 100_000, run.stderr());

    const packets = tsharkFields(out, 'frame.number', 'frame.comment');
    assert.equal(packets.length, written);
    const comments = packets.map(([, comment = '']) => comment).filter((comment) => comment !== '');
    const reported = comments.map((comment) =>
      Number(/(\d+) frames .*discarded/.exec(comment)?.[1] ?? 0),
    );
    // What was discarded after the last packet has no packet to carry the comment.
    const commented = reported.reduce((sum, count) => sum + count, 0);
    assert.ok(commented > 0 && commented <= discarded, `${commented} of ${discarded}`);
  });

  it('are written as JSON, ring by ring', () => {
    const stats = path.join(folder, 'stats.json');
    const port = 'sim:em0@rings=2,rate=max,count=5000';
    const run = nmcap([port, '-w', '/dev/null', '--stats-json', stats]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    interface Counters {
      seen: number;
      passed: number;
      written: number;
      discarded: number;
      lost: number;
      sent: number;
    }
    const document = JSON.parse(readFileSync(stats, 'utf8')) as {
      started: string;
      ended: string;
      written: number;
      interfaces: { name: string; rings: { ring: number; in: Counters; out: Counters }[] }[];
    };
    assert.ok(Date.parse(document.started) <= Date.parse(document.ended));
    const [described] = document.interfaces;
    assert.equal(described?.name, port);
    assert.deepEqual(
      described.rings.map(({ ring }) => ring),
      [0, 1],
    );
    let sent = 0;
    for (const ring of described.rings) {
      for (const way of [ring.in, ring.out]) {
        assert.equal(way.written, way.passed - way.discarded);
        assert.equal(way.sent, way.seen + way.lost);
        sent += way.sent;
      }
    }
    assert.equal(sent, 5000);
    assert.equal(document.written, totals(run.stderr)['written']);
  });

  it('have nothing seen that is not sent yet', () => {
    for (let i = 0; i < 12; i++) {
      const run = nmcap(['sim:em0@count=50', '-c', '3', 'udp port 53']);
      assert.equal(run.status, 0, run.stderr);
      const { seen = NaN, 'sent (total)': sent = NaN } = totals(run.stderr);
      assert.ok(seen <= sent, run.stderr);
    }
  });

  it('are written as JSON where nothing else could be', () => {
    for (const format of ['pcapng', 'pcap']) {
      const stats = path.join(folder, `refused-${format}.json`);
      const run = shell(
        `nmcap sim:em0 -w - --format ${format} --stats-json '${stats}' > /dev/full`,
      );
      assert.equal(run.status, 1, run.stderr);
      assert.match(run.stderr, /standard output: the disk is full/);
      assert.equal((JSON.parse(readFileSync(stats, 'utf8')) as { written: number }).written, 0);
    }
  });

  it('do not count packets that could not be printed', () => {
    const run = shell('nmcap sim:em0 -c 20 > /dev/full');
    assert.equal(run.status, 1, run.stderr);
    assert.match(run.stderr, /^ {2}written +- +- +0$/m);
  });

  it('go to standard output when nothing else does', () => {
    const run = nmcap(['sim:em0', '-c', '3', '-w', '/dev/null', '--stats-json', '-']);
    assert.equal(run.status, 0, run.stderr);
    assert.equal((JSON.parse(run.stdout) as { written: number }).written, 3);
  });
});
