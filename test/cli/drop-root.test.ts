import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { NMCAP, nmcap, shell, startNmcap, watch } from '../support/nmcap.js';
import { until } from '../support/until.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const notRoot = process.geteuid?.() !== 0 && 'only root can become another user';
const notLinux = process.platform !== 'linux' && 'needs the /proc and the programs of Linux';

const USER = 'nobody';
const OTHER = 'daemon';
const id = (user: string, option: string) =>
  spawnSync('id', [option, user], { encoding: 'utf8' }).stdout.trim();
const uid = id(USER, '-u');

const base = temporaryFolder();
fs.chmodSync(base, 0o755);
let folders = 0;

/** A folder that belongs to the user. */
function usersFolder(): string {
  const folder = path.join(base, `${++folders}`);
  fs.mkdirSync(folder);
  fs.chownSync(folder, Number(uid), Number(id(USER, '-g')));
  return folder;
}

/** The names of the users that own the files in a folder. */
function owners(folder: string): Set<number> {
  return new Set(fs.readdirSync(folder).map((name) => fs.statSync(path.join(folder, name)).uid));
}

const NOW = `nmcap: now running as ${USER}, not as root\n`;

describe('root is given up', { skip: notRoot }, () => {
  it('in every thread, with all ids, groups and capabilities', { skip: notLinux }, async () => {
    const out = path.join(usersFolder(), 'w.pcapng');
    const args = ['--groups', '0,4', NMCAP, 'sim:em0', '--realtime', '-w', out, '-Z', USER];
    const run = watch(spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'] }));
    const tasks = `/proc/${run.pid}/task`;
    const read = (name: string) =>
      fs.readdirSync(tasks).map((task) => fs.readFileSync(`${tasks}/${task}/${name}`, 'utf8'));
    const names = () => read('comm').map((name) => name.trim());
    await run.attached();
    await until(
      () => ['nmcap-drain', 'nmcap-write', 'nmcap-sim'].every((name) => names().includes(name)),
      run.stderr,
    );
    const [comms, statuses, stats] = [names(), read('status'), read('stat')];
    run.process.kill('SIGINT');
    assert.equal(await run.ended(), 0, run.stderr());
    // The main thread, and the pools of V8 and of libuv.
    assert.ok(comms.filter((name) => /^(?:node|libuv|V8)/.test(name)).length > 4, comms.join());
    const gid = id(USER, '-g');
    const groups = id(USER, '-G').split(' ').sort();
    for (const status of statuses) {
      const field = (name: string) =>
        new RegExp(`^${name}:\\s*(.*?)\\s*$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
      assert.deepEqual(field('Uid'), Array(4).fill(uid), status);
      assert.deepEqual(field('Gid'), Array(4).fill(gid), status);
      assert.deepEqual(field('Groups').sort(), groups, status);
      for (const set of ['CapPrm', 'CapEff', 'CapAmb']) {
        assert.match(field(set).join(), /^0+$/, status);
      }
    }
    // Field 41 of proc(5)'s stat; SCHED_FIFO is 1.
    const [drain = ''] = stats.filter((stat) => stat.includes('(nmcap-drain)'));
    assert.equal(drain.slice(drain.lastIndexOf(')') + 2).split(' ')[41 - 3], '1', drain);
  });

  it('before any file is created', () => {
    const folder = usersFolder();
    const program = path.join(folder, 'program');
    fs.writeFileSync(program, '#!/bin/sh\nid -u\n', { mode: 0o755 });
    fs.chownSync(program, Number(uid), 0);
    const run = shell(
      `cd '${folder}' && set -e
      nmcap -Z ${USER} sim:em0 -c 5 -w w.pcapng --output output.txt --stats-json stats.json
      nmcap -Z ${USER} sim:em0 -c 5 -w w.pcap.gz
      nmcap -Z ${USER} sim:em0 -w rotated.pcapng -G 1 -W 2 --on-rotate ./program
      nmcap -Z ${USER} -r w.pcapng -w r.pcap`,
    );
    assert.equal(run.status, 0, run.stderr);
    assert.equal(fs.readdirSync(folder).length, 1 + 3 + 1 + 2 + 1);
    assert.deepEqual(owners(folder), new Set([Number(uid)]));
    assert.equal(run.stderr.split('\n').filter((line) => line === uid).length, 2, run.stderr);
  });

  it('for the user who ran sudo, unless the command line says otherwise', () => {
    const cases: [args: string[], sudoUser: string, owner: string][] = [
      [[], USER, USER],
      [['-Z', OTHER], USER, OTHER],
      [['--relinquish-privileges', OTHER], 'root', OTHER],
      [['--no-drop'], USER, 'root'],
      [['-Z', 'root'], USER, 'root'],
      [[], 'root', 'root'],
      // By its number, as chown(1) has it.
      [['-Z', uid], 'root', USER],
    ];
    for (const [args, sudoUser, owner] of cases) {
      const folder = usersFolder();
      fs.chmodSync(folder, 0o777);
      const file = path.join(folder, 'w.pcapng');
      const run = nmcap(['sim:em0', '-c', '1', '-w', file, ...args], { SUDO_USER: sudoUser });
      const label = `${sudoUser}: ${args.join(' ')}`;
      assert.equal(run.status, 0, run.stderr);
      assert.equal(fs.statSync(file).uid, Number(id(owner, '-u')), label);
      const said = run.stderr.includes(`nmcap: now running as ${owner}, not as root\n`);
      assert.equal(said, owner !== 'root', label);
    }
    const quiet = nmcap(['sim:em0', '-c', '1', '--quiet', '-w', '/dev/null', '-Z', USER]);
    assert.deepEqual([quiet.status, quiet.stderr], [0, '']);
  });

  it('after the input is open, which may be a file of root alone', () => {
    const file = path.join(base, 'roots.pcapng');
    assert.equal(nmcap(['sim:em0', '-c', '2', '-w', file]).status, 0);
    const run = nmcap(['-r', file, '-t', '-Z', USER]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout.trim().split('\n').length, 2);
    assert.equal(run.stderr, NOW);
  });

  it('with all modules loaded that the user may be unable to read', () => {
    const home = path.join(base, 'home of root');
    fs.mkdirSync(home, { mode: 0o700 });
    for (const name of ['bin', 'dist', 'package.json', 'build/Release/nmcap.node']) {
      fs.cpSync(path.join(ROOT, name), path.join(home, name), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(home, 'node_modules'));
    const folder = usersFolder();
    for (const options of [
      '--print --stats-json s.json --stats 1',
      '-w w.pcapng.zst --output o.txt.gz',
      '-w r.pcapng -G 1 --print-files',
      '-w w.pcap --json --output o.json -C 1',
      '--fields time',
    ]) {
      const run = shell(
        `cd '${folder}' && '${home}/bin/nmcap' -Z ${USER} sim:em0 --duration 1.2 ${options}`,
      );
      assert.equal(run.status, 0, `${options}\n${run.stderr}`);
      assert.ok(run.stderr.includes(NOW), run.stderr);
    }
  });

  it('whatever libuv is asked to use', () => {
    const run = nmcap(['sim:em0', '-c', '1', '-t', '-Z', USER], { UV_USE_IO_URING: '1' });
    assert.equal(run.status, 0, run.stderr);
    assert.ok(run.stderr.includes(NOW));
  });
});

describe('giving up root', { skip: notRoot }, () => {
  it('names -Z and --no-drop where the user may not write', () => {
    const folder = path.join(base, 'of root');
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'there'), '', { mode: 0o600 });
    for (const [options, name] of [
      [['-w', `${folder}/new.pcapng`], 'new.pcapng'],
      [['-w', `${folder}/there`], 'there'],
      [['-w', `${folder}/r.pcapng`, '-C', '1'], 'r_00001_\\d+.pcapng'],
      [['--output', `${folder}/o.txt`], 'o.txt'],
      [['-w', '/dev/null', '--stats-json', `${folder}/s.json`], 's.json'],
    ] as const) {
      const run = nmcap(['sim:em0', '-c', '1', ...options], { SUDO_USER: USER });
      assert.equal(run.status, 1);
      assert.match(
        run.stderr,
        new RegExp(
          `^nmcap: ${folder}/${name}: permission denied for the user ${USER}\n` +
            `nmcap: files are written as ${USER}, not as root: .* -Z, or --no-drop\n`,
          'm',
        ),
      );
    }
    assert.deepEqual(fs.readdirSync(folder), ['there']);
  });

  it('needs a user that exists', () => {
    const file = path.join(base, 'never');
    const start = (args: string[], sudoUser = 'root') => {
      const run = nmcap(['sim:em0', '-c', '1', '-w', file, ...args], { SUDO_USER: sudoUser });
      assert.equal(run.status, 2, run.stderr);
      assert.ok(!fs.existsSync(file));
      return run.stderr;
    };
    assert.match(
      start(['-Z', 'no body']),
      /^nmcap: -Z: there is no user 'no body'\nnmcap: 'getent/,
    );
    assert.match(start(['-Z', '4294967295']), /^nmcap: -Z: there is no user '4294967295'\n/);
    assert.match(start(['-Z', '']), /^nmcap: .* expected a user's name\n/);
    assert.match(
      start([], 'no body'),
      /^nmcap: there is no user 'no body', whom SUDO_USER names\nnmcap: .*--no-drop stays root\n/,
    );
    assert.match(start(['-Z', USER, '--no-drop']), /^nmcap: .*--no-drop.* cannot be used with /);
  });

  it('is refused where it would not be for good', { skip: notLinux }, () => {
    const run = shell(
      `setpriv --securebits +no_setuid_fixup nmcap sim:em0 -c 1 -w '${base}/never' -Z ${USER}`,
    );
    assert.equal(run.status, 1);
    assert.match(
      run.stderr,
      /^nmcap: root privileges remain after becoming 'nobody'\nnmcap: --no-drop stays root\n/m,
    );
    assert.ok(!fs.existsSync(`${base}/never`));
  });

  it('is nothing that others can do', { skip: notLinux }, () => {
    const as = (args: string) =>
      shell(
        `SUDO_USER=${OTHER} setpriv --reuid ${USER} --regid ${id(USER, '-g')} --clear-groups ` +
          `nmcap sim:em0 -t -c 1 ${args}`,
      );
    for (const args of ['', `-Z ${USER}`, `-Z ${uid}`, '-Z root', '--no-drop']) {
      const run = as(args);
      assert.equal(run.status, 0, `${args}: ${run.stderr}`);
      assert.doesNotMatch(run.stderr, /root/);
    }
    const run = as(`-Z ${OTHER}`);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^nmcap: -Z: only root can become 'daemon'\nnmcap: leave out -Z/);
  });
});

/** Runs nmcap where /dev/netmap is a file with these permissions. */
function withNetmap(
  mode: string,
  group: string,
  args: string,
): { status: number | null; stderr: string } {
  const dev = path.join(base, `dev${++folders}`);
  fs.mkdirSync(dev);
  return shell(
    `unshare -m bash -ec '
      mount -t tmpfs tmpfs "${dev}"
      touch "${dev}/netmap"; chown root:${group} "${dev}/netmap"; chmod ${mode} "${dev}/netmap"
      for name in null zero random urandom; do
        touch "${dev}/$name"; mount --bind /dev/$name "${dev}/$name"
      done
      mount --move "${dev}" /dev
      exec nmcap ${args}'`,
  );
}

describe('opening netmap again', { skip: notRoot || notLinux }, () => {
  const refusal = (option: string) =>
    new RegExp(
      `^nmcap: ${option} has to open /dev/netmap during the capture, when nmcap runs as nobody, who may not\n` +
        'nmcap: add --no-drop to stay root, or let nobody read and write /dev/netmap\n$',
    );

  it('is refused at the start where only root may', () => {
    for (const [option, args] of [
      ['--reattach', 'em0 --reattach'],
      ['--reattach', 'em0 --reattach --wait'],
      ['--wait', '-i em0 -i em1 --wait'],
    ] as const) {
      const run = withNetmap('600', 'root', `${args} -Z ${USER}`);
      assert.equal(run.status, 1);
      assert.match(run.stderr, refusal(option));
    }
  });

  it('is no matter where it is not needed, or permitted to the user or a group', () => {
    const group = id(USER, '-g');
    for (const [mode, owner, args] of [
      ['600', 'root', `em0 -Z ${USER}`],
      ['600', 'root', `em0 --wait -Z ${USER}`],
      ['600', 'root', 'em0 --reattach --no-drop'],
      ['660', group, `em0 --reattach -Z ${USER}`],
      ['666', 'root', `em0 --reattach -Z ${USER}`],
    ] as const) {
      const run = withNetmap(mode, owner, args);
      // A file is no netmap, which is found out next, still as root.
      assert.match(run.stderr, /^nmcap: em0: .*(?:ENOTTY|ioctl)/i, `${mode} ${args}`);
    }
  });

  it('is not what simulated ports need', async () => {
    const run = startNmcap(['sim:em0@count=5', '--reattach', '-w', '/dev/null', '-Z', USER]);
    await until(() => run.stderr().includes('waiting for it'), run.stderr);
    run.process.kill('SIGINT');
    assert.equal(await run.ended(), 0, run.stderr());
  });
});
