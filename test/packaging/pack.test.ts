import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { newFolderIn, temporaryFolder } from '../support/folder.js';
import { describeDebianPackage } from './debian-package.js';
import { describeFreebsdPort } from './freebsd-port.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
const clone = temporaryFolder();

function run(
  command: string,
  args: string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    timeout: 300_000,
  });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

interface Packed {
  version: string;
  filename: string;
  files: { path: string }[];
}

/** Makes the tarball. */
function pack(): Packed {
  // What prepack builds was built by `npm test`; scripts would write to npm's own output.
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(run('npm', args, ROOT)) as [Packed];
  return packed;
}

describe('the package', () => {
  const packed = pack();
  const tarball = path.join(folder, packed.filename);

  const prefix = path.join(folder, 'prefix');
  const nmcap = path.join(prefix, 'bin/nmcap');

  it('has what a user needs, and nothing else', () => {
    const names = packed.files.map((file) => file.path);
    for (const needed of [
      'dist/main.js',
      'dist/index.d.ts',
      'bin/nmcap',
      'binding.gyp',
      'man/nmcap.1',
      'LICENSE',
    ]) {
      assert.ok(names.includes(needed), `${needed} is not in the tarball`);
    }
    assert.deepEqual(
      names.filter((name) => /^(src|test|build|node_modules)\/|\.(o|node)$/.test(name)),
      [],
    );
    assert.deepEqual(
      names.filter((name) => name.startsWith('scripts/')),
      ['scripts/build-addon.mjs', 'scripts/steps.mjs'],
    );
  });

  it('installs globally into a clean prefix, and captures', () => {
    run('npm', ['install', '-g', '--prefix', prefix, tarball], folder);
    const addon = './prefix/lib/node_modules/nmcap/build/Release/nmcap.node';
    const show = `console.log(Object.keys(require('${addon}')).join())`;
    assert.doesNotMatch(run('node', ['-e', show], folder), /Test/);
    const stdout = run(nmcap, ['sim:em0', '-c', '5'], folder);
    assert.equal(stdout.trim().split('\n').length, 5);
    const example = path.join(prefix, 'lib/node_modules/nmcap/examples/count-by-direction.mjs');
    const counted = run('node', [example], folder);
    assert.match(counted, /^{"received":\d+,"sent":\d+,"unknown":0,"bytes":\d+}$/m);
  });

  it('completes what is typed once its script is loaded', () => {
    const script = 'source <(nmcap completion bash) && complete -p nmcap';
    const environment = { PATH: `${path.dirname(nmcap)}:${process.env['PATH'] ?? ''}` };
    assert.equal(run('bash', ['-c', script], folder, environment), 'complete -F _nmcap nmcap\n');
  });

  it('installs from its tarball into an empty folder', () => {
    const empty = newFolderIn(folder, 'empty');
    run('npm', ['init', '-y'], empty);
    // The addon has been built from the same tarball above.
    run('npm', ['install', '--ignore-scripts', tarball], empty);
    assert.match(run('npx', ['nmcap', '--version'], empty), /^nmcap \d/);
  });

  it('installs its manual where man(1) looks for that of its program', () => {
    const manual = path.join(prefix, 'share/man/man1/nmcap.1');
    assert.equal(
      readFileSync(manual, 'utf8'),
      readFileSync(path.join(ROOT, 'man/nmcap.1'), 'utf8'),
    );
    // man(1) derives the folder of manuals from that of the program on the PATH.
    assert.match(run(nmcap, ['--version'], folder), /^nmcap \d/);
  });

  const installed = path.join(prefix, 'lib/node_modules/nmcap');
  describeDebianPackage(installed);
  describeFreebsdPort(installed, packed.version);

  it('leaves the built addon alone when npx installs the clone in its cache', () => {
    const addon = path.join(ROOT, 'build/Release/nmcap.node');
    const before = statSync(addon);
    run('npx', ['nmcap', '--version'], ROOT, { npm_config_cache: path.join(folder, 'npm-cache') });
    const after = statSync(addon);
    assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
  });

  it('explains what to do in a clone that is not set up', () => {
    for (const part of ['package.json', 'bin', 'scripts', 'binding.gyp']) {
      cpSync(path.join(ROOT, part), path.join(clone, part), { recursive: true });
    }
    const { status, stderr } = spawnSync('npx', ['nmcap', 'sim:em0'], {
      cwd: clone,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: path.join(folder, 'npm-cache') },
    });
    assert.equal(status, 1);
    assert.match(stderr, /^nmcap: this clone is not set up yet\nnmcap: run 'npm start' in it/m);
    assert.doesNotMatch(stderr, /^\s+at /m);
  });

  it('asks for no package version that the lock file does not have', () => {
    const lock = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
    assert.ok(!lock.includes('"resolved"'), 'the lock file names a registry');
    run('npm', ['ls', '--all'], ROOT);
  });
});
