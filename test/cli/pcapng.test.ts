import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, shell, tsharkFields } from '../support/nmcap.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

/** The direction of each packet as tshark reads it: 1 inbound, 2 outbound. */
function directions(name: string): number[] {
  return tsharkFields(name, 'frame.packet_flags_direction').map(([direction]) => Number(direction));
}

function statistics(stderr: string, row: string): number[] {
  const line = stderr.split('\n').find((candidate) => candidate.trim().startsWith(row));
  assert.ok(line !== undefined, `no row '${row}' in:\n${stderr}`);
  return line.trim().slice(row.length).trim().split(/\s+/).map(Number);
}

describe('nmcap -w', () => {
  it('writes what the application sends, tagged outbound', () => {
    const out = file('tx.pcapng');
    const run = nmcap(['sim:em0@rate=max', '-d', 'tx', '-w', out, '-c', '1000']);
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(directions(out), Array<number>(1000).fill(2));
    assert.deepEqual(statistics(run.stderr, 'written'), [0, 1000, 1000]);
  });

  it('writes what it receives, tagged inbound', () => {
    const out = file('rx.pcapng');
    assert.equal(nmcap(['sim:em0', '-Q', 'in', '-w', out, '-c', '500']).status, 0);
    assert.deepEqual(directions(out), Array<number>(500).fill(1));
  });

  it('writes both directions', () => {
    const out = file('both.pcapng');
    assert.equal(nmcap(['sim:em0', '-w', out, '-c', '200']).status, 0);
    const found = directions(out);
    assert.equal(found.length, 200);
    assert.deepEqual(new Set(found), new Set([1, 2]));
  });

  it('writes what a zero-copy monitor sees, and only the wanted direction of it', () => {
    const both = file('zero.pcapng');
    assert.equal(nmcap(['sim:em0', '-z', '-w', both, '-c', '200']).status, 0);
    assert.deepEqual(new Set(directions(both)), new Set([1, 2]));
    const sent = file('zero-tx.pcapng');
    assert.equal(nmcap(['sim:em0/zt', '-w', sent, '-c', '200']).status, 0);
    assert.deepEqual(directions(sent), Array<number>(200).fill(2));
  });

  it('names the ring if there are several', () => {
    const out = file('rings.pcapng');
    assert.equal(nmcap(['sim:em0@rings=2', '-w', out, '-c', '400']).status, 0);
    const queues = tsharkFields(out, 'frame.interface_queue').map(([queue]) => queue);
    assert.deepEqual(new Set(queues), new Set(['0', '1']));
    const one = file('one-ring.pcapng');
    assert.equal(nmcap(['sim:em0', '-w', one, '-c', '10']).status, 0);
    assert.deepEqual(new Set(tsharkFields(one, 'frame.interface_queue').flat()), new Set(['']));
  });

  it('watches one ring of several', () => {
    const out = file('second-ring.pcapng');
    const run = nmcap(['sim:em0-1@rings=2', '-w', out, '-c', '100']);
    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stderr, /copy netmap monitor, ring 1,/);
  });

  for (const port of ['vale0:a', 'em0{1', 'vale0:a}1']) {
    it(`watches the simulated ${port}`, () => {
      const out = file('other.pcapng');
      const run = nmcap([`sim:${port}@rate=max`, '-w', out, '-c', '300', 'ip']);
      assert.equal(run.status, 0, run.stderr);
      const rows = tsharkFields(out, 'frame.packet_flags_direction', 'eth.src');
      assert.equal(rows.length, 300);
      for (const [direction, source] of rows) {
        assert.equal(source === '02:00:00:00:00:0a', Number(direction) === 2);
      }
    });
  }

  it('watches several ports at once, each an interface of the file', () => {
    const out = file('several.pcapng');
    const ports = ['-i', 'sim:em0', '-i', 'sim:vale0:a', '-i', 'sim:em1@rings=2'];
    const run = nmcap([...ports, '-w', out, '--print', '-c', '300']);
    assert.equal(run.status, 0, run.stderr);
    const names = tsharkFields(out, 'frame.interface_name').flat();
    assert.equal(names.length, 300);
    assert.deepEqual(new Set(names), new Set(['sim:em0', 'sim:vale0:a', 'sim:em1@rings=2']));
    const printed = run.stdout
      .trim()
      .split('\n')
      .map((line) => /^\S+ (\S+) +(?:In|Out) /.exec(line)?.[1]);
    assert.deepEqual(printed, names);
    assert.match(shell(`capinfos '${out}'`).stdout, /Number of interfaces in file: 3/);
  });

  it('joins the slots of a jumbo frame into one packet of its full length', () => {
    const out = file('jumbo.pcapng');
    const run = nmcap(['sim:em0', '-w', out, '-c', '2', 'greater 9000']);
    assert.equal(run.status, 0, run.stderr);
    const rows = tsharkFields(out, 'frame.len', 'frame.cap_len', 'ip.len', '_ws.malformed');
    assert.equal(rows.length, 2);
    for (const [length, captured, ip, malformed] of rows) {
      assert.equal(length, '9014');
      assert.equal(captured, '9014');
      assert.equal(ip, '9000');
      assert.equal(malformed, '');
    }
  });

  it('keeps only what the filter passes, and counts the rest as seen', () => {
    const out = file('filter.pcapng');
    const run = nmcap(['sim:em0@rate=max', '-w', out, '-c', '100', 'tcp', 'port', '80']);
    assert.equal(run.status, 0, run.stderr);
    const rows = tsharkFields(out, 'tcp.port');
    assert.equal(rows.length, 100);
    for (const [ports = ''] of rows) assert.ok(ports.split(',').includes('80'), ports);
    const [, , seen = 0] = statistics(run.stderr, 'seen');
    const [, , passed = 0] = statistics(run.stderr, 'passed');
    assert.equal(passed, 100);
    assert.ok(seen > 100);
  });

  it('runs the filter on the whole frame before the snapshot length cuts it', () => {
    const out = file('snap.pcapng');
    // Byte 8000 of the jumbo frames is far beyond what is kept.
    const args = ['sim:em0', '-s', '64', '-w', out, '-c', '2', 'ether[8000] >= 0'];
    assert.equal(nmcap(args).status, 0);
    assert.deepEqual(tsharkFields(out, 'frame.cap_len', 'frame.len'), [
      ['64', '9014'],
      ['64', '9014'],
    ]);
  });

  it('describes the interface', () => {
    const out = file('described.pcapng');
    assert.equal(nmcap(['sim:em0', '-d', 'tx', '-w', out, '-c', '1', 'ip']).status, 0);
    assert.deepEqual(tsharkFields(out, 'frame.interface_name', 'frame.interface_description'), [
      ['sim:em0', 'copy netmap monitor, ring 0, tx only'],
    ]);
    const { stdout } = shell(`capinfos '${out}'`);
    assert.match(stdout, /Capture application:\s+nmcap \d/);
    assert.match(stdout, /Time precision = microseconds/);
    assert.match(stdout, /Filter string = ip/);
    assert.match(stdout, /Number of stat entries = 1/);
  });

  it('writes to a pipe that tshark reads', () => {
    const run = shell(
      'nmcap sim:em0@rate=max -w - -c 300 | tshark -n -r - -T fields -e frame.number',
    );
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout.trim().split('\n').length, 300);
  });

  it('prints too with --print', () => {
    const out = file('printed.pcapng');
    const run = nmcap(['sim:em0', '-w', out, '--print', '-c', '7']);
    assert.equal(run.stdout.trim().split('\n').length, 7);
    assert.equal(tsharkFields(out, 'frame.number').length, 7);
  });

  it('sends the frames of a file again, with their directions', () => {
    const first = file('first.pcapng');
    const again = file('again.pcapng');
    assert.equal(nmcap(['sim:em0', '-w', first, '-c', '150']).status, 0);
    const run = nmcap([`sim:em0@rate=max,replay=${first}`, '-w', again]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    assert.match(run.stderr, /left netmap mode/);
    const fields = ['frame.packet_flags_direction', 'frame.len', 'ip.id', 'eth.src'];
    assert.deepEqual(tsharkFields(again, ...fields), tsharkFields(first, ...fields));
  });

  it('repeats itself for the same seed, and differs for another', () => {
    const contents = (seed: number) => {
      const out = file(`seed-${seed}.pcapng`);
      assert.equal(nmcap([`sim:em0@seed=${seed}`, '-w', out, '-c', '100']).status, 0);
      return tsharkFields(out, 'frame.len', 'ip.id', 'udp.port', 'tcp.port');
    };
    assert.deepEqual(contents(7), contents(7));
    assert.notDeepEqual(contents(7), contents(8));
  });
});
