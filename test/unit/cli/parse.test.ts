import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';

import type { CaptureOptions, MonitorInput, Options } from '../../../src/cli/options.js';
import { parseCommandLine } from '../../../src/cli/parse.js';
import { NmcapError } from '../../../src/errors.js';
import type { SummaryOptions } from '../../../src/print/summary.js';
import { VERSION } from '../../../src/version.js';
import { temporaryFolder } from '../../support/folder.js';
import { monitorOptions } from '../../support/monitor-options.js';
import { PLAIN_OPTIONS } from '../../support/tcpdump.js';

const folder = temporaryFolder();

const SUMMARY: SummaryOptions = { ...PLAIN_OPTIONS, interfaceNames: false };

/** A line of words with single spaces between them. */
function parse(line: string, isTerminal = false): Promise<Options> {
  return parseCommandLine(line === '' ? [] : line.split(' '), isTerminal);
}

async function captureOf(line: string, isTerminal = false): Promise<CaptureOptions> {
  const options = await parse(line, isTerminal);
  assert.equal(options.task, 'capture');
  return options;
}

async function monitorOf(line: string): Promise<MonitorInput> {
  const { input } = await captureOf(line);
  assert.equal(input.kind, 'monitor');
  return input;
}

async function summaryOf(line: string, isTerminal = false): Promise<SummaryOptions> {
  const { print } = await captureOf(line, isTerminal);
  assert.equal(print?.kind, 'summary');
  return print.options;
}

/** Asserts that the line is refused, with these words in the message. */
async function refused(
  line: string,
  words: readonly string[],
  code: NmcapError['code'] = 'NM_USAGE',
): Promise<NmcapError> {
  let found: NmcapError | undefined;
  await assert.rejects(parse(line), (error) => {
    assert.ok(error instanceof NmcapError, String(error));
    assert.equal(error.code, code, error.message);
    for (const word of words) assert.ok(error.message.includes(word), error.message);
    found = error;
    return true;
  });
  assert.ok(found);
  return found;
}

describe('parseCommandLine', () => {
  it('has defaults', async () => {
    assert.deepEqual(await parse('em0'), {
      task: 'capture',
      input: monitorOptions(['em0']),
      write: undefined,
      print: { kind: 'summary', options: SUMMARY },
      countOnly: false,
      quiet: false,
      output: undefined,
      statsInterval: undefined,
      statsJson: undefined,
      privileges: { user: undefined, keepRoot: false },
      rotation: undefined,
      completion: { command: undefined, list: undefined },
      mode: undefined,
      maxSize: undefined,
      duration: undefined,
    });
  });

  it('has the same for a savefile, without what is for ports', async () => {
    assert.deepEqual(await captureOf('-r in.pcapng'), {
      ...(await captureOf('em0')),
      input: { kind: 'savefile', path: 'in.pcapng', filter: undefined, packetLimit: 0 },
    });
  });

  describe('options of the capture', () => {
    const cases: [line: string, expected: Partial<MonitorInput>][] = [
      ['-z em0', { zeroCopy: true }],
      ['--zero-copy em0', { zeroCopy: true }],
      ['em0 -c 1', { packetLimit: 1 }],
      ['em0 -c 9007199254740991', { packetLimit: 9_007_199_254_740_991 }],
      ['em0 -s 96', { snapshotLength: 96 }],
      ['em0 -s 0', { snapshotLength: 262_144 }],
      ['em0 --snapshot-length=262144', { snapshotLength: 262_144 }],
      ['em0 -B 2', { bufferSize: 2 << 20 }],
      ['em0 --buffer-size 4095', { bufferSize: 4095 * 2 ** 20 }],
      ['em0 --realtime', { realtime: true }],
      ['em0 --wait', { wait: true }],
      ['em0 --reattach', { reattach: true }],
      ['em0 tcp port 80', { filter: 'tcp port 80' }],
      ['em0 -n tcp -l port -U 80', { filter: 'tcp port 80' }],
      ['-i em0 udp', { filter: 'udp' }],
    ];
    for (const [line, expected] of cases) {
      it(line, async () => {
        assert.deepEqual(await monitorOf(line), monitorOptions(['em0'], expected));
      });
    }

    it('takes the filter from a file, without its comments', async () => {
      const file = path.join(folder, 'filter');
      writeFileSync(file, '# what to watch\ntcp # not udp\nport 80\n');
      assert.equal((await monitorOf(`em0 -F ${file}`)).filter, 'tcp \nport 80');
      writeFileSync(file, '# nothing\n');
      assert.equal((await monitorOf(`em0 --filter-file ${file}`)).filter, undefined);
      await refused(`em0 -F ${file} udp`, ['-F', 'udp']);
      const error = await refused(`em0 -F ${folder}/missing`, [`${folder}/missing`], 'NM_INPUT');
      assert.ok(error.cause instanceof Error);
    });

    it('are the filter and the number of packets alone for a savefile', async () => {
      const { input } = await captureOf('-c 3 -r in.pcap udp port 53');
      assert.deepEqual(input, {
        kind: 'savefile',
        path: 'in.pcap',
        filter: 'udp port 53',
        packetLimit: 3,
      });
      assert.equal((await captureOf('-r -')).input.kind, 'savefile');
    });
  });

  describe('direction', () => {
    const cases: [line: string, expected: MonitorInput['direction']][] = [
      ['em0 -d tx', 'tx'],
      ['em0 -d rx', 'rx'],
      ['em0 -d both', 'both'],
      ['em0 --direction out', 'tx'],
      ['em0 -Q in', 'rx'],
      ['em0 -Q out', 'tx'],
      ['em0 --inout inout', 'both'],
      ['em0 -Q rx', 'rx'],
      ['em0/t', 'tx'],
      ['em0/r', 'rx'],
      ['em0/rt', 'both'],
      ['em0/z', 'both'],
      // -d goes before -Q, and both before the suffix.
      ['em0 -Q in -d tx', 'tx'],
      ['em0/r -d tx', 'tx'],
      ['em0/t -Q in', 'rx'],
      ['em0/t -d both', 'both'],
      ['-i em0/r -i em1/r', 'rx'],
      ['-i em0/r -i em1/t -d both', 'both'],
    ];
    for (const [line, expected] of cases) {
      it(`of '${line}' is ${expected}`, async () => {
        assert.equal((await monitorOf(line)).direction, expected);
      });
    }

    it('has to be one for all ports', async () => {
      await refused('-i em0/r -i em1/t', ['-d']);
      await refused('-i em0/r -i em1', ['-d']);
    });
  });

  describe('ports', () => {
    it('are several with -i alone', async () => {
      const { ports } = await monitorOf('-i em0 -i vale0:a tcp');
      assert.deepEqual(
        ports.map(({ text }) => text),
        ['em0', 'vale0:a'],
      );
    });

    it('ask for a zero-copy monitor with their suffix', async () => {
      assert.equal((await monitorOf('em0/z')).zeroCopy, true);
      assert.equal((await monitorOf('-i em0/z -i em1 -z')).zeroCopy, true);
      await refused('-i em0/z -i em1', ['-z']);
    });

    it('are on one device, and named once', async () => {
      await refused('-i em0 -i sim:em0', ['simulated']);
      await refused('-i em0 -i em0', ['em0', 'twice']);
      await refused('-i em0/r -i netmap:em0/r', ['em0', 'twice']);
      assert.equal((await monitorOf('-i em0-0 -i em0-1')).ports.length, 2);
    });

    it('have to be named, and named well', async () => {
      const none = await refused('', ['no port']);
      assert.match(none.hint ?? '', /nmcap em0/);
      await refused('em0/q', ['em0/q'], 'NM_BAD_PORT_NAME');
      await refused('-i em0 -i em1@x', ['em1@x'], 'NM_BAD_PORT_NAME');
    });

    it('are not files, unless given with -i', async () => {
      for (const name of ['in.pcap', 'in.pcapng', 'IN.CAP', 'in.dmp', 'in.pcap.gz']) {
        const error = await refused(name, [name, 'savefile']);
        assert.match(error.hint ?? '', new RegExp(`-r ${name}`));
      }
      assert.equal((await monitorOf('-i in.pcap')).ports.length, 1);
      await refused('-i em0 -r in.pcap', ['-i', '-r']);
    });
  });

  describe('the savefile that is written', () => {
    for (const [name, format] of [
      ['out.pcapng', 'pcapng'],
      ['out', 'pcapng'],
      ['-', 'pcapng'],
      ['out.pcap', 'pcap'],
      ['out.CAP', 'pcap'],
      ['out.dmp', 'pcap'],
      ['pcap', 'pcapng'],
    ] as const) {
      it(`${name} is ${format}, unless --format differs`, async () => {
        const { write, print } = await captureOf(`em0 -w ${name}`);
        assert.deepEqual(write, { path: name, format });
        assert.equal(print, undefined);
        const other = format === 'pcap' ? 'pcapng' : 'pcap';
        const chosen = await captureOf(`em0 -w ${name} --format ${other}`);
        assert.deepEqual(chosen.write, { path: name, format: other });
      });
    }

    it('needs -w for its format', async () => {
      await refused('em0 --format pcap', ['--format', '-w']);
      await refused('em0 -w out --format cap', ['--format', 'cap']);
    });
  });

  describe('what is printed', () => {
    it('is nothing with -w or --count, unless it is asked for', async () => {
      assert.equal((await captureOf('em0 -w out')).print, undefined);
      assert.equal((await captureOf('em0 -w out --print')).print?.kind, 'summary');
      assert.equal((await captureOf('em0 -w out --json')).print?.kind, 'json');
      assert.equal((await captureOf('em0 -w out --fields time')).print?.kind, 'fields');
      const counted = await captureOf('-r in.pcap --count');
      assert.deepEqual([counted.print, counted.countOnly], [undefined, true]);
    });

    it('is JSON, or the fields in their order', async () => {
      assert.deepEqual((await captureOf('em0 --json')).print, { kind: 'json' });
      const { print } = await captureOf('em0 --fields ip.src,time');
      assert.equal(print?.kind, 'fields');
      assert.deepEqual(print.columns, ['ip.src', 'time']);
      await refused('em0 --fields ip.sorc', ['ip.sorc']);
      await refused('em0 --json --fields time', ['--json', '--fields']);
    });

    const cases: [letters: string, expected: Partial<SummaryOptions>][] = [
      ['-t', { timeStyle: 'none' }],
      ['-tt', { timeStyle: 'epoch' }],
      ['-ttt', { timeStyle: 'delta' }],
      ['-t -t -tt', { timeStyle: 'date' }],
      ['-ttttt', { timeStyle: 'since-first' }],
      ['-ttttttt', { timeStyle: 'since-first' }],
      ['-v', { verbosity: 1 }],
      ['-vv', { verbosity: 2 }],
      ['-v -vv', { verbosity: 3 }],
      ['-vvvvv', { verbosity: 3 }],
      ['-A', { dump: 'ascii' }],
      ['-x', { dump: 'hex' }],
      ['-xx', { dump: 'hex+link' }],
      ['-X', { dump: 'hex-ascii' }],
      ['-XX', { dump: 'hex-ascii+link' }],
      // Of several the one that shows most.
      ['-A -x', { dump: 'hex' }],
      ['-xx -X -A', { dump: 'hex-ascii' }],
      ['-e', { linkHeader: true }],
      ['-q', { quiet: true }],
      ['-S', { absoluteSequence: true }],
      ['--absolute-sequence', { absoluteSequence: true }],
      ['-#', { numbered: true }],
      ['--number', { numbered: true }],
      ['--nano', { precision: 'nano' }],
      ['--micro', {}],
      ['-nlU', {}],
      ['-ttvve', { timeStyle: 'epoch', verbosity: 2, linkHeader: true }],
    ];
    for (const [letters, expected] of cases) {
      it(`is a summary as ${letters} has it`, async () => {
        assert.deepEqual(await summaryOf(`em0 ${letters}`), { ...SUMMARY, ...expected });
      });
    }

    it('names the ports where there are several', async () => {
      assert.equal((await summaryOf('-i em0 -i em1')).interfaceNames, true);
      assert.equal((await summaryOf('-i em0')).interfaceNames, false);
    });
  });

  describe('the user', () => {
    it('is who ran sudo, the one of -Z, or root', async () => {
      const choice = async (line: string) => (await captureOf(line)).privileges;
      assert.deepEqual(await choice('em0 -Z a'), { user: 'a', keepRoot: false });
      const long = '-r in --relinquish-privileges 1000';
      assert.deepEqual(await choice(long), { user: '1000', keepRoot: false });
      assert.deepEqual(await choice('em0 --no-drop'), { user: undefined, keepRoot: true });
      await refused('em0 --no-drop -Z a', ['--no-drop', '-Z']);
      await refused('em0 --relinquish-privileges=', ['-Z', 'name']);
      await refused('-D -Z a', ['-D', '-Z']);
    });
  });

  describe('colour', () => {
    const saved = { ...process.env };
    afterEach(() => {
      delete process.env['NO_COLOR'];
      delete process.env['TERM'];
      Object.assign(process.env, saved);
    });

    /** Whether summaries are coloured, on a terminal and elsewhere. */
    async function coloured(
      line: string,
      environment: { NO_COLOR?: string; TERM?: string },
    ): Promise<[onTerminal: boolean, elsewhere: boolean]> {
      delete process.env['NO_COLOR'];
      Object.assign(process.env, { TERM: 'xterm', ...environment });
      return [(await summaryOf(line, true)).colour, (await summaryOf(line)).colour];
    }

    it('is for terminals that can show it', async () => {
      assert.deepEqual(await coloured('em0', {}), [true, false]);
      assert.deepEqual(await coloured('em0 --color auto', {}), [true, false]);
      assert.deepEqual(await coloured('em0', { TERM: 'dumb' }), [false, false]);
    });

    it('is switched off by NO_COLOR, if that is not empty', async () => {
      assert.deepEqual(await coloured('em0', { NO_COLOR: '1' }), [false, false]);
      assert.deepEqual(await coloured('em0', { NO_COLOR: '' }), [true, false]);
    });

    it('follows --color, whatever the environment', async () => {
      for (const environment of [{}, { NO_COLOR: '1' }, { TERM: 'dumb' }]) {
        assert.deepEqual(await coloured('em0 --color always', environment), [true, true]);
        assert.deepEqual(await coloured('em0 --color never', environment), [false, false]);
      }
      await refused('em0 --color sometimes', ['--color', 'sometimes']);
    });
  });

  describe('contradictions', () => {
    const cases: [line: string, words: string[]][] = [
      ['em0 -w - --print', ['-w -', 'standard output']],
      ['em0 -w - --json', ['-w -', 'standard output']],
      ['em0 --stats-json -', ['--stats-json -', 'standard output']],
      ['em0 -w - --stats-json -', ['--stats-json -', 'standard output']],
      ['em0 -w out --print --stats-json -', ['--stats-json -', 'standard output']],
      ['em0 -w out --stats-json ./out', ['-w', '--stats-json']],
      ['em0 --count', ['--count', 'savefile']],
      ['-r in -z', ['-z']],
      ['-r in -s 96', ['-s']],
      ['-r in -B 4', ['-B']],
      ['-r in --realtime', ['--realtime']],
      ['-r in --wait', ['--wait']],
      ['-r in --reattach', ['--reattach']],
      ['-r in --stats-json out', ['--stats-json']],
    ];
    for (const [line, words] of cases) {
      it(`is one: ${line}`, async () => {
        await refused(line, words);
      });
    }

    it('are not these', async () => {
      assert.equal((await captureOf('em0 -w out --stats-json -')).statsJson, '-');
      assert.equal((await captureOf('em0 -w - --stats-json stats.json')).statsJson, 'stats.json');
      assert.equal((await captureOf('-r in -w out --print')).print?.kind, 'summary');
    });
  });

  describe('mistakes', () => {
    const cases: [line: string, words: string[]][] = [
      ['em0 --bogus', ['--bogus']],
      ['em0 -c', ['-c']],
      ['em0 -c 0', ['-c', '0', '1']],
      ['em0 -c 1e3', ['-c', '1e3']],
      ['em0 -c -1', ['-c', '-1']],
      ['em0 -s 262145', ['-s', '262145', '262144']],
      ['em0 -B 1', ['-B', '1', '2', '4095']],
      ['em0 -B 4096', ['-B', '4096', '4095']],
      ['em0 -d up', ['-d', 'up']],
      ['em0 -d constructor', ['-d', 'constructor']],
      ['em0 -a constructor:1', ['-a', 'constructor:1', 'packets:']],
      ['em0 -Q down', ['-Q', 'down']],
    ];
    for (const [line, words] of cases) {
      it(`are pointed out, with the help named: ${line}`, async () => {
        const error = await refused(line, words);
        assert.match(error.hint ?? '', /--help/);
      });
    }

    for (const option of ['-r', '-w', '-F', '--stats-json']) {
      it(`are empty names of files: ${option}`, async () => {
        await assert.rejects(parseCommandLine(['em0', option, ''], false), { code: 'NM_USAGE' });
      });
    }
  });

  it('has texts to print', async () => {
    const version = await parse('--version');
    assert.deepEqual(version, { task: 'print-text', text: `nmcap ${VERSION}\n` });
    for (const line of ['--help', '-h', 'em0 --help']) {
      const help = await parse(line);
      assert.ok(help.task === 'print-text');
      assert.match(help.text, /^Usage: nmcap /);
    }
  });

  it('has ports to list', async () => {
    const task = 'list';
    assert.deepEqual(await parse('-D'), { task, json: false });
    assert.deepEqual(await parse('--list-interfaces -n --json'), { task, json: true });
    for (const line of ['-D em0', '-D -r x.pcap', '-tD', '-D --fields time', '-D --quiet']) {
      await assert.rejects(parse(line), { code: 'NM_USAGE' }, line);
    }
  });

  it('has filters to show', async () => {
    const savefile = undefined;
    const task = 'dump-filter';
    assert.deepEqual(await parse('--dump-filter tcp port 80'), {
      task,
      filter: 'tcp port 80',
      savefile,
    });
    assert.deepEqual(await parse('--dump-filter'), { task, filter: '', savefile });
    assert.deepEqual(await parse('--dump-filter -r in.pcap udp'), {
      task,
      filter: 'udp',
      savefile: 'in.pcap',
    });
  });
});
