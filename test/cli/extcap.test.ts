import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { type Finished, nmcap, shell, tsharkFields, watch } from '../support/nmcap.js';
import { until } from '../support/until.js';
import { userOfPlugIn } from '../support/wireshark-user.js';

/** What Wireshark's list may take, as it appears only then. */
const LISTING_MS = 300;

const folder = temporaryFolder();
const user = userOfPlugIn(folder, 'user');

const INBOUND = '0x00000001';
const OUTBOUND = '0x00000002';
/** The address of a simulated port's application. */
const APPLICATION = '02:00:00:00:00:0a';

/** The least time that all processors together take for it: other programs keep it waiting besides. */
function quickest(args: string): number {
  const times = Array.from({ length: 5 }, () => {
    const { stdout } = shell(`nmcap ${args} > /dev/null && times`);
    const [, user = NaN, system = NaN] = /\n0m(\S+)s 0m(\S+)s\n$/.exec(stdout)?.map(Number) ?? [];
    return (user + system) * 1000;
  });
  return Math.min(...times);
}

/** Captures into a file, as `tshark -i PORT` does with these arguments. */
function capture(name: string, ...args: string[]): { file: string; run: Finished } {
  const file = path.join(folder, name);
  return { file, run: user.tshark(...args, '-w', file) };
}

/** Wireshark would show it as an error. */
function assertNoMessage({ stderr }: Finished): void {
  assert.doesNotMatch(stderr, /extcap pipe/);
}

describe('tshark with nmcap as a plug-in', () => {
  it('is answered quickly', () => {
    assert.ok(quickest('--extcap-interfaces --extcap-version=4.0') < LISTING_MS);
    assert.ok(quickest('--extcap-config --extcap-interface sim:em0') < LISTING_MS);
  });

  it('captures through a filter, with directions and the name of the port', () => {
    const { file, run } = capture('filtered', '-i', 'sim:em0', '-c', '50', '-f', 'tcp port 80');
    assert.equal(run.status, 0, run.stderr);
    assertNoMessage(run);
    const rows = tsharkFields(
      file,
      'frame.interface_name',
      'frame.interface_description',
      'frame.packet_flags_direction',
      'tcp.port',
      'eth.src',
    );
    assert.equal(rows.length, 50);
    for (const [name, description, direction, ports = '', source] of rows) {
      assert.equal(name, 'sim:em0');
      assert.equal(description, 'copy netmap monitor, ring 0, rx and tx');
      assert.match(ports, /^80,|,80$/);
      assert.equal(direction, source === APPLICATION ? OUTBOUND : INBOUND);
    }
    assert.equal(new Set(rows.map(([, , direction]) => direction)).size, 2);
  });

  it('captures as is chosen for the port', () => {
    const { file, run } = capture(
      'chosen',
      ...['-i', 'sim:em0', '-c', '20'],
      ...['direction:tx', 'zerocopy:true', 'snapshotlength:60', 'ring:0', 'rate:5000'].flatMap(
        (choice) => ['-o', `extcap.sim_em0.${choice}`],
      ),
    );
    assert.equal(run.status, 0, run.stderr);
    assertNoMessage(run);
    const rows = tsharkFields(
      file,
      'frame.interface_name',
      'frame.interface_description',
      'frame.packet_flags_direction',
      'frame.cap_len',
    );
    assert.equal(rows.length, 20);
    for (const row of rows) {
      assert.deepEqual(row, [
        'sim:em0-0@rate=5000',
        'zero-copy netmap monitor, ring 0, tx only',
        OUTBOUND,
        '60',
      ]);
    }
  });

  it('ends with the reason why a capture cannot start', () => {
    const filter = user.tshark('-i', 'sim:em0', '-c', '5', '-f', 'tcp prt 80');
    assert.equal(filter.status, 1);
    assert.match(filter.stderr, /pipe: nmcap: bad filter 'tcp prt 80': .*syntax error\n/);
    const ring = user.tshark('-i', 'sim:em0', '-c', '5', '-o', 'extcap.sim_em0.ring:3');
    assert.equal(ring.status, 1);
    assert.match(ring.stderr, /pipe: nmcap: sim:em0-3: the port has no NIC ring 3: it has 1\n/);
  });

  it('ends when the port leaves, with all that came before', () => {
    const { file, run } = capture(
      'left',
      '-i',
      'sim:em0',
      '-o',
      'extcap.sim_em0.rate:1000,count=300',
    );
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /pipe: nmcap: sim:em0@\S+: its application left netmap mode/);
    assert.equal(tsharkFields(file, 'frame.number').length, 300);
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves no process when it is ended by ${signal}`, async () => {
      const tshark = watch(user.startTshark('-i', 'sim:em0', '-l', '-f', 'icmp or icmp6'));
      // A packet is there once nmcap has opened the pipe.
      await until(() => tshark.stdout().includes('ICMP'), tshark.stderr);
      assert.ok(user.processes().length >= 2);
      tshark.process.kill(signal);
      await tshark.ended();
      if (signal === 'SIGINT') assert.doesNotMatch(tshark.stderr(), /extcap pipe/);
      await until(
        () => user.processes().length === 0,
        () => user.processes().join('\n'),
      );
    });
  }
});

describe('a filter that is typed in Wireshark', () => {
  const check = (filter: string) =>
    nmcap(['--extcap-capture-filter', filter, '--extcap-interface', 'sim:em0']);

  it('is valid where nothing is printed', () => {
    for (const filter of ['tcp port 80', 'inbound and not arp', '']) {
      assert.deepEqual(check(filter), { status: 0, stdout: '', stderr: '' });
    }
  });

  it('is explained in a line where it is not', () => {
    const { status, stdout, stderr } = check('tcp.port == 80');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^bad filter 'tcp\.port == 80': .*the capture filter is 'tcp port 80'\n$/);
  });
});

describe('the answers to Wireshark', () => {
  it('have one link type', () => {
    const { stdout } = nmcap(['--extcap-dlts', '--extcap-interface', 'sim:em0']);
    assert.equal(stdout, 'dlt {number=1}{name=EN10MB}{display=Ethernet}\n');
  });

  it('offer the rate of simulated ports only', () => {
    const calls = (port: string) =>
      [
        ...nmcap(['--extcap-config', '--extcap-interface', port]).stdout.matchAll(/call=(\S*?)}/g),
      ].map(([, call]) => call);
    const real = [
      '--direction',
      '--zero-copy',
      '--snapshot-length',
      '--ring',
      '--wait',
      '--reattach',
    ];
    assert.deepEqual(calls('netmap:em0'), real);
    assert.deepEqual(calls('sim:em0'), [...real, '--rate']);
  });

  it('are none to what a newer Wireshark may ask besides', () => {
    const run = nmcap(['--extcap-cleanup-postkill', '--extcap-interface', 'sim:em0']);
    assert.deepEqual(run, { status: 0, stdout: '', stderr: '' });
    const unknown = nmcap(['--extcap-tomorrow']);
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /request is unknown\n/);
    const lacking = nmcap(['--capture', '--extcap-interface', 'sim:em0']);
    assert.equal(lacking.status, 2);
    assert.match(lacking.stderr, /lacks --fifo\n/);
  });

  it('list simulated ports where there is no netmap', { skip: existsSync('/dev/netmap') }, () => {
    const { stdout } = nmcap(['--extcap-interfaces']);
    assert.match(stdout, /^extcap {version=.*}{help=https:.*}{display=netmap}\n/);
    assert.match(stdout, /^interface {value=sim:em0}{display=simulated netmap NIC}$/m);
    assert.match(stdout, /^control {number=0}{type=button}{role=logger}/m);
  });
});
