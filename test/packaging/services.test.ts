import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { newFolderIn, temporaryFolder } from '../support/folder.js';
import { NMCAP } from '../support/nmcap.js';

const PACKAGING = path.resolve(import.meta.dirname, '../../packaging');
const UNIT = path.join(PACKAGING, 'systemd/nmcap@.service');
const SCRIPT = path.join(PACKAGING, 'freebsd/files/nmcap.in');

/** A port whose application sends for longer than the recorder runs. */
const PORT = 'sim:em0@rate=2000';
const BRIEFLY = '--duration 2 --quiet';

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env } });
}

/** The recording is one compressed file with packets in it. */
function assertRecorded(folder: string): void {
  const [name = '', ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  assert.match(name, /-\d{4}-\d\d-\d\d-\d\d\.pcapng\.zst$/);
  const count = run(NMCAP, ['-r', path.join(folder, name), '--count']).stdout;
  assert.ok(parseInt(count, 10) > 100, count);
}

const noSystemd = run('systemd-analyze', ['--version']).status !== 0 && 'needs systemd-analyze';

describe("systemd's recorder, nmcap@.service", { skip: noSystemd }, () => {
  const folder = temporaryFolder();
  const unit = readFileSync(UNIT, 'utf8');

  it('passes systemd-analyze verify', () => {
    // The program that the unit names need not be installed here.
    const copy = path.join(folder, 'nmcap@.service');
    writeFileSync(copy, unit.replace('/usr/bin/nmcap', NMCAP));
    const { status, stderr } = run('systemd-analyze', [
      'verify',
      '--man=no',
      copy.replace('@', '@em0'),
    ]);
    assert.deepEqual([status, stderr], [0, '']);
  });

  it('is exposed no more than 2 of 10, by systemd-analyze security', () => {
    const security = ['security', '--offline=true', '--threshold=20', UNIT];
    const { status, stdout } = run('systemd-analyze', security);
    assert.equal(status, 0, stdout);
    assert.match(stdout, /Overall exposure level for nmcap@\S+: \d/);
  });

  it("records without any of root's capabilities", () => {
    const state = newFolderIn(folder, 'state');
    const [, record = ''] = /"NMCAP_RECORD=(.*?)"/.exec(unit) ?? [];
    const [, line = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    assert.ok(line !== '' && record !== '');
    const command = line
      .replace('/usr/bin/nmcap', NMCAP)
      .replace('%I', PORT)
      .replace('%i', 'em0')
      .replace('${STATE_DIRECTORY}', state)
      .replace('$NMCAP_RECORD', record)
      .replace('$NMCAP_OPTIONS', BRIEFLY)
      .replaceAll('%%', '%')
      .split(' ');
    const isRoot = process.geteuid?.() === 0;
    const bare = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs'];
    const [program = '', ...args] = isRoot ? [...bare, ...command] : command;
    const { status, stderr } = run(program, args);
    assert.equal(status, 0, stderr);
    assertRecorded(state);
  });
});

/**
 * What the script leaves to FreeBSD's rc.subr: settings from the environment, and for `start` what
 * daemon(8) would be called with.
 */
const RC_SUBR = `
load_rc_config() { :; }
err() { shift; echo "$*" >&2; exit 1; }
run_rc_command() { "$start_precmd" && echo "$command $command_args"; }
`;

describe("FreeBSD's recorder, the rc.d script", () => {
  const folder = temporaryFolder();
  const script = path.join(folder, 'nmcap');
  const subr = path.join(folder, 'rc.subr');
  const prefix = newFolderIn(folder, 'prefix');
  copyFileSync(SCRIPT, script);
  writeFileSync(subr, RC_SUBR);
  writeFileSync(
    script,
    readFileSync(SCRIPT, 'utf8').replace('/etc/rc.subr', subr).replaceAll('%%PREFIX%%', prefix),
  );
  chmodSync(script, 0o755);

  it('is a script that shellcheck has nothing against', () => {
    // Not followed, and unused, are what rc.subr is and uses.
    const { status, stdout } = run('shellcheck', ['-s', 'sh', '-e', 'SC1091,SC2034', SCRIPT]);
    assert.equal(status, 0, stdout);
    assert.equal(run('sh', ['-n', SCRIPT]).status, 0);
  });

  it('has daemon(8) run an nmcap that records', () => {
    const state = path.join(folder, 'state');
    const { status, stdout, stderr } = run(script, ['start'], {
      nmcap_enable: 'YES',
      nmcap_ports: PORT,
      nmcap_folder: state,
      nmcap_options: BRIEFLY,
    });
    assert.equal(status, 0, stderr);
    const [daemon = '', line = ''] = stdout.trim().split(/ -- +/);
    assert.match(daemon, /^\/usr\/sbin\/daemon -r -R 5 -S -T nmcap -P \S+ -p \S+$/);
    const [program, ...args] = line.split(/ +/);
    assert.equal(program, `${prefix}/bin/nmcap`);
    const recorder = run(NMCAP, args);
    assert.equal(recorder.status, 0, recorder.stderr);
    assertRecorded(state);
  });

  it('wants to know which ports', () => {
    const { status, stderr } = run(script, ['start'], { nmcap_enable: 'YES' });
    assert.deepEqual([status, stderr], [1, 'nmcap_ports is not set in /etc/rc.conf\n']);
  });
});
