import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap, shell } from '../support/nmcap.js';

const base = temporaryFolder();
const notRoot = process.geteuid?.() !== 0 && 'only root can act as another user';
const SOMEBODY = 1;

/** The permissions of all files in a folder, in octal, by name. */
function modes(folder: string): Record<string, string> {
  return Object.fromEntries(
    fs
      .readdirSync(folder)
      .sort()
      .map((name) => [name, (fs.statSync(path.join(folder, name)).mode & 0o7777).toString(8)]),
  );
}

describe('created files', () => {
  /** Has every kind of file created, in a folder of its own. */
  function create(name: string, umask: string, ...options: string[]): Record<string, string> {
    const here = path.join(base, name);
    fs.mkdirSync(here);
    const words = options.join(' ');
    const run = shell(
      `cd '${here}' && umask ${umask} && set -e
      nmcap sim:em0 -c 5 -w w.pcapng --output output.txt --stats-json stats.json ${words}
      nmcap sim:em0 -c 5 -w w.pcap ${words}
      nmcap sim:em0 -c 5 -w w.pcapng.gz ${words}
      nmcap -r w.pcap -w r.pcapng ${words}
      nmcap sim:em0 -c 5 -G 60 -w rotated-%%.pcapng.zst --output rotated-%%.txt ${words}`,
    );
    assert.equal(run.status, 0, run.stderr);
    const found = modes(here);
    assert.equal(Object.keys(found).length, 8);
    return found;
  }

  it('are for their owner alone', () => {
    for (const umask of ['000', '022']) {
      const found = create(`private-${umask}`, umask);
      for (const [name, mode] of Object.entries(found)) assert.equal(mode, '600', name);
    }
  });

  it('have the mode that --mode asks for', () => {
    for (const [given, mode] of [
      ['0640', '640'],
      ['664', '664'],
    ] as const) {
      const found = create(`mode-${mode}`, '077', '--mode', given);
      for (const [name, each] of Object.entries(found)) assert.equal(each, mode, name);
    }
  });

  it('keep their mode where they are there already', () => {
    const here = path.join(base, 'existing');
    fs.mkdirSync(here);
    const file = path.join(here, 'w.pcapng');
    fs.writeFileSync(file, 'old');
    fs.chmodSync(file, 0o644);
    const run = nmcap(['sim:em0', '-c', '1', '-w', file, '--mode', '0600']);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(modes(here), { 'w.pcapng': '644' });
    assert.notEqual(fs.readFileSync(file, 'utf8'), 'old');
  });

  it('are not created through a link of another user', { skip: notRoot }, () => {
    const shared = path.join(base, 'shared');
    const inside = path.join(base, 'inside');
    for (const made of [shared, inside]) fs.mkdirSync(made);
    fs.chmodSync(shared, 0o1777);
    const precious = path.join(inside, 'precious');
    fs.writeFileSync(precious, 'precious');
    const link = path.join(shared, 'link');
    fs.symlinkSync(precious, link);
    fs.lchownSync(link, SOMEBODY, SOMEBODY);
    const way = path.join(shared, 'way');
    fs.symlinkSync(inside, way);
    fs.lchownSync(way, SOMEBODY, SOMEBODY);
    for (const options of [
      ['-w', link],
      ['--output', link],
      ['-w', '/dev/null', '--stats-json', link],
      ['-w', path.join(way, 'w.pcapng')],
      ['-C', '1', '-w', path.join(way, 'rotated.pcapng')],
    ]) {
      const run = nmcap(['sim:em0', '-c', '1', ...options]);
      assert.equal(run.status, 1, options.join(' '));
      assert.match(
        run.stderr,
        /^nmcap: .*: the symbolic link .* belongs to another user \(uid 1\), in a directory .*\nnmcap: choose another name/m,
      );
    }
    assert.deepEqual(fs.readdirSync(inside), ['precious']);
    assert.equal(fs.readFileSync(precious, 'utf8'), 'precious');
  });
});
