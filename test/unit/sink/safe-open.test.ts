import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { NmcapError } from '../../../src/errors.js';
import { createFile, openOrCreateFile, PRIVATE_MODE } from '../../../src/sink/safe-open.js';
import { temporaryFolder } from '../../support/folder.js';
import { makePipe } from '../../support/pipe.js';

const base = fs.realpathSync(temporaryFolder());
/** The user of daemon(8) on Linux and FreeBSD alike. */
const SOMEBODY = 1;
const notRoot = process.geteuid?.() !== 0 && 'only root can act as another user';

function folder(name: string, mode: number): string {
  const made = path.join(base, name);
  fs.mkdirSync(made);
  // mkdir(2) heeds the umask.
  fs.chmodSync(made, mode);
  return made;
}

function plantedLink(target: string, place: string): string {
  fs.symlinkSync(target, place);
  fs.lchownSync(place, SOMEBODY, SOMEBODY);
  return place;
}

/** Opens and closes; the file's name as the system knows it, undefined for a pipe without a reader. */
function opened(file: string): string | undefined {
  const descriptor = openOrCreateFile(file, PRIVATE_MODE);
  if (descriptor === undefined) return undefined;
  fs.closeSync(descriptor);
  return fs.realpathSync(file);
}

function assertRefused(act: () => unknown, reason: RegExp): void {
  assert.throws(act, (error) => {
    assert.ok(error instanceof NmcapError, String(error));
    assert.equal(error.code, 'NM_OUTPUT');
    assert.match(error.message, reason);
    assert.match(error.message, /in a directory that anyone can write to$/);
    assert.match(error.hint ?? '', /that only you can write to/);
    return true;
  });
}

describe('an output file', () => {
  it('has the mode that was asked for, whatever the umask', () => {
    const here = folder('modes', 0o700);
    for (const umask of [0o000, 0o022, 0o077]) {
      const before = process.umask(umask);
      try {
        for (const mode of [0o600, 0o640, 0o666]) {
          for (const open of [createFile, openOrCreateFile]) {
            const file = path.join(here, `${umask}-${mode}-${open.name}`);
            fs.closeSync(open(file, mode) ?? assert.fail());
            assert.equal(fs.statSync(file).mode & 0o7777, mode);
          }
        }
        assert.equal(process.umask(umask), umask);
      } finally {
        process.umask(before);
      }
    }
  });

  it('keeps its mode and its contents where it was there before', () => {
    const file = path.join(folder('kept', 0o700), 'file');
    fs.writeFileSync(file, 'kept');
    fs.chmodSync(file, 0o664);
    assert.equal(opened(file), file);
    assert.equal(fs.statSync(file).mode & 0o7777, 0o664);
    assert.equal(fs.readFileSync(file, 'utf8'), 'kept');
    assert.throws(() => createFile(file, PRIVATE_MODE), { code: 'EEXIST' });
  });

  it("is found through one's own links", () => {
    const shared = folder('shared-links', 0o1777);
    const target = path.join(base, 'target');
    fs.symlinkSync(target, path.join(shared, 'own'));
    assert.equal(opened(path.join(shared, 'own')), target);
    fs.symlinkSync('../shared-links/own', path.join(shared, 'twice'));
    assert.equal(opened(path.join(shared, 'twice')), target);
    fs.symlinkSync('loop', path.join(shared, 'loop'));
    assert.throws(() => opened(path.join(shared, 'loop')), { code: 'ELOOP' });
  });

  it('is found where there are no links at all', () => {
    const here = folder('plain', 0o700);
    const before = process.cwd();
    process.chdir(here);
    try {
      fs.mkdirSync('sub');
      assert.equal(opened('relative'), path.join(here, 'relative'));
      assert.equal(opened('sub/../sub//./file'), path.join(here, 'sub/file'));
      assert.throws(() => opened('none/file'), { code: 'ENOENT' });
      assert.throws(() => opened('sub/'), { code: 'EISDIR' });
      assert.throws(() => opened('relative/'), { code: 'ENOTDIR' });
    } finally {
      process.chdir(before);
    }
  });

  it('may be a device, or what a descriptor is open for', () => {
    assert.equal(opened('/dev/null'), '/dev/null');
    const file = path.join(folder('descriptor', 0o700), 'gone');
    const descriptor = fs.openSync(file, 'w');
    fs.unlinkSync(file);
    const again = openOrCreateFile(`/dev/fd/${descriptor}`, PRIVATE_MODE) ?? assert.fail();
    fs.writeSync(again, 'text');
    assert.equal(fs.fstatSync(descriptor).size, 4);
    fs.closeSync(again);
    fs.closeSync(descriptor);
  });

  it('is not waited for where it is a named pipe without a reader', () => {
    assert.equal(opened(makePipe(path.join(folder('pipe', 0o1777), 'pipe'))), undefined);
  });
});

describe('what another user has put into a folder', { skip: notRoot }, () => {
  const shared = () => [
    folder(`sticky-${fs.readdirSync(base).length}`, 0o1777),
    folder(`free-${fs.readdirSync(base).length}`, 0o777),
  ];

  it('is not followed, where it is a symbolic link', () => {
    for (const here of shared()) {
      const precious = path.join(here, '..', 'precious');
      fs.writeFileSync(precious, 'precious');
      const link = plantedLink(precious, path.join(here, 'x'));
      assertRefused(
        () => opened(link),
        /x: the symbolic link .* belongs to another user \(uid 1\),/,
      );
      const dangling = plantedLink(path.join(base, 'created'), path.join(here, 'y'));
      assertRefused(() => opened(dangling), /the symbolic link/);
      assert.ok(!fs.existsSync(path.join(base, 'created')));
      // Reached by a link of one's own.
      const own = path.join(base, `own-${path.basename(here)}`);
      fs.symlinkSync(link, own);
      assertRefused(() => opened(own), /own-.*: the symbolic link .*\/x belongs/);
    }
  });

  it('is not followed on the way to the file', () => {
    for (const here of shared()) {
      const inside = folder(`inside-${path.basename(here)}`, 0o700);
      const link = plantedLink(inside, path.join(here, 'captures'));
      const file = path.join(link, 'file');
      assertRefused(() => opened(file), /the symbolic link .*captures belongs/);
      assertRefused(() => createFile(file, PRIVATE_MODE), /the symbolic link .*captures belongs/);
      assert.deepEqual(fs.readdirSync(inside), []);
    }
  });

  it('is not written to, where it is a file or a pipe', () => {
    for (const here of shared()) {
      const file = path.join(here, 'file');
      fs.writeFileSync(file, 'theirs');
      fs.chownSync(file, SOMEBODY, SOMEBODY);
      assertRefused(() => opened(file), /file: the file belongs to another user \(uid 1\),/);
      const pipe = makePipe(path.join(here, 'pipe'));
      fs.chownSync(pipe, SOMEBODY, SOMEBODY);
      // With and without a reader.
      assertRefused(() => opened(pipe), /the named pipe belongs to another user/);
      const reader = fs.openSync(pipe, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      assertRefused(() => opened(pipe), /the named pipe belongs to another user/);
      fs.closeSync(reader);
    }
  });

  it("is not written to, where it is another name of one's own file", () => {
    for (const here of shared()) {
      const precious = path.join(base, `linked-${path.basename(here)}`);
      fs.writeFileSync(precious, 'precious');
      const link = path.join(here, 'x');
      fs.linkSync(precious, link);
      assertRefused(() => opened(link), /the file has other names too/);
    }
  });

  it("is used where the folder is that user's", () => {
    for (const [name, mode] of [
      ['theirs', 0o755],
      ['theirs-for-all', 0o1777],
    ] as const) {
      const here = folder(name, mode);
      fs.chownSync(here, SOMEBODY, SOMEBODY);
      const target = path.join(base, `chosen-${name}`);
      assert.equal(opened(plantedLink(target, path.join(here, 'link'))), target);
      const file = path.join(here, 'file');
      fs.writeFileSync(file, '');
      fs.chownSync(file, SOMEBODY, SOMEBODY);
      assert.equal(opened(file), file);
    }
  });
});
