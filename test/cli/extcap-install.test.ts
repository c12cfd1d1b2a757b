import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { newFolderIn, temporaryFolder } from '../support/folder.js';
import { NMCAP, nmcap } from '../support/nmcap.js';
import { wiresharkUser } from '../support/wireshark-user.js';

const folder = temporaryFolder();

/** The link that `nmcap extcap install` has printed. */
function linkIn(stdout: string): string {
  const [, link] = /^(.*) -> /.exec(stdout) ?? [];
  assert.ok(link !== undefined, stdout);
  return link;
}

/** On the PATH is nothing but Node.js. `link`: the first that is looked for, in a folder that exists. */
function userWithoutTshark(name: string) {
  const home = newFolderIn(folder, name);
  const programs = newFolderIn(home, 'programs');
  symlinkSync(process.execPath, path.join(programs, 'node'));
  const environment = {
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, 'configuration'),
    PATH: programs,
  };
  const link = path.join(home, '.local/lib/wireshark/extcap/nmcap');
  mkdirSync(path.dirname(link), { recursive: true });
  const run = (action: string) =>
    spawnSync('/bin/sh', [NMCAP, 'extcap', action], { encoding: 'utf8', env: environment });
  return { home, link, run };
}

describe('nmcap extcap', () => {
  it('has tshark list the ports of -D, and no longer', () => {
    const user = wiresharkUser(folder, 'lists');
    const listed = () =>
      user
        .tshark('-D')
        .stdout.split('\n')
        .map((line) => line.replace(/^\d+\. /, ''))
        .filter((line) => line.includes('netmap'));
    assert.deepEqual(listed(), []);

    const installed = user.nmcap('extcap', 'install');
    assert.deepEqual([installed.status, installed.stderr], [0, '']);
    assert.equal(readlinkSync(linkIn(installed.stdout)), NMCAP);
    const ports = nmcap(['-D', '--json'])
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; simulated: boolean });
    const anyReal = ports.some(({ simulated }) => !simulated);
    const names = ports.filter(({ simulated }) => simulated !== anyReal).map(({ name }) => name);
    assert.deepEqual(
      listed().map((line) => line.replace(/ \(.*/, '').replace('netmap:', '')),
      names.toSorted(),
    );
    if (!anyReal) assert.ok(listed().includes('sim:em0 (simulated netmap NIC)'), listed().join());

    const again = user.nmcap('extcap', 'install');
    assert.deepEqual([again.status, again.stderr], [0, '']);
    assert.match(again.stdout, /already there/);

    const removed = user.nmcap('extcap', 'remove');
    assert.deepEqual([removed.status, removed.stderr], [0, '']);
    assert.match(removed.stdout, /: removed\n$/);
    assert.deepEqual(listed(), []);
    assert.match(user.nmcap('extcap', 'remove').stdout, /: not installed\n$/);
  });

  it("replaces another installation's link, also one that leads nowhere", () => {
    const { link, run } = userWithoutTshark('replaces');
    symlinkSync('/nowhere/bin/nmcap', link);
    assert.equal(run('install').status, 0);
    assert.equal(readlinkSync(link), NMCAP);
  });

  const obstacles: [string, (link: string) => void, RegExp][] = [
    [
      'a file',
      (link) => {
        writeFileSync(link, 'precious');
      },
      /is a file that nmcap has not put/,
    ],
    [
      'a folder',
      (link) => {
        mkdirSync(link);
      },
      /is a directory that nmcap has not put/,
    ],
    [
      'a link',
      (link) => {
        symlinkSync('/bin/true', link);
      },
      /is a link to \/bin\/true that nmcap/,
    ],
  ];
  for (const [what, put, message] of obstacles) {
    it(`leaves ${what} alone that is in the way`, () => {
      const { link, run } = userWithoutTshark(`${what} in the way`);
      put(link);
      for (const action of ['install', 'remove']) {
        const { status, stdout, stderr } = run(action);
        assert.deepEqual([status, stdout], [1, '']);
        assert.match(stderr, message);
        assert.match(stderr, new RegExp(`'rm .*${path.basename(link)}' removes it`));
      }
      assert.ok(existsSync(link));
    });
  }

  it('explains that the folder cannot be made', () => {
    const { link, run } = userWithoutTshark('no folder');
    rmSync(path.dirname(link), { recursive: true });
    writeFileSync(path.dirname(link), '');
    const { status, stderr } = run('install');
    assert.equal(status, 1);
    assert.match(stderr, /^nmcap: .*extcap\/nmcap: not a directory\n/i);
  });

  it('knows the folders of all versions where there is no tshark', () => {
    const { home, run } = userWithoutTshark('no tshark');
    const { status, stdout, stderr } = run('install');
    assert.deepEqual([status, stderr], [0, '']);
    const links = [
      path.join(home, '.local/lib/wireshark/extcap/nmcap'),
      path.join(home, 'configuration/wireshark/extcap/nmcap'),
    ];
    assert.equal(stdout, links.map((link) => `${link} -> ${NMCAP}\n`).join(''));
    assert.equal(run('remove').stdout, links.map((link) => `${link}: removed\n`).join(''));
  });

  it(
    'says whose Wireshark is meant when it is run by sudo',
    { skip: process.getuid?.() !== 0 },
    () => {
      const { environment } = wiresharkUser(folder, 'sudo');
      const { stderr } = nmcap(['extcap', 'install'], { ...environment, SUDO_USER: 'mary' });
      assert.equal(stderr, "nmcap: this is about root's Wireshark; without sudo, about mary's\n");
    },
  );

  it('needs to know what to do', () => {
    for (const words of [[], ['instal'], ['install', 'remove']]) {
      const { status, stderr } = nmcap(['extcap', ...words]);
      assert.equal(status, 2);
      assert.match(stderr, /needs one word more: install or remove\n.*-i extcap/);
    }
  });
});
