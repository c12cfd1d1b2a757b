import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, type Finished, nmcap, shell, tsharkFields } from '../support/nmcap.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const textOf = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

/** The fenced blocks of a Markdown file whose first line looks so. */
function blocks(name: string, first: RegExp): string[] {
  return [...textOf(name).matchAll(/^```.*\n([^]*?)\n```$/gm)]
    .map(([, block = '']) => block)
    .filter((block) => first.test(block));
}

/** Every command that is shown, as a person would type it where nmcap is installed. */
function shownCommands(): Set<string> {
  const lines = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, command = '']) => command.trimEnd());
  return new Set([
    ...blocks('README.md', /^nmcap/).flatMap((block) => lines(block, /^(.*?)(?: # .*)?$/gm)),
    ...blocks('docs/stats-json.md', /^nmcap/),
    ...lines(textOf('man/nmcap.1'), /^\.Dl (.*)$/gm),
    ...lines(nmcap(['--help']).stdout, /^ {2}(nmcap .*?)(?= {2,})/gm),
  ]);
}

/** As shown, but on simulated ports until the application leaves, and with Wireshark without a window. */
function runShown(command: string): Finished {
  const adapted = command
    .replace(/ (em0|vale0:a)(-0)?(?= |$)/, ' sim:$1$2@rate=20000,count=4000')
    .replace(' vale0: ', ' sim:vale0:@rate=20000 -c 4000 ')
    .replace('rate=max,', 'rate=max,count=4000,')
    .replace('wireshark -k -i -', 'tshark -r -')
    // test/cli/ssh.test.ts does that.
    .replace(/^ssh fw /, '');
  // Not in the home of who runs the tests.
  return shell(`cd '${folder}' && export HOME='${folder}' && { ${adapted}\n}`);
}

/** Lines that all look so, and how many. */
function assertLines(text: string, pattern: RegExp, count?: number): void {
  const lines = text.split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, pattern);
  if (count === undefined) assert.ok(lines.length > 10, text);
  else assert.equal(lines.length, count);
}

const TIME = String.raw`\d\d:\d\d:\d\d\.\d{6}`;
const SUMMARY = new RegExp(`^${TIME} (In |Out) (IP6?|ARP)`);
const RFC3339 = String.raw`\d{4}-\d\d-\d\dT${TIME}Z`;

/** How many of a file's packets have that direction. */
function packetsOf(name: string, direction: number): number {
  const rows = tsharkFields(file(name), 'frame.packet_flags_direction');
  return rows.filter(([value]) => Number(value) === direction).length;
}

/** In the order in which they stand: some read what others have written. */
const EXAMPLES: Record<string, (run: Finished) => void> = {
  'nmcap em0': ({ stdout }) => {
    assertLines(stdout, SUMMARY, 4000);
  },
  'nmcap em0 -d tx -w out.pcapng': ({ stdout }) => {
    assert.equal(stdout, '');
    const directions = tsharkFields(file('out.pcapng'), 'frame.packet_flags_direction');
    assert.ok(directions.length > 1000);
    assert.ok(directions.every(([direction]) => Number(direction) === 2));
  },
  'nmcap vale0:a -w - | wireshark -k -i -': ({ stdout }) => {
    assertLines(stdout, /^ *\d+ +\d+\.\d{6} /, 4000);
  },
  'ssh fw nmcap em0 -w - | wireshark -k -i -': ({ stdout }) => {
    assertLines(stdout, /^ *\d+ +\d+\.\d{6} /, 4000);
  },
  'nmcap extcap install': ({ stdout }) => {
    assert.match(stdout, /^\/.*\/extcap\/nmcap -> \/.*\/bin\/nmcap\n$/);
  },
  'nmcap vale0: --reattach -w all.pcapng': ({ stdout }) => {
    assert.equal(stdout, '');
    const ports = tsharkFields(file('all.pcapng'), 'frame.interface_name').map(([name]) => name);
    assert.equal(ports.length, 4000);
    assert.deepEqual([...new Set(ports)].sort(), ['sim:vale0:a', 'sim:vale0:peer']);
  },
  "nmcap em0-0 -c 100 'tcp port 80'": ({ stdout }) => {
    assertLines(stdout, /(In |Out) IP.*\.80[ :].*Flags/, 100);
  },
  "nmcap -r out.pcapng -w dns.pcap 'port 53'": ({ stdout }) => {
    assert.equal(stdout, '');
    const read = shell(`tcpdump -nr '${file('dns.pcap')}'`);
    assertLines(read.stdout, /^\S+ IP6?.*\.53[ :]/);
  },
  "nmcap em0 -w reset.pcapng -B 1024 --before 30 --trigger 'tcp[tcpflags] & tcp-rst != 0'": ({
    stdout,
    stderr,
  }) => {
    assert.equal(stdout, '');
    const [, written, passedOver] = /written .* (\d+)\n {2}passed over .* (\d+)/.exec(stderr) ?? [];
    assert.equal(Number(written) + Number(passedOver), 4000);
  },
  "nmcap em0 -w 'em0-%F-%H.pcapng.zst' -G 3600 --align --keep 48": ({ stdout }) => {
    assert.equal(stdout, '');
    const hours = readdirSync(folder).filter((name) => /^em0-[\d-]{13}\.pcapng\.zst$/.test(name));
    const counts = hours.map((name) => tsharkFields(file(name), 'frame.number').length);
    // There are two where an hour has just begun.
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      4000,
    );
  },
  'nmcap sim:em0@rate=max,length=60 -w /dev/null': ({ stderr }) => {
    assert.match(stderr, /^ {2}sent \(total\) +\d+ +\d+ +4000$/m);
  },
  'nmcap em0 --json | jq -c \'select(.direction == "out" and .length > 1000) | {time, summary}\'':
    ({ stdout }) => {
      assertLines(stdout, new RegExp(`^{"time":"${RFC3339}","summary":"IP.*length \\d{3}`));
    },
  "nmcap em0 -c 1000 --json udp dst port 53 | jq -r '.layers[].dns.qry[0].name // empty' | sort | uniq -c":
    ({ stdout }) => {
      assertLines(stdout, /^ *\d+ \w+\.example\.\w+$/);
    },
  "nmcap em0 --fields time,ip.src,ip.dst,tcp.dstport 'tcp[tcpflags] == tcp-syn'": ({ stdout }) => {
    assertLines(stdout, new RegExp(`^${RFC3339}\t[\\d.]{7,}\t[\\d.]{7,}\t80$`));
  },
  'nmcap em0 --header --fields frame.time_epoch,ip.addr,tcp.port tcp': ({ stdout }) => {
    const [header, ...rows] = stdout.split('\n');
    assert.equal(header, 'frame.time_epoch\tip.addr\ttcp.port');
    assertLines(rows.join('\n'), /^\d+\.\d{9}\t([\d.]+,[\d.]+)?\t\d+,\d+$/);
  },
  "nmcap em0 -w out.pcapng --stats-json stats.json\njq '[.interfaces[].rings[] | .in.discarded + .out.discarded] | add' stats.json":
    ({ stdout }) => {
      assert.equal(stdout, '0\n');
    },
  "nmcap em0 -w out.pcapng --stats 10 --stats-json stats.json\ntail -n 1 stats.json | jq .written\njq -r '[.time, ([.interfaces[].rings[].in.bytes] | add)] | @tsv' stats.json":
    ({ stdout }) => {
      assert.match(stdout, new RegExp(`^4000\n${RFC3339}\t[1-9]\\d+\n$`));
    },
  'nmcap em0 -w ring.pcapng -b filesize:100000 -b files:10': ({ stdout }) => {
    assert.equal(stdout, '');
    const [name = '', ...others] = readdirSync(folder).filter((entry) =>
      entry.startsWith('ring_00001_'),
    );
    assert.deepEqual(others, []);
    assert.equal(tsharkFields(file(name), 'frame.number').length, 4000);
  },
  'nmcap em0 -w ips.pcapng --duration 10': ({ stdout }) => {
    assert.equal(stdout, '');
    assert.equal(tsharkFields(file('ips.pcapng'), 'frame.number').length, 4000);
  },
  'nmcap -r ips.pcapng --count inbound': ({ stdout }) => {
    assert.equal(stdout, `${packetsOf('ips.pcapng', 1)} packets\n`);
  },
  'nmcap -r ips.pcapng --count outbound': ({ stdout }) => {
    assert.equal(stdout, `${packetsOf('ips.pcapng', 2)} packets\n`);
  },
  "nmcap -r ips.pcapng --fields frame.number,comment | awk 'NF > 1'": ({ stdout }) => {
    // Whether frames are missing depends on how busy this machine is.
    const comments = tsharkFields(file('ips.pcapng'), 'frame.number', 'frame.comment');
    const lines = comments.filter(([, comment]) => comment !== '').map((row) => row.join('\t'));
    assert.deepEqual(stdout.split('\n').slice(0, -1), lines);
  },
  "nmcap -r ips.pcapng --fields frame.len,ip.src | awk 'NF > 1 { n[$2] += $1 } END { for (a in n) print n[a], a }' | sort -rn | head -n 5":
    ({ stdout }) => {
      const sums = new Map<string, number>();
      for (const [source = '', length] of tsharkFields(file('ips.pcapng'), 'ip.src', 'frame.len')) {
        if (source !== '') sums.set(source, (sums.get(source) ?? 0) + Number(length));
      }
      const most = [...sums].toSorted(([, a], [, b]) => b - a).slice(0, 5);
      assert.deepEqual(
        stdout.split('\n').slice(0, -1),
        most.map(([source, sum]) => `${sum} ${source}`),
      );
    },
  "nmcap em0 --fields time,dns.qry.name,dns.flags.rcode 'udp src port 53 and udp[11] & 15 != 0'": ({
    stdout,
  }) => {
    assertLines(stdout, new RegExp(`^${RFC3339}\t[\\w.]+\t[1-9]$`));
  },
  'nmcap -D': ({ stdout }) => {
    assert.match(stdout, /^NAME .*\n([^]*\n)?sim:em0 /);
  },
  'nmcap doctor em0': ({ stdout }) => {
    assert.match(stdout, /^ok +netmap-mode +an application has it open$/m);
  },
  'nmcap sim:em0 -c 20': ({ stdout }) => {
    assertLines(stdout, SUMMARY, 20);
  },
  'nmcap -r out.pcapng tcp port 80': ({ stdout }) => {
    assertLines(stdout, /(In |Out) IP6?.*\.80[ :].*Flags/);
  },
  'nmcap vale0:a -w - | tshark -r -': ({ stdout }) => {
    assertLines(stdout, /^ *\d+ +\d+\.\d{6} /, 4000);
  },
  'nmcap em0 --fields time,ip.addr': ({ stdout }) => {
    assertLines(stdout, new RegExp(`^${RFC3339}\t([\\d.]+,[\\d.]+)?$`), 4000);
  },
};

describe('the examples in README.md, docs, manual and help', () => {
  it('are all run here', () => {
    assert.deepEqual([...shownCommands()].toSorted(), Object.keys(EXAMPLES).toSorted());
  });

  for (const [command, check] of Object.entries(EXAMPLES)) {
    it(`do what is said: ${command}`, () => {
      const run = runShown(command);
      // The application of a simulated port leaves; but a pipe's status is its last command's.
      const leaves = run.stderr.includes('left netmap mode') && !command.includes('|');
      assert.equal(run.status, leaves ? APPLICATION_LEFT : 0, run.stderr);
      check(run);
    });
  }

  it('print what README.md shows', () => {
    const [shown = ''] = blocks('README.md', /^\$ nmcap/);
    const [prompt = '', ...expected] = shown.split('\n');
    const { stdout, stderr } = shell(prompt.replace('$ ', ''));
    const [port = '', ...accounts] = stderr.trimEnd().split('\n');
    // What follows a moment later: the time, and how much the application has sent by then.
    const steady = (lines: string[]) =>
      lines.map((line) =>
        line.replace(new RegExp(`^${TIME}`), '').replace(/(sent \(total\)).*/, '$1'),
      );
    const printed = [port, ...stdout.trimEnd().split('\n'), ...accounts];
    assert.deepEqual(steady(printed), steady(expected));
  });

  it('print the object of docs/json.md', () => {
    const [block = ''] = blocks('docs/json.md', /^{/);
    const [, command = ''] = /`(nmcap sim:.*?)`/.exec(textOf('docs/json.md')) ?? [];
    const time = /"time": ?"[^"]*"/;
    const printed = shell(command).stdout.trimEnd().replace(time, '');
    assert.equal(printed, JSON.stringify(JSON.parse(block)).replace(time, ''));
  });

  it('print the port of docs/json.md', () => {
    const [, block = ''] = blocks('docs/json.md', /^{/);
    const line = `${JSON.stringify(JSON.parse(block))}\n`;
    assert.ok(nmcap(['-D', '--json']).stdout.includes(line));
  });

  it('print what docs/summaries.md shows', () => {
    const [shown = ''] = blocks('docs/summaries.md', /^\$ nmcap/);
    const [prompt = '', ...expected] = shown.split('\n');
    const without = (lines: string[]) => lines.map((line) => line.replace(/^\S+/, ''));
    const { stdout } = shell(prompt.replace('$ ', ''));
    assert.deepEqual(without(stdout.trimEnd().split('\n')), without(expected));
  });
});
