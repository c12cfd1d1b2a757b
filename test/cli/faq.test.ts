import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';

import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, type Finished, shell, tsharkFields } from '../support/nmcap.js';

const FAQ = readFileSync(path.resolve(import.meta.dirname, '../../docs/faq.md'), 'utf8');
const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** Frames that pass through a simulated port before its application leaves. */
const COUNT = 4000;

/**
 * What runs instead of what is shown: simulated ports instead of the reader's, and tcpdump instead of
 * programs that these tests cannot install. It reads its input by the same function of libpcap.
 */
const SUBSTITUTES: readonly (readonly [shown: string, run: string])[] = [
  ['nmcap igb0', `nmcap sim:em0@rate=20000,count=${COUNT}`],
  ['nmcap doctor igb0', 'nmcap doctor sim:em0'],
  ['nmcap vale0:vm1', `nmcap sim:vale0:vm1@rate=20000,count=${COUNT}`],
  ['nmcap vale0: ', `nmcap sim:vale0:@rate=20000 -c ${COUNT} `],
  ['suricata -l /var/log/suricata -r /dev/stdin', 'tcpdump -n -r /dev/stdin'],
  ['zeek -C -r -', 'tcpdump -n -r -'],
  ['ntopng -i -', 'tcpdump -n -r -'],
];

/** The lines of all blocks of a language, in the order in which they stand; SQL up to its semicolon. */
const COMMANDS = blocks('sh').flatMap((block) => block.split('\n'));
const [VIEW = '', ...QUERIES] = blocks('sql');

function blocks(language: string): string[] {
  return [...FAQ.matchAll(/^```(\w+)\n([^]*?)\n```$/gm)].flatMap(([, found, block = '']) =>
    found === language ? [block] : [],
  );
}

function runShown(command: string): Finished {
  let adapted = command;
  for (const [shown, run] of SUBSTITUTES) adapted = adapted.replace(shown, run);
  return shell(`cd '${folder}' && { ${adapted}\n}`);
}

const SUMMARY = /^\d\d:\d\d:\d\d\.\d{6} (sim:\S+ )?(In |Out) (IP6?|ARP)/;
const LIBPCAP_LINE = /^\d\d:\d\d:\d\d\.\d{6} (IP6?|ARP)/;

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** A line for each frame, and all of one direction, where one is named. */
function printed(direction?: 'In' | 'Out') {
  return ({ stdout }: Finished) => {
    const lines = linesOf(stdout);
    for (const line of lines) assert.match(line, SUMMARY);
    if (direction === undefined) return;
    assert.ok(lines.length > COUNT / 4 && lines.length < COUNT);
    for (const line of lines) assert.equal(SUMMARY.exec(line)?.[2]?.trim(), direction);
  };
}

/** The directions of a file's packets: 1 is inbound, 2 outbound. */
function directionsOf(name: string): number[] {
  return tsharkFields(file(name), 'frame.packet_flags_direction').map(([value]) => Number(value));
}

function wrote(name: string, directions: readonly number[]) {
  return () => {
    const found = directionsOf(name);
    assert.ok(found.length > COUNT / 4);
    assert.deepEqual([...new Set(found)].toSorted(), directions);
  };
}

function counted(direction: number) {
  return ({ stdout }: Finished) => {
    const count = directionsOf('ips.pcapng').filter((found) => found === direction).length;
    assert.equal(stdout, `${count} packets\n`);
  };
}

function readByLibpcap({ stdout }: Finished): void {
  const lines = linesOf(stdout);
  assert.equal(lines.length, COUNT);
  for (const line of lines) assert.match(line, LIBPCAP_LINE);
}

const CHECKS: Readonly<Record<string, (run: Finished) => void>> = {
  'nmcap doctor igb0': ({ stdout }) => {
    assert.match(stdout, /^ok +netmap-mode +an application has it open$/m);
  },
  'nmcap igb0': printed(),
  "nmcap igb0 'host 192.0.2.80 or (vlan and host 192.0.2.80)'": ({ stdout, stderr }) => {
    assert.match(stderr, /^ {2}seen +\d+ +\d+ +\d+$/m);
    for (const line of linesOf(stdout)) assert.match(line, /192\.0\.2\.80\b/);
  },
  'nmcap igb0 -d tx': printed('Out'),
  'nmcap igb0 -d rx': printed('In'),
  'nmcap igb0 -w ips.pcapng --duration 10': wrote('ips.pcapng', [1, 2]),
  'nmcap -r ips.pcapng outbound': printed('Out'),
  'nmcap -r ips.pcapng --count inbound': counted(1),
  'nmcap -r ips.pcapng --count outbound': counted(2),
  'nmcap -D': ({ stdout }) => {
    assert.match(stdout, /^NAME .*\n([^]*\n)?sim:vale0:a /);
  },
  'nmcap vale0:vm1': printed(),
  'nmcap vale0: --reattach -w switch.pcapng': () => {
    const ports = tsharkFields(file('switch.pcapng'), 'frame.interface_name').flat();
    assert.equal(ports.length, COUNT);
    assert.deepEqual([...new Set(ports)].toSorted(), ['sim:vale0:a', 'sim:vale0:peer']);
  },
  'nmcap vale0: -d tx -w sent.pcapng': wrote('sent.pcapng', [2]),
  'nmcap igb0 -w out.pcapng --stats-json stats.json': wrote('out.pcapng', [1, 2]),
  "jq '[.interfaces[].rings[] | .in.discarded + .out.discarded] | add' stats.json": ({
    stdout,
  }) => {
    assert.equal(stdout, '0\n');
  },
  "jq '[.interfaces[].rings[] | .in.ring_full + .out.ring_full] | add' stats.json": ({
    stdout,
  }) => {
    // How often depends on how busy this machine is.
    assert.match(stdout, /^\d+\n$/);
  },
  "nmcap -r out.pcapng --fields frame.number,comment | awk 'NF > 1'": ({ stdout }) => {
    const rows = tsharkFields(file('out.pcapng'), 'frame.number', 'frame.comment');
    const commented = rows.filter(([, comment]) => comment !== '');
    assert.deepEqual(
      linesOf(stdout),
      commented.map((row) => row.join('\t')),
    );
  },
  'nmcap igb0 -z -w out.pcapng': wrote('out.pcapng', [1, 2]),
  'nmcap igb0 -c 4000 --fields frame.time_epoch | uniq -c | sort -rn | head -n 5': ({ stdout }) => {
    const lines = linesOf(stdout);
    assert.equal(lines.length, 5);
    const counts = lines.map((line) => Number(/^ *(\d+) \d+\.\d{9}$/.exec(line)?.[1]));
    // At 20,000 frames a second, a burst of the simulation has two.
    assert.ok(counts.every((count) => count >= 2) && counts[0] === Math.max(...counts), stdout);
  },
  'nmcap igb0 --format pcap -w - | suricata -l /var/log/suricata -r /dev/stdin': readByLibpcap,
  'nmcap igb0 --format pcap -w - | zeek -C -r -': readByLibpcap,
  'nmcap igb0 --format pcap -w - | ntopng -i -': readByLibpcap,
  "nmcap igb0 -w 'minute-%H%M.pcap' -G 60 --align --keep 60 --on-rotate ./analyse": () => {
    const counts = linesOf(readFileSync(file('analysed'), 'utf8')).map(Number);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      COUNT,
    );
  },
  "nmcap igb0 --json --output 'igb0-%F-%H.json.gz' -G 3600 --align --keep 24": () => {
    assert.equal(day().length, COUNT);
  },
  'nmcap -r ips.pcapng --json --output ips.json.gz': () => {
    const text = gunzipSync(readFileSync(file('ips.json.gz'))).toString();
    assert.equal(linesOf(text).length, directionsOf('ips.pcapng').length);
  },
  'nmcap igb0 -d rx -w rx.pcapng': wrote('rx.pcapng', [1]),
};

interface Packet {
  time: string;
  direction: string;
  length: number;
  layers: {
    ip?: { src: string };
    dns?: { flags: { response: boolean }; qry?: { name: string }[] };
  }[];
}

/** The packets of the files that the queries read. */
function day(): Packet[] {
  return readdirSync(folder)
    .filter((name) => /^igb0-\d.*\.json\.gz$/.test(name))
    .flatMap((name) => linesOf(gunzipSync(readFileSync(file(name))).toString()))
    .map((line) => JSON.parse(line) as Packet);
}

/** A sum for each key, without keys that are undefined. */
function sums<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
  of: (item: T) => number,
): [string, number][] {
  const found = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) found.set(key, (found.get(key) ?? 0) + of(item));
  }
  return [...found].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** What the queries answer, by another way, in the order in which they stand. */
const ANSWERS: readonly (() => unknown[][])[] = [
  () => {
    const frames = new Map(
      sums(
        day(),
        ({ direction }) => direction,
        () => 1,
      ),
    );
    const bytes = sums(
      day(),
      ({ direction }) => direction,
      ({ length }) => length,
    );
    return bytes
      .map(([direction, sum]) => [direction, frames.get(direction), sum])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  },
  () => {
    const layers = day().flatMap(({ length, layers }) =>
      layers.map((layer) => ({ length, layer })),
    );
    return sums(
      layers,
      ({ layer }) => layer.ip?.src,
      ({ length }) => length,
    ).slice(0, 5);
  },
  () => {
    const dns = day().flatMap(({ layers }) => layers.flatMap((layer) => layer.dns ?? []));
    const queries = dns.filter(({ flags }) => !flags.response);
    return sums(
      queries,
      ({ qry }) => qry?.[0]?.name,
      () => 1,
    );
  },
  () =>
    sums(
      day(),
      ({ time }) => `${time.slice(0, 16).replace('T', ' ')}:00`,
      ({ length }) => length,
    ),
];

/** DuckDB's package has no binary for FreeBSD. */
const NO_DUCKDB = process.platform !== 'linux' && `no DuckDB for ${process.platform}`;

describe('docs/faq.md', () => {
  before(() => {
    writeFileSync(file('analyse'), '#!/bin/sh\ntcpdump -n -r "$1" | wc -l >> analysed\n', {
      mode: 0o755,
    });
  });

  it('has only commands and queries that run here', () => {
    assert.deepEqual([...new Set(COMMANDS)].toSorted(), Object.keys(CHECKS).toSorted());
    assert.equal(QUERIES.length, ANSWERS.length);
    const languages = [...FAQ.matchAll(/^```(\w*)$/gm)].map(([, language]) => language);
    assert.deepEqual([...new Set(languages)].toSorted(), ['', 'sh', 'sql']);
  });

  it('has substitutes only for what it shows', () => {
    for (const [shown] of SUBSTITUTES) assert.ok(COMMANDS.some((line) => line.includes(shown)));
  });

  for (const command of COMMANDS) {
    it(`shows what runs: ${command}`, () => {
      const run = runShown(command);
      const leaves = run.stderr.includes('left netmap mode') && !command.includes('|');
      assert.equal(run.status, leaves ? APPLICATION_LEFT : 0, run.stderr);
      CHECKS[command]?.(run);
    });
  }

  describe('in DuckDB', { skip: NO_DUCKDB }, () => {
    let database: DuckDBInstance;
    let connection: DuckDBConnection;

    before(async () => {
      const { DuckDBInstance } = await import('@duckdb/node-api');
      database = await DuckDBInstance.create();
      connection = await database.connect();
      await connection.run(`SET file_search_path = '${folder}'`);
      await connection.run(VIEW);
    });
    after(() => {
      connection.closeSync();
      database.closeSync();
    });

    for (const [i, query] of QUERIES.entries()) {
      it(`asks DuckDB: ${query.split('\n')[0] ?? ''}`, async () => {
        const answer = await connection.runAndReadAll(query);
        // Sums and counts are of types that JSON has only as text.
        const isNumber = (cell: unknown) => typeof cell === 'string' && /^\d+$/.test(cell);
        const rows = answer
          .getRowsJson()
          .map((row) => row.map((cell) => (isNumber(cell) ? Number(cell) : cell)));
        const expected = ANSWERS[i]?.() ?? [];
        assert.ok(expected.length > 0);
        assert.deepEqual(rows, expected);
      });
    }
  });
});
