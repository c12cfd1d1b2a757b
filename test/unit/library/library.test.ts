import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import {
  Direction,
  listPorts,
  NmcapError,
  openMonitor,
  type OpenMonitorOptions,
  openOutputs,
  openSavefile,
  type OutputOptions,
  prepareOutputs,
  totals,
} from '../../../src/index.js';
import { temporaryFolder } from '../../support/folder.js';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const PORT = 'sim:em0@rate=20000,count=2000';

/** Those of the files that this process has open. */
function openAmong(names: readonly string[]): string[] {
  const open = readdirSync('/proc/self/fd').map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return undefined; // that of readdir itself
    }
  });
  return names.filter((name) => open.includes(name));
}

async function refused(step: Promise<unknown>, code: NmcapError['code'], words: RegExp) {
  await assert.rejects(step, (error) => {
    assert.ok(error instanceof NmcapError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, words);
    return true;
  });
}

describe('openMonitor()', () => {
  it('has every frame with its direction, and the statistics after the end', async () => {
    const reports: string[] = [];
    const monitor = await openMonitor(PORT, {
      report: (line, level) => reports.push(`${level} ${line}`),
    });
    const frames = { [Direction.Unknown]: 0, [Direction.Inbound]: 0, [Direction.Outbound]: 0 };
    for await (const { packets } of monitor) while (packets.next()) frames[packets.direction]++;
    const { inbound, outbound } = totals(monitor.stats().rings);
    assert.deepEqual(Object.values(frames), [0, inbound.seen, outbound.seen]);
    assert.equal(inbound.seen + outbound.seen, 2000);
    assert.equal(monitor.hasLostPorts, true);
    assert.match(reports.join('\n'), /^warning .*: its application left netmap mode/);
  });

  it('takes what the name and the options ask for', async () => {
    for (const [ports, options] of [
      ['sim:em0/t', {}],
      [['sim:em0', 'sim:em1'], { direction: 'tx' }],
    ] as [string | string[], OpenMonitorOptions][]) {
      const monitor = await openMonitor(ports, { ...options, filter: 'ip', packetLimit: 50 });
      let count = 0;
      for await (const { packets } of monitor) {
        for (; packets.next(); count++) assert.equal(packets.direction, Direction.Outbound);
      }
      assert.equal(count, 50);
      assert.equal(monitor.section.interfaces.length, typeof ports === 'string' ? 1 : 2);
    }
  });

  it('refuses what it cannot do, and says what', async () => {
    for (const [options, words] of [
      [{ bufferSize: 1024 }, /^bufferSize: expected a whole number from 2097152 to/],
      [{ snapshotLength: 0 }, /^snapshotLength: /],
      [{ packetLimit: -1 }, /^packetLimit: /],
      [{ duration: NaN }, /^duration: expected a number of seconds/],
      [
        { recorder: { before: { seconds: 0 }, after: 1, trigger: 'tcp' } },
        /^recorder.before.seconds/,
      ],
      [
        { recorder: { before: { bytes: 1.5 }, after: 1, trigger: 'tcp' } },
        /^recorder.before.bytes/,
      ],
      [{ recorder: { before: { seconds: 1 }, after: -1, trigger: 'tcp' } }, /^recorder.after/],
    ] as [OpenMonitorOptions, RegExp][]) {
      await refused(openMonitor('sim:em0', options), 'NM_USAGE', words);
    }
    await refused(openMonitor([]), 'NM_USAGE', /no port given/);
    await refused(openMonitor(['sim:em0', 'sim:em0']), 'NM_USAGE', /given twice/);
    await refused(openMonitor('sim:em0@speed=1'), 'NM_BAD_PORT_NAME', /speed/);
    await refused(
      openMonitor('sim:em0', { filter: 'tcp prot 80' }),
      'NM_BAD_FILTER',
      /tcp prot 80/,
    );
  });
});

describe('outputs', () => {
  const all: OutputOptions[] = [
    { kind: 'savefile', path: file('all.pcapng') },
    { kind: 'savefile', path: file('all.pcap.gz') },
    {
      kind: 'text',
      path: file('all.txt'),
      format: { kind: 'fields', columns: ['length'], header: true },
    },
    { kind: 'statistics', path: file('all.json') },
  ];

  it('all have the whole capture', async () => {
    const files: string[] = [];
    const prepared = await prepareOutputs(all, {
      onFile: ({ path, packets }) => void files.push(`${path} ${packets}`),
    });
    const monitor = await openMonitor(PORT);
    const outputs = await prepared.open(monitor);
    await monitor.writeTo(outputs);
    assert.equal(outputs.written, 2000);
    assert.deepEqual(
      files.sort(),
      [file('all.pcap.gz'), file('all.pcapng'), file('all.txt')].map((name) => `${name} 2000`),
    );
    assert.equal(readFileSync(file('all.txt'), 'utf8').split('\n').length, 2002);
    const statistics = JSON.parse(readFileSync(file('all.json'), 'utf8')) as { written: number };
    assert.equal(statistics.written, 2000);
    for (const name of ['all.pcapng', 'all.pcap.gz']) {
      const savefile = await openSavefile(file(name));
      const counting = await openOutputs(savefile, []);
      await savefile.writeTo(counting);
      assert.equal(counting.written, 2000);
    }
    await refused(monitor.writeTo(outputs), 'NM_USAGE', /read once/);
  });

  it('leave a file alone that nothing is written to', async () => {
    writeFileSync(file('old.pcapng'), 'old');
    writeFileSync(file('old.pcapng.zst'), 'old');
    const names = ['old.pcapng', 'old.pcapng.zst'].map(file);
    using monitor = await openMonitor(PORT);
    const outputs = await openOutputs(
      monitor,
      names.map((name) => ({ kind: 'savefile', path: name })),
    );
    if (existsSync('/proc/self/fd')) assert.deepEqual(openAmong(names), names);
    outputs.close();
    await new Promise(setImmediate);
    if (existsSync('/proc/self/fd')) assert.deepEqual(openAmong(names), []);
    for (const name of names) assert.equal(readFileSync(name, 'utf8'), 'old');
    await refused(monitor.writeTo(outputs), 'NM_USAGE', /written to once/);
  });

  it('throw at the end what onFile() threw, with all files complete', async () => {
    const failure = new Error('of the program');
    const monitor = await openMonitor(PORT);
    const rotation = { period: { seconds: 1, aligned: false } };
    const outputs = await openOutputs(
      monitor,
      [{ kind: 'savefile', path: file('thrown.pcapng'), rotation }],
      {
        onFile: () => {
          throw failure;
        },
      },
    );
    await assert.rejects(monitor.writeTo(outputs), failure);
    assert.equal(outputs.written, 2000);
  });

  it('are refused before anything is opened where they mean nothing', async () => {
    const rotation = { period: { seconds: 1, aligned: false } };
    for (const [output, words] of [
      [{ kind: 'savefile', path: file('%Q.pcapng'), rotation }, /unknown conversion '%Q'/],
      [{ kind: 'savefile', path: file('x'), rotation: { keep: 0 } }, /^rotation.keep/],
      [{ kind: 'savefile', path: '' }, /needs a name/],
      [{ kind: 'savefile', path: file('x'), mode: 0o1777 }, /^mode/],
      [
        {
          kind: 'text',
          path: file('x'),
          format: { kind: 'fields', columns: ['ip.sorc'], header: false },
        },
        /no field 'ip.sorc'/,
      ],
    ] as [OutputOptions, RegExp][]) {
      await refused(prepareOutputs([output]), 'NM_USAGE', words);
    }
    assert.equal(existsSync(file('x')), false);
  });
});

describe('listPorts()', () => {
  it('has the simulated ports, under names that openMonitor() takes', async () => {
    const ports = await listPorts('simulated');
    assert.deepEqual(
      ports.map(({ name, kind, inNetmapMode }) => [name, kind, inNetmapMode]),
      [
        ['sim:em0', 'nic', true],
        ['sim:em0{1', 'pipe', true],
        ['sim:vale0:a', 'vale', true],
      ],
    );
  });
});
