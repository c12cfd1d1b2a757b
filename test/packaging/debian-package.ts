import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where Debian has the completions of the three shells. */
const COMPLETIONS = {
  bash: 'usr/share/bash-completion/completions/nmcap',
  zsh: 'usr/share/zsh/vendor-completions/_nmcap',
  fish: 'usr/share/fish/vendor_completions.d/nmcap.fish',
};
/** All that the package has outside of its own folder. */
const PLACES = [
  'usr/bin/nmcap',
  'usr/share/man/man1/nmcap.1.gz',
  'lib/systemd/system/nmcap@.service',
  'etc/default/nmcap',
  'usr/share/doc/nmcap/copyright',
  ...Object.values(COMPLETIONS),
];

function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: '1790000000' },
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

function present(): string[] {
  return [...PLACES, 'usr/lib/nmcap'].filter((place) => existsSync(path.join('/', place)));
}

/** Why the package cannot be installed on this machine, where it cannot. */
function obstacle(): string | false {
  if (process.geteuid?.() !== 0) return 'needs root';
  const [taken] = present();
  if (taken !== undefined) return `there is a /${taken} here`;
  const node = spawnSync('dpkg-query', ['-W', '-f', '${Version}', 'nodejs'], { encoding: 'utf8' });
  const isNewEnough = spawnSync('dpkg', ['--compare-versions', node.stdout, 'ge', '20']);
  return node.status !== 0 || isNewEnough.status !== 0 ? "Debian's nodejs is too old here" : false;
}

/** `installed`: where npm has installed nmcap, from its first test on. */
export function describeDebianPackage(installed: string): void {
  const noDpkg = !existsSync('/usr/bin/dpkg-deb') && 'needs Debian';

  describe('the Debian package', { skip: noDpkg }, () => {
    const folder = temporaryFolder();
    const make = () =>
      run('node', 'scripts/package-deb.mjs', '--from', installed, '--to', folder).trim();

    let made: string | undefined;
    const deb = () => (made ??= make());

    it('is the same, byte for byte, when it is made again', () => {
      const first = readFileSync(deb());
      assert.ok(first.equals(readFileSync(make())));
    });

    it('depends on Node.js and on the libraries of the addon', () => {
      const depends = run('dpkg-deb', '--field', deb(), 'Depends');
      assert.match(depends, /^nodejs \(>= 20(\.\d+)*\), /);
      for (const library of ['libc6', 'libpcap0.8', 'libstdc++6', 'libzstd1', 'zlib1g']) {
        assert.ok(depends.includes(`${library} (`), depends);
      }
    });

    it('passes lintian without errors', () => {
      const { status, stdout } = spawnSync(
        'lintian',
        ['--allow-root', '--fail-on', 'error', deb()],
        { encoding: 'utf8' },
      );
      assert.equal(status, 0, stdout);
    });

    it('has manual and completions where they are looked for', () => {
      const root = path.join(folder, 'root');
      run('dpkg-deb', '--extract', deb(), root);
      for (const place of PLACES) assert.ok(existsSync(path.join(root, place)), place);
      const manual = run('gzip', '-dc', path.join(root, 'usr/share/man/man1/nmcap.1.gz'));
      assert.equal(manual, readFileSync(path.join(ROOT, 'man/nmcap.1'), 'utf8'));
      const nmcap = path.join(root, 'usr/bin/nmcap');
      assert.equal(readlinkSync(nmcap), '../lib/nmcap/bin/nmcap');
      for (const [shell, place] of Object.entries(COMPLETIONS)) {
        const script = readFileSync(path.join(root, place), 'utf8');
        assert.equal(script, run(nmcap, 'completion', shell));
      }
      const unit = path.join(root, 'lib/systemd/system/nmcap@.service');
      assert.equal(
        readFileSync(unit, 'utf8'),
        readFileSync(path.join(ROOT, 'packaging/systemd/nmcap@.service'), 'utf8'),
      );
    });

    it('installs, captures, and is removed without a trace', { skip: noDpkg || obstacle() }, () => {
      run('dpkg', '--install', deb());
      try {
        assert.match(run('/usr/bin/nmcap', '--version'), /^nmcap \d/);
        const lines = run(
          '/usr/bin/nmcap',
          'sim:em0',
          '-c',
          '5',
          '-w',
          path.join(folder, 'a.pcapng'),
        );
        assert.equal(lines, '');
        assert.match(run('tshark', '-r', path.join(folder, 'a.pcapng')), /^(.*\n){5}$/);
      } finally {
        run('dpkg', '--remove', 'nmcap');
        assert.deepEqual(present(), ['etc/default/nmcap'], 'settings stay');
        run('dpkg', '--purge', 'nmcap');
      }
      assert.deepEqual(present(), []);
    });
  });
}
