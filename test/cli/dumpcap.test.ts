import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { type Finished, nmcap, shell, tsharkFields } from '../support/nmcap.js';

/** Many times what the files may have. */
const PORT = 'sim:em0@rate=max';
const folder = temporaryFolder();
const input = path.join(folder, 'input.pcapng');

/** Sizes of the files that a program writes as `NAME-*.pcapng`, in their order. */
function sizes(name: string): number[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}_`))
    .toSorted()
    .map((file) => statSync(path.join(folder, file)).size);
}

/** dumpcap without a port to capture from: it reads a file as if it came from one. */
function dumpcap(options: string): Finished {
  return shell(`cd '${folder}' && dumpcap -q -i - ${options} < '${input}'`);
}

function here(options: string): Finished {
  return shell(`cd '${folder}' && nmcap -i ${PORT} --quiet ${options}`);
}

describe("dumpcap's spellings", () => {
  before(() => {
    assert.equal(nmcap([PORT, '-c', '20000', '-w', input]).status, 0);
  });

  it('write as many files of a size as dumpcap, and none larger', () => {
    assert.equal(dumpcap('-w theirs.pcapng -b filesize:100 -a files:3').status, 0);
    assert.equal(here('-w ours.pcapng -b filesize:100 -a files:3').status, 0);
    const [theirs, ours] = [sizes('theirs'), sizes('ours')];
    assert.deepEqual([theirs.length, ours.length], [3, 3]);
    // dumpcap finds out after it has written; both count 1000 bytes to the kB.
    for (const size of theirs) assert.ok(size >= 100_000 && size < 102_000, `${size}`);
    for (const size of ours) assert.ok(size > 98_000 && size <= 100_000, `${size}`);
  });

  it('keep a ring of files', () => {
    assert.equal(here('-w ring.pcapng -b filesize:50 -b files:2 -a packets:3000').status, 0);
    assert.equal(sizes('ring').length, 2);
  });

  it('end a file at its size', () => {
    assert.equal(dumpcap('-w theirs.pcapng -a filesize:100').status, 0);
    assert.equal(here('-w ours.pcapng -a filesize:100').status, 0);
    const size = (name: string) => statSync(path.join(folder, name)).size;
    assert.ok(size('theirs.pcapng') >= 100_000 && size('theirs.pcapng') < 102_000);
    assert.ok(size('ours.pcapng') > 98_000 && size('ours.pcapng') <= 100_000);
  });

  it('end after a number of packets, and pass those of a filter', () => {
    const run = here("-f 'udp port 53' -a packets:5 -w filtered.pcapng");
    assert.equal(run.status, 0, run.stderr);
    const packets = tsharkFields(path.join(folder, 'filtered.pcapng'), 'udp.port');
    assert.equal(packets.length, 5);
    for (const [ports = ''] of packets) assert.ok(ports.split(',').includes('53'));
  });

  it('end after a time', () => {
    const started = Date.now();
    assert.equal(here('-a duration:0.5 -w timed.pcapng').status, 0);
    assert.ok(Date.now() - started >= 500);
  });
});
