import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { filesOf, newFolderIn, temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap, type Running, startNmcap } from '../support/nmcap.js';
import { readLoad, SequenceCheck } from '../support/sequence.js';
import { readBlocks } from '../support/statistics.js';
import { until } from '../support/until.js';

const folder = temporaryFolder();

/** In frames of the simulation's load: the lower half of their number, which counts by direction. */
const NUMBER = 'ether[46:4]';

interface Packet {
  readonly interfaceId: number;
  readonly stream: string;
  readonly number: number;
  /** Microseconds since 1970. */
  readonly time: number;
  readonly comment: string | undefined;
}

const newFolder = (name: string) => newFolderIn(folder, name);

async function packetsOf(file: string): Promise<Packet[]> {
  const packets: Packet[] = [];
  await readLoad(file, ({ interfaceId, seconds, nanoseconds, comment }, number, stream) => {
    const time = seconds * 1e6 + Math.floor(nanoseconds / 1000);
    packets.push({ interfaceId, stream, number, time, comment });
  });
  return packets;
}

/** Numbers that are not there between two that are. */
function missingAmong(packets: readonly Packet[]): number {
  const next = new Map<string, number>();
  let missing = 0;
  for (const { stream, number } of packets) {
    missing += number - (next.get(stream) ?? number);
    next.set(stream, number + 1);
  }
  return missing;
}

/** Every packet is in one file at most. */
async function checkOnce(files: readonly string[]): Promise<number> {
  const sequence = new SequenceCheck();
  for (const file of files) await sequence.add(file);
  return sequence.packets;
}

/** The file is complete by itself, with statistics that are those of its packets. */
function checkStatistics(file: string, interfaces = 1): void {
  const { types, statistics } = readBlocks(readFileSync(file));
  assert.deepEqual(types.slice(1, 1 + interfaces), Array<number>(interfaces).fill(1), file);
  assert.deepEqual(types.slice(-interfaces), Array<number>(interfaces).fill(5), file);
  const packets = types.filter((type) => type === 6).length;
  const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0);
  assert.equal(sum(statistics.map(({ delivered }) => delivered)), packets, file);
  assert.equal(sum(statistics.map(({ accepted }) => accepted)), packets, file);
  assert.equal(sum(statistics.map(({ received }) => received)), packets, file);
}

/** A row's total in the table that a capture ends with. */
function row(stderr: string, label: string): number {
  return Number(new RegExp(`^ {2}${label} .*?(\\d+)$`, 'm').exec(stderr)?.[1] ?? NaN);
}

async function armed(args: string[]): Promise<Running> {
  const running = startNmcap(args);
  await until(() => running.stderr().includes('armed: nothing is written'), running.stderr);
  return running;
}

const count = (text: string, word: string) => text.split(word).length - 1;

/** Triggers by a signal, and waits for the end of the file. */
async function triggerOnce({ process: child, stderr }: Running): Promise<void> {
  const before = count(stderr(), 'armed again');
  child.kill('SIGUSR2');
  await until(() => count(stderr(), 'armed again') > before, stderr);
}

async function end(running: Running): Promise<string> {
  running.process.kill('SIGINT');
  assert.equal(await running.ended(), 0, running.stderr());
  const table = running.stderr();
  assert.equal(
    row(table, 'passed'),
    row(table, 'written') + row(table, 'passed over') + row(table, 'discarded by nmcap'),
    table,
  );
  return table;
}

describe('a flight recorder', () => {
  it('writes what comes around each signal to a file of its own, and each packet once', async () => {
    const here = newFolder('signal');
    const running = await armed([
      'sim:em0@rate=20000,length=60,rings=2',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '0.3', '--after', '0.2'],
    ]);
    const times = 6;
    for (let i = 0; i < times; i++) {
      await sleep(100 * i);
      await triggerOnce(running);
    }
    const table = await end(running);
    const files = filesOf(here);
    assert.equal(files.length, times);
    assert.equal(await checkOnce(files), row(table, 'written'));
    assert.equal(row(table, 'discarded by nmcap'), 0);
    const sequence = new SequenceCheck();
    let previous = -Infinity;
    for (const file of files) {
      const missingBefore = sequence.missing;
      await sequence.add(file);
      checkStatistics(file);
      const packets = await packetsOf(file);
      assert.equal(missingAmong(packets), 0, file);
      const [first, last] = [packets[0]?.time ?? NaN, packets.at(-1)?.time ?? NaN];
      const trigger = packets.find(({ comment }) => comment?.includes('trigger: signal') === true);
      assert.ok(trigger !== undefined, file);
      // The signal was that packet's time or a little earlier.
      assert.ok(trigger.time - first < 350_000, `${trigger.time - first} before`);
      assert.ok(last - first <= 500_000, `${last - first} in all`);
      assert.ok(first > previous, 'files do not overlap');
      // What came before is whole, unless there was nothing more since the last file.
      const isFull = trigger.time - first > 290_000;
      assert.ok(isFull || sequence.missing === missingBefore, `${trigger.time - first} before`);
      previous = last;
    }
  });

  it('is triggered by packets, and prolonged by further ones', async () => {
    const here = newFolder('packets');
    const run = nmcap([
      'sim:em0@rate=10000,length=60,count=20000',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '0.2', '--after', '0.35'],
      ...['--trigger', `outbound and (${NUMBER} = 3000 or ${NUMBER} = 3500 or ${NUMBER} = 7000)`],
    ]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    const files = filesOf(here);
    assert.equal(files.length, 2, run.stderr);
    await checkOnce(files);
    for (const [i, numbers] of [[3000, 3500], [7000]].entries()) {
      const file = files[i] ?? '';
      const packets = await packetsOf(file);
      assert.equal(missingAmong(packets), 0);
      checkStatistics(file);
      const triggers = numbers.map((number) => {
        return packets.find((each) => each.number === number && each.stream.endsWith(' 2'));
      });
      const [from, to] = [triggers[0]?.time ?? NaN, triggers.at(-1)?.time ?? NaN];
      assert.deepEqual(
        packets.filter(({ comment }) => comment?.includes('trigger') === true),
        [triggers[0]],
      );
      assert.match(triggers[0]?.comment ?? '', /nmcap: .*trigger: outbound and \(ether/);
      for (const { time } of packets) {
        assert.ok(time >= from - 200_000 && time <= to + 350_000, `${time - from}`);
      }
      assert.ok((packets[0]?.time ?? NaN) < from - 100_000);
      assert.ok((packets.at(-1)?.time ?? NaN) > to + 250_000);
    }
  });

  it('has all that was asked for at full rate, in the memory that was asked for', async () => {
    const here = newFolder('full-rate');
    const running = await armed([
      'sim:em0@rate=max,length=60,rings=2',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '24M', '--after', '0.05', '-B', '128'],
    ]);
    await sleep(1500);
    const whileArmed = residentMiB(running.pid);
    for (let i = 0; i < 3; i++) {
      await sleep(700);
      await triggerOnce(running);
    }
    const used = residentMiB(running.pid);
    const table = await end(running);
    // Node.js has some 70 MiB. All that packets can take is there before the first one comes.
    assert.ok(
      whileArmed > 24 + 128 && used < 300,
      `${whileArmed} MiB while armed, ${used} MiB later`,
    );
    const files = filesOf(here);
    assert.equal(await checkOnce(files), row(table, 'written'));
    for (const file of files) {
      const packets = await packetsOf(file);
      // A machine that is too slow to write them may discard what comes after the recording.
      assert.ok(
        packets.every(({ comment }) => comment?.includes('discarded') !== true),
        table,
      );
      const trigger = packets.findIndex(({ comment }) => comment?.includes('trigger') === true);
      // Blocks of 112 bytes, and a few with comments: were a batch missing, there would be less.
      assert.ok(trigger * 112 > 23.9 * 2 ** 20 && trigger * 112 <= 24 * 2 ** 20, `${trigger}`);
    }
  });

  it('reports where the buffer had less than was asked for', async () => {
    const here = newFolder('short');
    const running = await armed([
      'sim:em0@rate=200000,length=60',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '60', '--after', '0.1', '-B', '2'],
    ]);
    await sleep(1000);
    await triggerOnce(running);
    await end(running);
    const shortfall = /the buffer had only the last \d\.\d{3} s before the trigger, not 60 s/;
    assert.match(running.stderr(), shortfall);
    const [file = ''] = filesOf(here);
    const [first] = await packetsOf(file);
    assert.match(first?.comment ?? '', shortfall);
    assert.ok(statSync(file).size > 2 << 20);
    checkStatistics(file);
  });

  it('writes no file without a trigger, and says where the packets are', async () => {
    const here = newFolder('armed');
    const running = await armed([
      'sim:em0@rate=1000',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '10', '--trigger', 'udp port 1'],
    ]);
    await sleep(500);
    const table = await end(running);
    assert.deepEqual(filesOf(here), []);
    assert.equal(row(table, 'written'), 0);
    assert.ok(row(table, 'passed over') > 0);
  });

  it('completes the file where the capture ends meanwhile', async () => {
    const here = newFolder('ended');
    const running = await armed([
      'sim:em0@rate=1000,length=60',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '10', '--after', '100'],
    ]);
    await sleep(300);
    running.process.kill('SIGUSR2');
    await until(() => filesOf(here).length > 0, running.stderr);
    await sleep(300);
    const table = await end(running);
    const [file = '', ...others] = filesOf(here);
    assert.deepEqual(others, []);
    checkStatistics(file);
    assert.equal(await checkOnce([file]), row(table, 'written'));
    assert.equal(row(table, 'passed over'), 0);
  });

  it('records all ports where one of them triggers', async () => {
    const here = newFolder('ports');
    const run = nmcap([
      ...['-i', 'sim:em0@rate=4000,length=60,count=8000'],
      ...['-i', 'sim:em1@rate=500,length=60,count=1000'],
      ...['-w', path.join(here, 'a.pcapng'), '--before', '0.2', '--after', '0.2'],
      ...['--trigger', `outbound and ${NUMBER} = 2000`],
    ]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    const [file = '', ...others] = filesOf(here);
    assert.deepEqual(others, []);
    checkStatistics(file, 2);
    const packets = await packetsOf(file);
    assert.deepEqual(new Set(packets.map(({ interfaceId }) => interfaceId)), new Set([0, 1]));
  });

  it('has files as others: compressed, divided by size, listed and limited in number', async () => {
    const here = newFolder('files');
    const running = await armed([
      'sim:em0@rate=5000,length=60',
      ...['-w', path.join(here, 'a-%s.pcapng.zst'), '--before', '0.2', '--after', '0.1'],
      ...['--json-files', '-W', '2'],
    ]);
    for (const files of [1, 2]) {
      await sleep(1100);
      running.process.kill('SIGUSR2');
      await until(() => count(running.stdout(), '\n') === files, running.stderr);
    }
    assert.equal(await running.ended(), 0, running.stderr());
    const files = filesOf(here);
    assert.equal(files.length, 2);
    assert.equal(await checkOnce(files), row(running.stderr(), 'written'));

    const parts = newFolder('parts');
    const run = nmcap([
      'sim:em0@rate=5000,length=60,count=6000',
      ...['-w', path.join(parts, 'a.pcapng'), '--before', '1', '-C', '64K'],
      ...['--trigger', `${NUMBER} = 2000`],
    ]);
    assert.ok(filesOf(parts).length > 3, run.stderr);
    assert.equal(await checkOnce(filesOf(parts)), row(run.stderr, 'written'));
    for (const file of filesOf(parts)) {
      assert.ok(statSync(file).size <= 65_536);
      checkStatistics(file);
    }
  });

  it('refuses a trigger that is no filter', () => {
    const run = nmcap(['sim:em0', '-w', 'a', '--before', '3', '--trigger', 'tcp prot 3']);
    assert.equal(run.status, 2);
    assert.match(run.stderr, /^nmcap: bad trigger 'tcp prot 3': /);
  });

  it('leaves out of the statistics of a file what a filter hides', () => {
    const here = newFolder('filter');
    const run = nmcap([
      'sim:em0@rate=5000,count=5000',
      ...['-w', path.join(here, 'a.pcapng'), '--before', '0.2', '--after', '0.1'],
      ...['--trigger', 'icmp[icmptype] = icmp-echo', 'icmp or arp'],
    ]);
    assert.equal(run.status, APPLICATION_LEFT, run.stderr);
    for (const file of filesOf(here)) {
      const { types, statistics } = readBlocks(readFileSync(file));
      const packets = types.filter((type) => type === 6).length;
      assert.equal(statistics[0]?.accepted, packets);
      assert.equal(statistics[0].delivered, packets);
      assert.ok(Number.isNaN(statistics[0].received), 'not known');
    }
  });
});

/** Memory of a process that is in use. */
function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}
