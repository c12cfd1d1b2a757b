import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap, shell, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();

/** Lines of a program's output. */
function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

describe('--json and --fields', () => {
  it('print while the file is written: the same packets, in the same order', () => {
    const file = path.join(folder, 'both.pcapng');
    const run = nmcap(['sim:em0@rate=max', '-c', '200', '--json', '-w', file]);
    assert.equal(run.status, 0, run.stderr);
    const printed = lines(run.stdout).map((line) => JSON.parse(line) as Record<string, unknown>);
    const rows = tsharkFields(
      file,
      ...['frame.time_epoch', 'frame.interface_name', 'frame.packet_flags_direction', 'frame.len'],
    );
    assert.equal(rows.length, 200);
    assert.deepEqual(
      printed.map(({ time, interface: name, direction, length }) => [
        Date.parse(String(time)),
        name,
        direction,
        length,
      ]),
      rows.map(([time, name, direction, length]) => [
        Math.floor(Number(time) * 1000),
        name,
        Number(direction) === 1 ? 'in' : 'out',
        Number(length),
      ]),
    );
  });

  const WIRESHARK = [
    ...['frame.number', 'frame.time_epoch', 'frame.time_delta', 'frame.time_relative'],
    ...['frame.len', 'frame.cap_len', 'frame.interface_name', 'frame.interface_queue'],
    ...['eth.addr', 'ip.addr', 'ip.src', 'ip.host', 'ipv6.addr', 'tcp.port', 'udp.port', 'dns.a'],
    ...['dns.aaaa', 'tcp.flags.syn', 'http.request.uri'],
  ];
  it("take Wireshark's names and print what tshark prints, header and all", () => {
    const file = path.join(folder, 'names.pcapng');
    nmcap(['sim:em0@rate=max,rings=2', '-c', '500', '-w', file]);
    const ours = nmcap(['-r', file, '--header', '--fields', WIRESHARK.join(',')]);
    const theirs = shell(
      `tshark -n -r '${file}' -T fields -E header=y ${WIRESHARK.map((name) => `-e ${name}`).join(' ')}`,
    );
    assert.equal(ours.stdout, theirs.stdout);
    assert.equal(ours.stdout.split('\n').length, 502);
  });

  it('print the time of a frame as RFC 3339 has it, and its direction as a number', () => {
    const fields = 'time,frame.time,frame.time_utc,direction,frame.packet_flags_direction';
    const run = nmcap(['sim:em0@rate=max', '-c', '20', '--fields', fields]);
    for (const line of lines(run.stdout)) {
      const [time, again, utc, direction, number] = line.split('\t');
      assert.match(time ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      assert.deepEqual([again, utc], [time, time]);
      assert.equal(number, direction === 'in' ? '1' : '2');
    }
  });

  it('have a header in every file, and where no packet follows', () => {
    const none = nmcap(['sim:em0@count=10', '--header', '--fields', 'ip.addr,time', 'port', '1']);
    assert.equal(none.stdout, 'ip.addr\ttime\n');
    const rotated = path.join(folder, 'rotated.tsv');
    const args = ['--fields', 'frame.number,ip.addr', '--header', '--output', rotated, '-C', '2K'];
    assert.equal(nmcap(['sim:em0@rate=max', '-c', '200', ...args]).status, 0);
    const files = readdirSync(folder).filter((name) => name.startsWith('rotated_'));
    assert.ok(files.length > 1);
    const numbers = files.toSorted().flatMap((name) => {
      const [header, ...rows] = lines(readFileSync(path.join(folder, name), 'utf8'));
      assert.equal(header, 'frame.number\tip.addr');
      return rows.map((row) => Number(row.split('\t')[0]));
    });
    assert.deepEqual(
      numbers,
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
  });

  it('go with filters, directions, snapshot lengths and -c', () => {
    const run = nmcap(
      ['sim:em0@rate=max', '-d', 'tx', '-s', '20', '-c', '3'].concat(
        ...['--fields', 'direction,captured,length,summary', 'udp', 'port', '53'],
      ),
    );
    assert.equal(run.status, 0, run.stderr);
    assert.equal(lines(run.stdout).length, 3);
    for (const line of lines(run.stdout)) assert.match(line, /^out\t20\t\d\d\tIP {2}\[\|ip\]$/);
  });

  it('name the ring of a port that has several', () => {
    const run = nmcap(['sim:em0@rings=2', '-c', '50', '--fields', 'ring']);
    assert.deepEqual(new Set(lines(run.stdout)), new Set(['0', '1']));
  });

  it('are never coloured', () => {
    for (const format of ['--json', '--fields=summary']) {
      const run = nmcap(['sim:em0', '-c', '5', '--color', 'always', format]);
      assert.match(run.stdout, /^[\x20-\x7e\n]+$/);
    }
  });

  it('explain what is wrong with a list of fields', () => {
    const unknown = nmcap(['sim:em0', '--fields', 'time,ip.scr']);
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /no field 'ip\.scr'\n.*similar names: ip\.src;/);
    const group = nmcap(['sim:em0', '--fields', 'tcp.flags']);
    assert.equal(group.status, 2);
    assert.match(group.stderr, /tcp\.flags\.ack, .*tcp\.flags\.syn/);
    const both = nmcap(['sim:em0', '--fields', 'time', '--json']);
    assert.equal(both.status, 2);
    assert.match(both.stderr, /--json' cannot be used with/);
    const standardOutput = nmcap(['sim:em0', '--json', '-w', '-']);
    assert.equal(standardOutput.status, 2);
    assert.match(standardOutput.stderr, /cannot both go to standard output/);
  });
});
