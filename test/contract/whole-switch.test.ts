import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { parseCommandLine } from '../../src/cli/parse.js';
import { Limits } from '../../src/library/limits.js';
import { MonitorCapture } from '../../src/library/monitor-capture.js';
import { KERNEL_DEVICE } from '../../src/monitor/device.js';
import type { MonitorSource } from '../../src/monitor/monitor.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import { Direction } from '../../src/pcapng/direction.js';
import { loadOutputs } from '../../src/run/outputs.js';
import { openSavefile } from '../../src/savefile/open.js';
import { temporaryFolder } from '../support/folder.js';
import { monitorSource } from '../support/monitor-source.js';
import { readBlocks } from '../support/statistics.js';
import { scenario } from './contract.js';
import type { Fixture } from './fixture.js';
import { FRAME_LENGTH, range, seen } from './frame.js';
import { patiently, Reading, withoutTimes } from './reading.js';

const SWITCH = { on: ['VALE'] } as const;
const folder = temporaryFolder();
let folders = 0;

const switchOf = (port: string) => port.slice(0, port.indexOf(':') + 1);
/** The port after the parent, `a`, and its peer, `b`. */
const third = ({ parent }: Fixture) => `${switchOf(parent)}c`;

interface Recorded {
  port: string | undefined;
  sequence: number | 'damaged';
  sent: boolean;
  comment: string | undefined;
}

/** A recording that is going on, as the command line asks for it. */
class Recording {
  readonly lines: string[] = [];
  readonly #ending = new AbortController();
  #done: Promise<void> = Promise.resolve();
  #source: MonitorSource | undefined;

  static async begin(ports: Fixture, ...argv: string[]): Promise<Recording> {
    const options = await parseCommandLine([switchOf(ports.parent), ...argv], false);
    assert.ok(options.task === 'capture' && options.input.kind === 'monitor');
    const recording = new Recording();
    const device = { ...KERNEL_DEVICE, native: ports.device };
    const prepared = await loadOutputs(options);
    const source = monitorSource(options.input, device, (line) =>
      recording.lines.push(withoutTimes(line)),
    );
    recording.#source = source;
    const capture = new MonitorCapture(source, new Limits(recording.#ending.signal, undefined));
    recording.#done = capture.writeTo(await prepared.open(capture));
    ports.atEnd(() => recording.#source?.close());
    return recording;
  }

  async reported(count: number): Promise<readonly string[]> {
    await patiently(() => this.lines.length >= count);
    return this.lines;
  }

  async seen(frames: number): Promise<void> {
    const total = () =>
      this.#source
        ?.stats()
        .rings.reduce((sum, { inbound, outbound }) => sum + inbound.seen + outbound.seen, 0);
    await patiently(() => total() === frames);
    assert.equal(total(), frames);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#done;
  }
}

async function packetsOf(file: string): Promise<Recorded[]> {
  const source = await openSavefile(file);
  const cursor = new PacketCursor();
  const found: Recorded[] = [];
  for await (const batch of source.batches(new AbortController().signal)) {
    cursor.reset(batch.bytes, batch.section);
    while (cursor.next()) {
      const bytes = batch.bytes.subarray(cursor.dataOffset, cursor.dataOffset + FRAME_LENGTH);
      found.push({
        port: cursor.interface.name,
        sequence: seen({ bytes, flags: 0 }).sequence,
        sent: cursor.direction === Direction.Outbound,
        comment: cursor.comment === undefined ? undefined : withoutTimes(cursor.comment),
      });
    }
    batch.release();
  }
  source.close();
  return found;
}

function decompressed(file: string): Buffer {
  const bytes = readFileSync(file);
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Whether every interface that the file describes has its statistics, after its packets. */
function assertWhole(file: string): void {
  const { types, statistics } = readBlocks(decompressed(file));
  const interfaces = types.filter((type) => type === 1).length;
  assert.deepEqual(
    statistics.map(({ interfaceId }) => interfaceId),
    range(0, interfaces - 1),
    file,
  );
}

type Way = readonly [title: string, file: string, ...argv: string[]];

/** What prints takes minutes to load in a processor that is simulated in software. */
const BESIDE_TEXT: Way = ['beside text', 'all.pcapng', '--print', '--output', 'text'];

const WAYS: readonly Way[] = [
  ['by the writer thread', 'all.pcapng'],
  ['compressed', 'all.pcapng.gz'],
  ...(process.env['NMCAP_CONTRACT_DEVICE'] === undefined ? [BESIDE_TEXT] : []),
  ['in many files', 'all.pcapng', '-C', '1K'],
  ['in many compressed files', 'all.pcapng.gz', '-C', '1K'],
];

describe('a whole switch', () => {
  scenario('is all its ports, under their names', SWITCH, async (ports) => {
    const [application, peer] = ports.openBoth();
    ports.open(`${switchOf(ports.parent).slice(0, -1)}x:a`);
    const reading = new Reading(ports, [switchOf(ports.parent)]);
    assert.deepEqual(
      reading.source.section.interfaces.map(({ name }) => name),
      [ports.parent, ports.peer],
    );
    application.send([1]);
    peer.take(1);
    await reading.captured(2);
    application.port.close();
    assert.deepEqual(await reading.reported(1), [
      `${ports.parent}: its application left netmap mode (--reattach waits for it)`,
    ]);
    peer.port.close();
    await reading.end;
    assert.ok(reading.source.hasLostPorts);
  });

  scenario('beside one of its ports watches that once', SWITCH, (ports) => {
    ports.openBoth();
    const names = [switchOf(ports.parent), ports.peer];
    const reading = new Reading(ports, names);
    assert.deepEqual(
      reading.source.section.interfaces.map(({ name }) => name),
      [ports.parent, ports.peer],
    );
    return reading.stop();
  });

  scenario('without ports is refused', SWITCH, (ports) => {
    const valeSwitch = switchOf(ports.parent);
    assert.throws(() => new Reading(ports, [valeSwitch]), {
      code: 'NM_NO_SUCH_PORT',
      message: `${valeSwitch.slice(0, -1)}: no application has a port of this switch`,
    });
  });

  scenario('without --reattach is the ports that it had', SWITCH, async (ports) => {
    const application = ports.open(ports.parent);
    const reading = new Reading(ports, [switchOf(ports.parent)]);
    const peer = ports.open(ports.peer);
    application.send([1]);
    peer.take(1);
    await reading.captured(1);
    application.port.close();
    await reading.end;
    assert.equal(reading.lines.length, 1);
  });

  for (const [title, name, ...argv] of WAYS) {
    scenario(`of which ports come and go, recorded ${title}`, SWITCH, async (ports) => {
      const place = path.join(folder, String(++folders));
      const files = () => readdirSync(folder).filter((each) => each.startsWith(`${folders}-`));
      const inPlace = (each: string) => `${place}-${each}`;
      const rest = argv.map((word) => (word === 'text' ? inPlace(word) : word));
      const newcomer = third(ports);

      const [a, b] = ports.openBoth();
      const recording = await Recording.begin(ports, '--reattach', '-w', inPlace(name), ...rest);
      a.send(range(1, 10));
      b.take(10);
      await recording.seen(20);
      const c = ports.open(newcomer);
      assert.deepEqual(await recording.reported(1), [`${newcomer}: attached at T`]);
      c.send([11]);
      a.take(1);
      b.take(1);
      await recording.seen(23);
      b.port.close();
      await recording.reported(2);
      a.send([12]);
      c.take(1);
      await recording.seen(25);
      const again = ports.open(ports.peer);
      assert.deepEqual((await recording.reported(3)).slice(1), [
        `${ports.peer}: its application left netmap mode at T; waiting for it`,
        `${ports.peer}: attached again at T, after S s`,
      ]);
      again.send([13]);
      a.take(1);
      c.take(1);
      await recording.seen(28);
      await recording.stop();

      const savefiles = files().filter((each) => each.includes('.pcapng'));
      assert.equal(savefiles.length > 1, argv.includes('-C'), savefiles.join());
      const found: Recorded[] = [];
      for (const each of savefiles.map((file) => path.join(folder, file))) {
        found.push(...(await packetsOf(each)));
        assertWhole(each);
        if (argv.includes('-C')) assert.ok(statSync(each).size <= 1024, each);
      }
      const numbers = (port: string, sent: boolean) =>
        found.filter((each) => each.port === port && each.sent === sent).map((p) => p.sequence);
      assert.deepEqual(numbers(ports.parent, true), [...range(1, 10), 12]);
      assert.deepEqual(numbers(ports.parent, false), [11, 13]);
      assert.deepEqual(numbers(ports.peer, false), range(1, 11));
      assert.deepEqual(numbers(ports.peer, true), [13]);
      assert.deepEqual(numbers(newcomer, true), [11]);
      assert.deepEqual(numbers(newcomer, false), [12, 13]);
      assert.deepEqual(
        found.filter(({ comment }) => comment !== undefined).map(({ sequence }) => sequence),
        [13],
      );
    });
  }

  scenario('is waited for until it has its first port', SWITCH, async (ports) => {
    const application = ports.open(ports.parent);
    const other = `${switchOf(ports.parent).slice(0, -1)}x:`;
    const reading = new Reading(ports, [ports.parent, other], { wait: true });
    const newcomer = ports.open(`${other}a`);
    assert.deepEqual(await reading.reported(1), [`${other}a: attached at T`]);
    newcomer.send([1]);
    application.send([2]);
    await reading.captured(2);
    await reading.stop();
  });
});
