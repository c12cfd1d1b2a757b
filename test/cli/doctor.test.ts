import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap } from '../support/nmcap.js';

const folder = temporaryFolder();
const home = path.join(folder, 'home');
const captures = path.join(folder, 'captures');
mkdirSync(captures);
/** A user whose Wireshark does not know nmcap, whatever this machine's does. */
const ENVIRONMENT = { HOME: home, XDG_CONFIG_HOME: '' };

const COLUMNS = 80;
const HAS_NETMAP = existsSync('/dev/netmap');

/** Without what differs from machine to machine: versions, sizes and speeds, and the way to modules. */
function steady(text: string): string {
  return text
    .replace(/(addon +).*/, '$1VERSIONS')
    .replace(
      /(device +)this system has no \/dev\/netmap\b[^]*?(?=^skipped +permission)/m,
      '$1NONE\n',
    )
    .replace(/(libpcap +)\S+.*(; compiles filters)/, '$1VERSION$2')
    .replace(/(folder +)[^]*?(?=^(ok|warning) +disk)/m, '$1SPACE\n')
    .replace(/(disk-speed +).*/, '$1SPEED');
}

const ON_A_SIMULATED_PORT = `ok       addon         VERSIONS
skipped  device        a simulated port does without netmap
skipped  permission    a simulated port does without netmap
skipped  api           a simulated port does without netmap
skipped  time-stamps   a simulated port does without netmap
skipped  adapter-mode  a simulated port does without netmap
skipped  buffers       a simulated port does without netmap
ok       port          NIC, rings 4, slots 1024
ok       netmap-mode   an application has it open
skipped  adapter       only network interfaces have one
skipped  offloads      only network interfaces have them
ok       libpcap       VERSION; compiles filters
warning  extcap        Wireshark does not list nmcap's ports
         fix: nmcap extcap install
ok       folder        SPACE
ok       disk-speed    SPEED

no problems, 1 warning
`;

const WITHOUT_NETMAP = `ok       addon         VERSIONS
problem  device        NONE
skipped  permission    there is no /dev/netmap
skipped  api           there is no /dev/netmap
skipped  time-stamps   there is no /dev/netmap
skipped  adapter-mode  there is no /dev/netmap
skipped  buffers       there is no /dev/netmap
skipped  port          there is no /dev/netmap
skipped  netmap-mode   there is no /dev/netmap
skipped  adapter       only network interfaces have one
skipped  offloads      only network interfaces have them
ok       libpcap       VERSION; compiles filters
warning  extcap        Wireshark does not list nmcap's ports
         fix: nmcap extcap install
ok       folder        SPACE
ok       disk-speed    SPEED

1 problem, 1 warning
`;

function doctor(...args: string[]) {
  return nmcap(['doctor', ...args, '-w', captures], ENVIRONMENT);
}

describe('nmcap doctor', () => {
  it('tries everything on a simulated port', () => {
    const { status, stdout, stderr } = doctor('sim:em0@rings=4');
    assert.equal(stderr, '');
    assert.equal(steady(stdout), ON_A_SIMULATED_PORT);
    assert.equal(status, 0);
  });

  it('works without netmap', { skip: HAS_NETMAP && 'there is /dev/netmap' }, () => {
    const { status, stdout, stderr } = doctor('nosuch0');
    assert.equal(stderr, '');
    assert.equal(steady(stdout), WITHOUT_NETMAP);
    assert.match(stdout, /^ {9}fix: (modprobe|kldload) netmap$/m);
    assert.equal(status, 1);
  });

  it('needs no program of the system', () => {
    const run = nmcap(['doctor', 'sim:em0', '-w', captures], {
      ...ENVIRONMENT,
      // Only what starts nmcap itself.
      PATH: path.dirname(process.execPath),
    });
    assert.match(run.stdout, /\n(no problems|\d+ problem).*\n$/);
    assert.equal(run.status, 0, run.stderr);
  });

  it('has lines of 80 columns, but for names that are longer', () => {
    for (const line of doctor('lo').stdout.split('\n')) {
      assert.ok(line.length <= COLUMNS || line.includes(captures), line);
    }
  });

  it('prints a document for programs', () => {
    const file = path.join(captures, 'out.pcapng');
    const run = nmcap(['doctor', 'sim:vale0:', '--json', '-w', file], ENVIRONMENT);
    const {
      port,
      folder: place,
      problems,
      checks,
    } = JSON.parse(run.stdout) as {
      port: string;
      folder: string;
      problems: number;
      checks: { id: string; status: string; facts?: Record<string, unknown> }[];
    };
    assert.deepEqual([port, place, problems], ['sim:vale0:', captures, 0]);
    assert.deepEqual(
      checks.map(({ id }) => id),
      ON_A_SIMULATED_PORT.split('\n').flatMap((line) => /^\w+ +([a-z-]+) /.exec(line)?.[1] ?? []),
    );
    const speed = checks.find(({ id }) => id === 'disk-speed')?.facts?.['bytes_per_second'];
    assert.ok(Number(speed) > 1e5);
    assert.equal(run.status, 0);
    assert.deepEqual(readdirSync(captures), []);
  });

  it('sees that Wireshark knows nmcap', () => {
    const extcap = path.join(home, '.local/lib/wireshark/extcap');
    mkdirSync(extcap, { recursive: true });
    mkdirSync(path.join(home, '.config/wireshark/extcap'), { recursive: true });
    for (const place of [extcap, path.join(home, '.config/wireshark/extcap')]) {
      writeFileSync(path.join(place, 'nmcap'), '');
    }
    assert.match(doctor('sim:em0').stdout, /^ok {7}extcap {8}Wireshark finds/m);
  });

  it('has problems with a folder that is not there', () => {
    const run = nmcap(['doctor', 'sim:em0', '-w', path.join(folder, 'none/out.pcapng')]);
    assert.match(run.stdout, /^problem {2}folder/m);
    assert.match(run.stdout, /^skipped {2}disk-speed/m);
    assert.equal(run.status, 1);
  });
});
