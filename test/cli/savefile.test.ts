import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap, shell, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const captured = file('captured.pcapng');

/** What tcpdump prints of a file. */
function tcpdump(args: string): string[] {
  const { stdout } = shell(`tcpdump -n ${args} 2>/dev/null`);
  return stdout.split('\n');
}

describe('nmcap -r', () => {
  before(() => {
    const run = nmcap(['sim:em0@rate=max', '-w', captured, '-c', '400']);
    assert.equal(run.status, 0, run.stderr);
  });

  it('prints what tcpdump prints, with the direction', () => {
    const run = nmcap(['-r', captured]);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stderr, '');
    const lines = run.stdout.split('\n');
    assert.equal(lines.length, 401);
    assert.deepEqual(
      lines.map((line) => line.replace(/^(\S+) (In |Out) /, '$1 ')),
      tcpdump(`-r '${captured}'`),
    );
  });

  for (const options of [
    '-e',
    '-q',
    '-v',
    '-vv',
    '-S',
    '-A',
    '-x',
    '-xx',
    '-X',
    '-XX',
    '-#',
    '-ttt',
  ]) {
    it(`prints what tcpdump prints with ${options}`, () => {
      // tcpdump's own capture of it, without directions.
      const plain = file('plain.pcap');
      shell(`tcpdump -r '${captured}' -w '${plain}'`);
      assert.deepEqual(
        nmcap(['-r', plain, options]).stdout.split('\n'),
        tcpdump(`${options} -r '${plain}'`),
      );
    });
  }

  it('filters, counts and ends after a number of packets', () => {
    const expected = tcpdump(`-r '${captured}' tcp port 80`).length - 1;
    assert.ok(expected > 50);
    const count = nmcap(['-r', captured, '--count', 'tcp', 'port', '80']);
    assert.equal(count.stdout, `${expected} packets\n`);
    const some = nmcap(['-r', captured, '-c', '5', 'tcp', 'port', '80']);
    assert.equal(some.stdout.split('\n').length, 6);
    assert.equal(nmcap(['-r', captured, '--count', '-c', '1']).stdout, '1 packet\n');
  });

  it('reads the filter from a file', () => {
    writeFileSync(file('filter'), '# the web\ntcp port 80 # only\nand greater 500\n');
    assert.equal(
      nmcap(['-r', captured, '--count', '-F', file('filter')]).stdout,
      nmcap(['-r', captured, '--count', 'tcp port 80 and greater 500']).stdout,
    );
  });

  it('shows what a filter is compiled to, as tcpdump does', () => {
    for (const filter of ['udp port 53', 'tcp port 80 and not host 192.0.2.1', 'ip6']) {
      const { stdout } = shell(`tcpdump -r '${captured}' -d '${filter}' 2>/dev/null`);
      assert.equal(nmcap(['--dump-filter', filter]).stdout, stdout);
    }
  });

  it('copies pcapng to the byte, through a pipe and compressed too', () => {
    const copy = file('copy.pcapng');
    assert.equal(nmcap(['-r', captured, '-w', copy]).status, 0);
    assert.deepEqual(readFileSync(copy), readFileSync(captured));
    const piped = shell(`gzip < '${captured}' | nmcap -r - -w - | cmp - '${captured}'`);
    assert.equal(piped.status, 0, piped.stdout + piped.stderr);
  });

  it('writes the filtered packets with their directions', () => {
    const some = file('some.pcapng');
    assert.equal(nmcap(['-r', captured, '-w', some, 'udp']).status, 0);
    const fields = ['frame.packet_flags_direction', 'frame.time_epoch', 'ip.id', 'udp.port'];
    const all = tsharkFields(captured, 'udp.length', ...fields);
    assert.deepEqual(
      tsharkFields(some, ...fields),
      // Those that tshark sees inside of a tagged frame are not libpcap's `udp`.
      all
        .filter(([length], i) => length !== '' && tsharkFields(captured, 'vlan.id')[i]?.[0] === '')
        .map(([, ...rest]) => rest),
    );
  });

  it('converts to pcap and reports what is lost', () => {
    const classic = file('classic.pcap');
    const run = nmcap(['-r', captured, '-w', classic]);
    assert.equal(run.status, 0);
    assert.match(run.stderr, /^nmcap: .*classic\.pcap: pcap files cannot hold .*the direction/);
    assert.equal(run.stderr.trim().split('\n').length, 1);
    assert.deepEqual(tcpdump(`-r '${classic}'`), tcpdump(`-r '${captured}'`));
    const back = file('back.pcapng');
    assert.equal(nmcap(['-r', classic, '-w', back]).status, 0);
    assert.deepEqual(tcpdump(`-r '${back}'`), tcpdump(`-r '${captured}'`));
    assert.equal(nmcap(['-r', captured, '-w', file('odd.bin'), '--format', 'pcap']).status, 0);
    assert.equal(readFileSync(file('odd.bin')).readUInt32LE(0), 0xa1b2c3d4);
  });

  it('shows everything before the damage, and where that is', () => {
    const cut = file('cut.pcapng');
    copyFileSync(captured, cut);
    truncateSync(cut, 20_000);
    const run = nmcap(['-r', cut]);
    assert.equal(run.status, 1);
    // How many packets the bytes hold depends on which of them the capture lost.
    assert.ok(run.stdout.split('\n').length > 5);
    assert.ok(nmcap(['-r', captured]).stdout.startsWith(run.stdout));
    assert.match(run.stderr, /^nmcap: .*cut\.pcapng.*\d{4,}/);
  });

  it('does not empty the file that it reads', () => {
    const own = file('own.pcapng');
    copyFileSync(captured, own);
    const run = nmcap(['-r', own, '-w', own]);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /is also the input file/);
    assert.deepEqual(readFileSync(own), readFileSync(captured));
  });

  const mistakes: [string[], number, RegExp][] = [
    [['-r', '/nonexistent'], 1, /\/nonexistent/],
    [['-r', path.resolve('package.json')], 1, /neither a pcapng nor a pcap file/],
    [['-r', captured, '-i', 'em0'], 2, /-i and -r cannot be combined/],
    [['-r', captured, '-z'], 2, /-z.* cannot be used with .*-r/],
    [['-r', captured, 'tcp', 'prot'], 2, /bad filter 'tcp prot'/],
    [['sim:em0', '--count'], 2, /add -r FILE/],
    [['-r', captured, '-F', '/nonexistent'], 1, /cannot read the filter/],
    [['-r', captured, '-F', '/dev/null', 'tcp'], 2, /two filters given/],
  ];
  for (const [args, status, pattern] of mistakes) {
    it(`reports: nmcap ${args.join(' ').replace(folder, '')}`, () => {
      const run = nmcap(args);
      assert.equal(run.status, status, run.stderr);
      assert.match(run.stderr, pattern);
      assert.doesNotMatch(run.stderr, /internal error/);
    });
  }
});
