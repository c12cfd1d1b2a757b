import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';

const PORT = path.resolve(import.meta.dirname, '../../packaging/freebsd');

/** What do-install uses of FreeBSD's bsd.port.mk, as Debian's programs do it. */
const STAND_IN = `
PREFIX=/usr/local
BINMODE=755
MKDIR=mkdir -p
CHMOD=chmod
RLN=ln -s
INSTALL_LIB=install -m 644
INSTALL_MAN=install -m 644
COPYTREE_SHARE=sh -c 'cp -R --parents $$0 $$1'
`;

function bmake(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('bmake', args, { cwd: PORT, encoding: 'utf8' });
  assert.equal(status, 0, `bmake ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

/** `installed`: where npm has installed nmcap; `version`: that of package.json. */
export function describeFreebsdPort(installed: string, version: string): void {
  const noBmake = !existsSync('/usr/bin/bmake') && 'needs bmake';

  describe("FreeBSD's port", { skip: noBmake }, () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'bsd.port.mk'), STAND_IN);
    // The rules that every make begins with; none is needed.
    writeFileSync(path.join(folder, 'sys.mk'), '');

    it('has the version of the package', () => {
      assert.equal(bmake('-m', folder, '-V', 'DISTVERSION').trim(), version);
    });

    it('installs what is in pkg-plist', () => {
      const stage = path.join(folder, 'stage');
      // The manual's folder, and bin, are made by mtree(8) there.
      spawnSync('mkdir', ['-p', `${stage}/usr/local/bin`, `${stage}/usr/local/share/man/man1`]);
      bmake('-m', folder, `WRKSRC=${installed}`, `STAGEDIR=${stage}`, 'do-install');
      const files = readdirSync(path.join(stage, 'usr/local'), {
        recursive: true,
        encoding: 'utf8',
      })
        .filter((name) => !lstatSync(path.join(stage, 'usr/local', name)).isDirectory())
        // README.md: these lists are made on FreeBSD.
        .filter((name) => !/^lib\/nmcap\/(dist|node_modules)\//.test(name))
        // Compressed by bsd.port.mk.
        .map((name) => name.replace(/\.1$/, '.1.gz'));
      const listed = readFileSync(path.join(PORT, 'pkg-plist'), 'utf8').trimEnd().split('\n');
      assert.deepEqual(files.sort(), listed);
      const run = spawnSync(path.join(stage, 'usr/local/lib/nmcap/bin/nmcap'), ['--version']);
      assert.equal(run.status, 0);
    });
  });
}
