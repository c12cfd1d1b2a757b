import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, shell, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();

/** One line with the cause, one with the next step, and never a stack trace. */
function assertTells(
  { status, stderr }: { status: number | null; stderr: string },
  expected: number,
  ...patterns: RegExp[]
): void {
  assert.equal(status, expected, stderr);
  for (const pattern of patterns) assert.match(stderr, pattern);
  assert.doesNotMatch(stderr, /^\s+at /m);
  assert.doesNotMatch(stderr, /internal error/);
}

describe('mistakes', () => {
  it('reports that there is no netmap', { skip: existsSync('/dev/netmap') }, () => {
    assertTells(nmcap(['em0']), 1, /^nmcap: em0: this system has no \/dev\/netmap$/m, /sim:em0/);
  });

  it('points at the place in a bad port name', () => {
    assertTells(nmcap(['em0-x']), 2, /^nmcap: bad port name 'em0-x': .*\n {4}em0-x\n {8}\^$/m);
  });

  it('explains how VALE ports are named', () => {
    assertTells(nmcap(['vale0']), 2, /bad port name 'vale0': the port of the switch is missing/);
  });

  it('repeats no escape sequence of an argument', () => {
    const run = nmcap(['em0/\u001b[31m']);
    assertTells(run, 2, /bad port name/);
    assert.ok(!run.stderr.includes('\u001b'));
  });

  it("reports a bad filter in libpcap's words, and leaves the file alone", () => {
    const kept = path.join(folder, 'kept.pcapng');
    writeFileSync(kept, 'precious');
    const run = nmcap(['sim:em0', '-w', kept, 'tcp', 'prot', '80']);
    assertTells(run, 2, /^nmcap: bad filter 'tcp prot 80': .*syntax error/m, /pcap-filter\(7\)/);
    assert.equal(readFileSync(kept, 'utf8'), 'precious');
  });

  it('reports that real-time priority is not permitted, and leaves the file alone', () => {
    const kept = path.join(folder, 'kept.pcapng');
    writeFileSync(kept, 'precious');
    const run = shell(
      `ulimit -r 0; setpriv --bounding-set=-sys_nice nmcap sim:em0 --realtime -w ${kept}`,
    );
    assertTells(run, 1, /^nmcap: --realtime is not permitted \(EPERM\)$/m, /root/);
    assert.equal(readFileSync(kept, 'utf8'), 'precious');
  });

  it('reports that the simulated port has no such ring', () => {
    assertTells(nmcap(['sim:em0-4']), 1, /sim:em0-4: the port has no NIC ring 4: it has 1/);
  });

  it('reports that a file cannot be written', () => {
    const out = path.join(folder, 'no/such/folder.pcapng');
    const missing = /folder\.pcapng: no such directory\n.*create the directory/;
    assertTells(nmcap(['sim:em0', '-w', out]), 1, missing);
    const isFolder = /cannot write .*: is a directory, not a file\n.*choose another file/;
    assertTells(nmcap(['sim:em0', '-w', folder]), 1, isFolder);
  });

  it('reports that the statistics cannot be written before it captures, and leaves the file alone', () => {
    const kept = path.join(folder, 'kept.pcapng');
    writeFileSync(kept, 'precious');
    const stats = path.join(folder, 'no/such/stats.json');
    const run = nmcap(['sim:em0', '-w', kept, '--stats-json', stats]);
    assertTells(run, 1, /stats\.json: no such directory\n.*create the directory/);
    assert.equal(readFileSync(kept, 'utf8'), 'precious');
    const other = nmcap(['sim:em0', '-w', stats, '--stats-json', kept]);
    assertTells(other, 1, /stats\.json: no such directory\n.*create the directory/);
    assert.equal(readFileSync(kept, 'utf8'), 'precious');
  });

  it('reports that what -r or -F names cannot be read', () => {
    const missing = path.join(folder, 'missing');
    for (const option of ['-r', '-F']) {
      const tells = (name: string, reason: string) => {
        const run = nmcap([...(option === '-F' ? ['sim:em0'] : []), option, name]);
        assertTells(run, 1, new RegExp(`^nmcap: cannot read .*${name}: ${reason}\n.*check`, 'm'));
      };
      tells(missing, 'no such file or directory');
      tells(folder, 'is a directory, not a file');
    }
  });

  it('does not empty the file that it is to read', () => {
    const file = path.join(folder, 'both.pcap');
    nmcap(['sim:em0', '-c', '1', '-w', file]);
    const before = readFileSync(file);
    assertTells(nmcap(['-r', file, '-w', file]), 1, /is also the input file\n.*another name/);
    assert.deepEqual(readFileSync(file), before);
  });

  it('guesses that a filter of one word is a second port', () => {
    assertTells(nmcap(['sim:em0', 'sim:em1']), 2, /bad filter 'sim:em1'.*\n.*-i each$/m);
  });

  it('guesses that a savefile is to be read', () => {
    assertTells(nmcap(['./out.pcapng']), 2, /out\.pcapng looks like a savefile\n.*'nmcap -r/);
    const file = path.join(folder, 'replayed.pcap');
    nmcap(['sim:em0', '-c', '1', '-w', file]);
    assertTells(
      nmcap([`sim:em0@replay=${file}`]),
      APPLICATION_LEFT,
      /its application left netmap mode/,
    );
    assertTells(nmcap(['-i', 'no-port.pcap']), 2, /^nmcap: (?!.*looks like a savefile)/);
  });

  it('names the fields that there are', () => {
    const fields = (names: string) => nmcap(['sim:em0', '--fields', names]);
    assertTells(fields('foo'), 2, /no field 'foo'\n.*time, interface.*eth, vlan/);
    assertTells(fields('tcp.prot'), 2, /no field 'tcp\.prot'\n.*similar names: tcp\.port/);
    assertTells(fields('ip'), 2, /no field 'ip'\n.*fields of ip: .*ip\.ttl.*ip\.dst/);
  });

  it('does not write pcapng to a terminal', () => {
    const run = shell(`script -qec 'nmcap sim:em0 -c 1 -w -' /dev/null; echo "status $?"`);
    assert.match(run.stdout, /refusing to write pcapng to a terminal/);
    assert.match(run.stdout, /-w - \| tshark/);
    assert.match(run.stdout, /status 1/);
  });

  const wrong: [string[], RegExp][] = [
    [[], /no port given\n.*'nmcap sim:em0'/],
    [
      ['sim:em0', '-c', '0'],
      /-c <n>' argument '0' is invalid: expected a whole number from 1 up$/m,
    ],
    [['sim:em0', '-c', '-1'], /-c.*: expected a whole number from 1 up$/m],
    [['sim:em0', '-c', 'ten'], /-c.*whole number/],
    [['sim:em0', '-d', 'up'], /'up' is invalid: expected tx, rx or both .*--dump-filter/],
    [['sim:em0', '-B', '1'], /-B.*from 2/],
    [['sim:em0', '-s', '300000'], /-s.*262144/],
    [
      ['sim:em0', '--color', 'blue'],
      /'blue' is invalid: allowed choices are auto, always, never$/m,
    ],
    [['sim:em0', '--frobnicate'], /unknown option '--frobnicate'/],
    [['sim:em0', '--jsn'], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [['sim:em0', '-w', ''], /-w.*: expected a file name$/m],
    [['-r', ''], /-r.*: expected a file name$/m],
    [['sim:em0', '-w', 'x', '--mode', '0400'], /'0400' is invalid: expected an octal mode/],
    [['sim:em0', '-w', 'x', '--mode', '1777'], /'1777' is invalid: expected an octal mode/],
    [['sim:em0', '-w', 'x', '--mode', '0680'], /'0680' is invalid: expected an octal mode/],
    [['sim:em0', '-w', 'x', '--mode', 'u=rw'], /'u=rw' is invalid: expected an octal mode/],
    [['sim:em0', '-w', '-', '--mode', '0640'], /--mode needs a file: add -w FILE/],
    [['sim:em0', '--stats-json', '-'], /cannot both go to standard output/],
    [['sim:em0', '-w', './a', '--stats-json', 'a'], /name the same file/],
    [['sim:em0', '-w', '-', '--print'], /cannot both go to standard output/],
    [['-i'], /argument missing/],
    [['-i', 'sim:em0', '-i', 'em0'], /cannot be watched together/],
    [['-i', 'sim:em0/r', '-i', 'sim:em1/t'], /use -d instead/],
    [['-i', 'sim:em0', '-i', 'sim:em0/rt'], /sim:em0\/rt: this port is given twice/],
    [['sim:em0', '-L'], /tcpdump's -L is not an option here: .*EN10MB/],
    [['sim:em0', '-nE', 'secret'], /tcpdump's -E is not .*tshark/],
    ...['j', 'J', 'I', 'M', 'm', 'u', 'H', 'T', 'V'].map((letter): [string[], RegExp] => [
      [`-${letter}`],
      new RegExp(`tcpdump's -${letter} is not an option here: `),
    ]),
    [['sim:em0', '--jsno=x'], /unknown option '--jsno=x' \(Did you mean --json\?\)/],
    [['sim:em0', '--snap', '96'], /unknown option '--snap' \(Did you mean --snapshot-length\?\)/],
    [['sim:em0', '-json'], /'-json' with one dash .*\(Did you mean --json\?\)/],
    [['sim:em0', '-print'], /'-print' with one dash .*\(Did you mean --print\?\)/],
    [['sim:em0', '-jsn'], /tcpdump's -j is not/],
    [['sim:em0', '-P'], /dumpcap's -P is not an option here: .*--format pcap.*--print$/m],
    [['sim:em0', '-Y', 'tcp'], /tshark's -Y is not an option here: .*nmcap em0 tcp port 80$/m],
    [['sim:em0', '-Tfields'], /tcpdump's -T .*tshark's, --fields NAME,NAME prints columns/],
    [['sim:em0', '--autostop', 'packets'], /'packets' is invalid: expected one of duration:, /],
    [['sim:em0', '-a', 'size:3'], /'size:3' is invalid: expected one of duration:, .*packets:/],
    [['sim:em0', '-a', 'duration:x'], /'duration:x' is invalid: expected a number of seconds/],
    [['sim:em0', '-b', 'packets:3', '-w', 'x'], /-b filesize:kB, -b duration:SECONDS/],
    [['sim:em0', '-b', 'printname:x', '-w', 'x'], /--print-files .*--on-rotate/],
    [['sim:em0', '-b', 'filesize:3'], /-b filesize: needs a file: add -w FILE/],
    [['sim:em0', '-b', 'filesize:3', '-w', '-'], /-b filesize: and '-w -' cannot be combined/],
    [['sim:em0', '-w', 'x', '-C', '1', '-b', 'filesize:3'], /-b filesize: and -C set the same/],
    [['sim:em0', '-w', 'x', '-a', 'files:3'], /-a files: needs rotated files/],
    [['sim:em0', '-w', 'x', '-b', 'files:3'], /--keep needs rotated files/],
    [['sim:em0', '-f', 'tcp', 'udp'], /two filters given: with -f and as 'udp'/],
    [['sim:em0', '-f', 'tcp', '-f', 'udp'], /'udp' is invalid: all ports have one filter/],
    [['sim:em0', '--header'], /--header prints the names of fields: add --fields NAMES/],
    [['sim:em0', '-y', 'IEEE802_11'], /-y.*EN10MB/],
    [['sim:em0', '-Kv'], /-K cannot be combined/],
    [['--dump-filter', '-O', 'tcp'], /leave out -O/],
    [['sim:em0', '-B', '4096'], /-B.*of MiB up to 4095 \(tcpdump counts KiB\)/],
  ];
  for (const [args, pattern] of wrong) {
    it(`refuses: nmcap ${args.join(' ')}`, () => {
      assertTells(nmcap(args), 2, pattern, /nmcap --help/);
    });
  }

  it('says what to do where one savefile is not enough', () => {
    assertTells(nmcap(['-r', 'a', '-r', 'b']), 2, /-r is given twice.*\n.*mergecap/);
  });

  it('points out that the port is forgotten', () => {
    assertTells(
      nmcap(['tcp', 'port', '80']),
      2,
      /'tcp' is taken for the port.*\n.*em0 tcp port 80'/,
    );
    assertTells(nmcap(['host', '192.0.2.1']), 2, /'host' is taken for the port/);
  });

  it('spells the options of a simulated port', () => {
    const run = nmcap(['sim:em0,rate=5']);
    assertTells(run, 2, /options follow an '@'\n {4}sim:em0,rate=5\n {11}\^\n.*'sim:em0@rate=5'/);
  });

  it('mentions that the buffer has the unit of MiB', () => {
    const run = nmcap(['sim:em0', '-B', '1024', '-c', '1']);
    assertTells(run, 0, /-B counts MiB, where tcpdump counts KiB: the buffer has 1024 MiB/);
  });

  it('speaks of no packets where the statistics find no room', () => {
    const run = nmcap(['sim:em0', '-c', '1', '--stats-json', '/dev/full']);
    assertTells(run, 1, /\/dev\/full: the disk is full\n.*free some space/);
    assert.doesNotMatch(run.stderr, /packet/);
  });

  const notRoot = process.getuid?.() !== 0 && 'only root can mount';
  it('reports a read-only file system', { skip: notRoot }, () => {
    const place = temporaryFolder();
    const run = shell(
      `unshare -m bash -c "mount -t tmpfs -o ro tmpfs '${place}' && nmcap sim:em0 -w '${place}/x'"`,
    );
    assertTells(run, 1, /\/x: read-only file system\n.*another file system/);
  });
  it('cuts the file back to its last whole block when the disk is full', { skip: notRoot }, () => {
    const disk = path.join(folder, 'disk');
    const script = path.join(folder, 'fill-disk');
    writeFileSync(
      script,
      `set -e
      mkdir '${disk}'
      mount -t tmpfs -o size=2m tmpfs '${disk}'
      nmcap sim:em0@rate=max -w '${disk}/full.pcapng' || echo "status $?"
      cp '${disk}/full.pcapng' '${folder}'
      rm '${disk}/full.pcapng'
      nmcap sim:em0@rate=max -w - >> '${disk}/appended.pcapng' || echo "status $?"
      cp '${disk}/appended.pcapng' '${folder}'`,
    );
    // A mount in a namespace of its own: nothing is left behind.
    const run = shell(`unshare -m bash '${script}'`);
    assert.equal(run.stdout, 'status 1\nstatus 1\n', run.stderr);
    const appended = path.join(folder, 'appended.pcapng');
    assert.ok(statSync(appended).size > 1_000_000);
    assert.equal(nmcap(['-r', appended, '--count']).status, 0);
    assert.match(run.stderr, /full\.pcapng: the disk is full/);
    const full = path.join(folder, 'full.pcapng');
    assert.ok(statSync(full).size > 1_000_000);
    const packets = tsharkFields(full, 'frame.number').length;
    assert.ok(packets > 1000);
    assert.match(run.stderr, new RegExp(`^ {2}written +- +- +${packets}$`, 'm'));
  });
});

describe("tcpdump's options that change nothing", () => {
  it('are accepted', () => {
    const options = ['-p', '-K', '-N', '-O', '--immediate-mode', '-y', 'EN10MB', '-nn', '-l', '-U'];
    const run = nmcap(['sim:em0', ...options, '-t', '-c', '5']);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, nmcap(['sim:em0', '-t', '-c', '5']).stdout);
  });
});

describe('--quiet', () => {
  it('drops what is said of ports and the statistics, and no error', () => {
    const run = nmcap(['sim:em0', '-c', '3', '--quiet']);
    assert.deepEqual([run.status, run.stderr], [0, '']);
    assert.equal(run.stdout.trim().split('\n').length, 3);
    const refused = shell('nmcap sim:em0 -c 3 --quiet > /dev/full');
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^nmcap: standard output: the disk is full\nnmcap: .*\n$/);
    assertTells(nmcap(['--quiet', 'em0-x']), 2, /bad port name/);
  });
});

describe('nmcap version, and --version -v', () => {
  it('name nmcap, the netmap API, libpcap and Node.js', () => {
    const lines = [
      /^nmcap \d+\.\d+\.\d+$/,
      /^netmap API 14( \(kernel module: \w+ \S+\))?$/,
      /^libpcap \d+\.\d+/,
      /^Node\.js \d+\.\d+\.\d+$/,
    ];
    for (const words of [['version'], ['--version', '-v'], ['-v', '--version']]) {
      const { status, stdout, stderr } = nmcap(words);
      assert.deepEqual([status, stderr], [0, '']);
      const printed = stdout.trimEnd().split('\n');
      assert.equal(printed.length, lines.length, stdout);
      for (const [at, line] of lines.entries()) assert.match(printed[at] ?? '', line);
    }
  });

  it('leave a port of that name to -i', () => {
    const { status, stderr } = nmcap(['version', 'tcp']);
    assert.equal(status, 2);
    assert.match(stderr, /takes no further words\n.*-i version/);
  });
});

describe('--help and --version', () => {
  it('go to standard output', () => {
    const help = nmcap(['--help']);
    assert.equal(help.status, 0);
    assert.equal(help.stderr, '');
    assert.match(help.stdout, /^Usage: nmcap \[options\] PORT \[FILTER/);
    const version = nmcap(['--version']);
    assert.match(version.stdout, /^nmcap \d+\.\d+\.\d+\n$/);
    assert.equal(version.status, 0);
  });
});

/** Shell for a pipe on descriptor 3 whose reader has gone. */
const ABANDONED_PIPE = 'exec 3> >(exec true); wait "$!"';

describe('a few words on standard output', () => {
  const file = path.join(folder, 'few.pcap');
  const words = ['--help', '--version', '--dump-filter tcp', `-r ${file} --count`];

  it('may find no reader', () => {
    nmcap(['sim:em0', '-c', '1', '-w', file]);
    for (const args of words) {
      const run = shell(`${ABANDONED_PIPE}; nmcap ${args} >&3; echo "$?"`);
      assert.deepEqual([run.stdout, run.stderr], ['0\n', ''], args);
    }
  });

  it('may find no room', () => {
    for (const args of words) {
      const run = shell(`nmcap ${args} > /dev/full`);
      assertTells(run, 1, /^nmcap: standard output: the disk is full$/m);
    }
  });

  it('matter more than those on standard error', () => {
    const run = shell(`${ABANDONED_PIPE}; nmcap sim:em0 -c 1 -w '${file}' 2>&3 >&3; echo "$?"`);
    assert.equal(run.stdout, '0\n');
  });
});

describe('colour', () => {
  const coloured = (args: string[], environment: NodeJS.ProcessEnv = {}) =>
    nmcap(['sim:em0', '-c', '5', ...args], environment).stdout.includes('\u001b[');

  it('is for terminals, unless asked for', () => {
    assert.equal(coloured([]), false);
    assert.equal(coloured(['--color', 'always']), true);
    assert.equal(coloured(['--color', 'always'], { NO_COLOR: '1' }), true);
    assert.equal(coloured(['--color', 'never']), false);
  });

  it('respects NO_COLOR on a terminal', () => {
    const onTerminal = (environment: string) =>
      shell(`${environment} script -qec 'nmcap sim:em0 -c 5' /dev/null`).stdout.includes('\u001b[');
    assert.equal(onTerminal('TERM=xterm'), true);
    assert.equal(onTerminal('TERM=xterm NO_COLOR=1'), false);
    assert.equal(onTerminal('TERM=dumb'), false);
  });
});
