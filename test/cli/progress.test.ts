import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { NMCAP, nmcap, shell, startNmcap, tsharkFields } from '../support/nmcap.js';
import { until } from '../support/until.js';

const folder = temporaryFolder();
let files = 0;
const newFile = (ending = 'pcapng') => path.join(folder, `${++files}.${ending}`);

/** script(1) of util-linux: FreeBSD's has other options. */
const noTerminal = process.platform !== 'linux' && "needs util-linux's script(1)";
const notRoot = process.geteuid?.() !== 0 && 'only root can become another user';
const UTF8 = { LC_ALL: 'C.UTF-8', TERM: 'xterm', NO_COLOR: '' };

/** Each drawing of the line. */
const drawn = (text: string) =>
  [...text.matchAll(/\r\u001b\[[JK]([^\r\n]+)\r(?!\n)/g)].map(([, line = '']) => line);

/** What is on the terminal in the end, line by line. */
function screen(text: string): string[] {
  const lines = [''];
  let column = 0;
  for (const [piece] of text.matchAll(/\u001b\[[JK]|\u001b\[\d+m|[^]/g)) {
    const line = lines.at(-1) ?? '';
    if (piece === '\r') column = 0;
    else if (piece === '\n') {
      lines.push('');
      column = 0;
    } else if (piece === '\u001b[J' || piece === '\u001b[K')
      lines.splice(-1, 1, line.slice(0, column));
    else if (!piece.startsWith('\u001b')) {
      lines.splice(-1, 1, line.slice(0, column).padEnd(column) + piece + line.slice(column + 1));
      column++;
    }
  }
  return lines;
}

/** What is still running; a failed test leaves nothing behind, whatever it is waiting for. */
const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) {
    // The terminal goes with it, and hangs up on nmcap.
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stdin?.destroy();
  }
});

interface Terminal {
  readonly process: ChildProcess;
  readonly text: () => string;
  type(keys: string): void;
  ended(): Promise<number>;
}

/** A line of shell on a terminal of its own, in which `nmcap` is the program under test. */
function onTerminal(line: string, environment: NodeJS.ProcessEnv = {}): Terminal {
  const child = spawn('script', ['-qec', `stty cols 100; ${line}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...UTF8,
      PATH: `${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}`,
      ...environment,
    },
  });
  started.add(child);
  child.once('close', () => started.delete(child));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const closed = once(child, 'close') as Promise<[number]>;
  return {
    process: child,
    text: () => text,
    type: (keys) => child.stdin.write(keys),
    ended: async () => {
      const [status] = await closed;
      return status;
    },
  };
}

async function printed(line: string, environment?: NodeJS.ProcessEnv): Promise<string> {
  const terminal = onTerminal(line, environment);
  assert.equal(await terminal.ended(), 0, terminal.text());
  return terminal.text();
}

describe('the live line', { skip: noTerminal }, () => {
  it('shows how the capture goes, and leaves nothing on the screen', async () => {
    const out = newFile();
    const text = await printed(`nmcap sim:em0@rate=5000 -w ${out} --duration 3.5`);
    const lines = drawn(text);
    assert.ok(lines.length >= 3 && lines.length <= 5, text);
    assert.match(lines[0] ?? '', /^00:00:00 {2}In +0\/s +0 bit\/s/);
    const size = '\\d+(\\.\\d+)? [kM]?B$';
    // On a busy machine the last look may be late, and soon after the one before.
    const rate = '[\\d.]+k?\\/s +[\\d.]+ [kM]bit\\/s +[▁-█]';
    const expected = new RegExp(
      `^00:00:0[2-9]  In +${rate} +Out +${rate} +${path.basename(out)} +${size}`,
    );
    assert.match(lines.at(-1) ?? '', expected);
    const [first = '', heading = '', ...rest] = screen(text);
    assert.match(first, /^nmcap: sim:em0@rate=5000: copy netmap monitor/);
    assert.match(heading, /^ +In +Out +total$/);
    assert.match(rest[0] ?? '', /^ {2}seen +\d+ +\d+ +\d+$/);
    assert.ok(!screen(text).some((line) => line.includes('00:00:')), text);
  });

  it('makes room for messages, the lines of files, and programs', async () => {
    const out = newFile();
    const program = path.join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\nsleep 0.2; echo "program of $1"\n', { mode: 0o755 });
    const terminal = onTerminal(
      `nmcap sim:em0 -w ${out} -G 1 --print-files --on-rotate ${program} --duration 3.3`,
    );
    await until(() => drawn(terminal.text()).length > 1, terminal.text);
    assert.equal(await terminal.ended(), 0, terminal.text());
    const lines = screen(terminal.text());
    const listed = lines.filter((line) => /^\S+\.pcapng\t\d+\t\d+\t\S+\t\S+$/.test(line));
    assert.ok(listed.length >= 3, terminal.text());
    const ran = lines.filter((line) => /^program of \S+\.pcapng$/.test(line));
    assert.equal(ran.length, listed.length, terminal.text());
    assert.ok(!lines.some((line) => line.includes('00:00:')), terminal.text());
  });

  it('makes room for the statistics that a signal asks for, and takes the place of ^C', async () => {
    const pid = path.join(folder, 'pid');
    const terminal = onTerminal(`echo $$ > ${pid}; exec nmcap sim:em0 -w ${newFile()}`);
    await until(() => drawn(terminal.text()).length > 0, terminal.text);
    process.kill(Number(readFileSync(pid, 'utf8')), 'SIGUSR1');
    await until(() => terminal.text().includes('sent (total)'), terminal.text);
    const before = drawn(terminal.text()).length;
    await until(() => drawn(terminal.text()).length > before, terminal.text);
    terminal.type('\u0003');
    assert.equal(await terminal.ended(), 0);
    assert.match(terminal.text(), /\^C/);
    const lines = screen(terminal.text()).map((line) => line.slice(0, 20).trim());
    const table = ['', 'seen', 'passed', 'written', 'discarded by nmcap', 'ring found full'];
    const whole = [...table, 'lost by full rings', 'sent (total)'];
    const [first, asked] = ['nmcap: sim:em0: copy', 'nmcap: sim:em0: stat'];
    assert.deepEqual(lines, [first, asked, ...whole, ...whole, ''], terminal.text());
  });

  it('narrows with the window', async () => {
    const place = path.join(folder, 'tty');
    const terminal = onTerminal(`tty > ${place}; nmcap sim:em0 -w ${newFile()} --duration 6`);
    await until(() => drawn(terminal.text()).length > 1, terminal.text);
    const before = terminal.text().length;
    shell(`stty -F "$(cat ${place})" cols 50`);
    const later = () => terminal.text().slice(before);
    await until(() => drawn(later()).some((line) => line.length < 50), later);
    // What the terminal has wrapped of the longer line goes, too.
    assert.ok(later().includes('\r\u001b[J'), later());
    assert.equal(await terminal.ended(), 0);
    assert.ok((drawn(later()).at(-1)?.length ?? 50) < 50, later());
  });

  it('has letters only where the locale or the terminal has no more', async () => {
    const out = newFile();
    const command = `nmcap sim:em0@rate=5000 -w ${out} --duration 2.5`;
    const ascii = drawn(await printed(command, { LC_ALL: 'C' }));
    assert.ok(ascii.length > 1);
    for (const line of ascii) assert.match(line, /^[\x20-\x7e]*$/);
    // The sender is faster than so small rings can be drained.
    const lossy = 'nmcap sim:em0@rate=max,slots=16 -w /dev/null --duration 2.5';
    const red = (lines: string[]) => lines.filter((line) => line.includes('\u001b[31m'));
    assert.ok(red(drawn(await printed(lossy))).length > 0);
    const plain = drawn(await printed(lossy, { NO_COLOR: '1' }));
    assert.equal(red(plain).length, 0);
    assert.ok(
      plain.some((line) => line.includes('ring found full')),
      plain.join('\n'),
    );
  });

  it('is not drawn where it would be in the way, or nobody would see it', async () => {
    const log = newFile('log');
    const capture = `nmcap sim:em0 -w ${newFile()} --duration 1.5`;
    const cases: [string, NodeJS.ProcessEnv?][] = [
      [`${capture} --quiet`],
      [`${capture} 2> ${log}`],
      ['nmcap sim:em0 --duration 1.5'],
      [`${capture} --print`],
      [`${capture} --stats 1`],
      [`bash -c 'set -m; ${capture} & wait'`],
      [capture, { TERM: 'dumb' }],
      [capture, { NMCAP_DEBUG: '1' }],
    ];
    for (const [line, environment] of cases) {
      const text = await printed(line, environment);
      assert.deepEqual(drawn(text), [], line);
      assert.doesNotMatch(text, /\u001b\[[JK]/, line);
    }
    assert.doesNotMatch(readFileSync(log, 'utf8'), /00:00|\u001b/);
    // Summaries that go elsewhere are not in the way.
    const elsewhere = await printed('nmcap sim:em0 --duration 1.5 > /dev/null');
    assert.ok(drawn(elsewhere).length > 0);
  });

  it('stays where root is given up, whose terminal it is', { skip: notRoot }, async () => {
    const text = await printed('nmcap sim:em0 -Z nobody -w /dev/null --duration 2.5');
    assert.match(text, /now running as nobody/);
    assert.ok(drawn(text).length > 1, text);
  });

  it('does not wait for a terminal that has been stopped', async () => {
    const out = newFile();
    const terminal = onTerminal(`nmcap sim:em0 -w ${out} -G 1 --duration 8`);
    await until(() => drawn(terminal.text()).length > 1, terminal.text);
    const count = () => readdirSync(folder).filter((name) => name.startsWith(`${files}_`)).length;
    terminal.type('\u0013');
    await sleep(1000);
    const [lines, before] = [drawn(terminal.text()).length, count()];
    await until(() => count() >= before + 3, terminal.text);
    assert.equal(drawn(terminal.text()).length, lines, 'the terminal did not stop');
    terminal.type('\u0011');
    assert.equal(await terminal.ended(), 0, terminal.text());
  });
});

interface Way {
  seen: number;
  bytes: number;
}
interface Line {
  time: string;
  ended?: string;
  written: number;
  interfaces: { rings: { in: Way; out: Way }[] }[];
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('--stats', () => {
  it('prints a line now and then, and with --stats-json writes one', () => {
    const out = newFile();
    const stats = newFile('json');
    const run = nmcap([
      'sim:em0',
      '-w',
      out,
      '--stats-json',
      stats,
      '--stats',
      '1',
      '--duration',
      '3.5',
    ]);
    assert.equal(run.status, 0, run.stderr);
    const printedLines = run.stderr.split('\n').filter((line) => line.includes('frames/s'));
    assert.equal(printedLines.length, 3, run.stderr);
    for (const [second, line] of printedLines.entries()) {
      assert.match(
        line,
        new RegExp(
          `^nmcap: 00:00:0${second + 1}: in \\d+ frames/s, [\\d.]+ [kM]?bit/s; out \\d+ frames/s, ` +
            `[\\d.]+ [kM]?bit/s; ${out} [\\d.]+ [kM]?B; discarded 0, ring found full \\d+$`,
        ),
      );
    }
    const lines = linesOf(stats);
    assert.equal(lines.length, 4);
    assert.deepEqual(
      lines.map(({ ended }) => ended !== undefined),
      [false, false, false, true],
    );
    const seen = lines.map(({ interfaces }) => interfaces[0]?.rings[0]?.out.seen ?? NaN);
    assert.ok((seen[0] ?? 0) > 0);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    assert.deepEqual(
      lines.map(({ time }) => time),
      lines.map(({ time }) => time).toSorted(),
    );
    // The last line is what there is without an interval, and its bytes are those of the frames.
    const ring = lines.at(-1)?.interfaces[0]?.rings[0];
    const frames = tsharkFields(out, 'frame.len', 'frame.packet_flags_direction');
    const bytes = (direction: string) =>
      frames
        .filter(([, flags = '']) => Number(flags) === Number(direction))
        .reduce((sum, [length]) => sum + Number(length), 0);
    assert.deepEqual([ring?.in.bytes, ring?.out.bytes], [bytes('1'), bytes('2')]);
    assert.ok(bytes('2') > 10_000);
  });

  it('writes lines of JSON alone with --quiet', () => {
    const stats = newFile('json');
    const args = ['sim:em0', '-w', '/dev/null', '--stats-json', stats, '--stats', '1', '--quiet'];
    const run = nmcap([...args, '--duration', '1.5']);
    assert.deepEqual([run.status, run.stderr], [0, '']);
    assert.equal(linesOf(stats).length, 2);
  });

  it('goes on, without lines of JSON, where their reader stalls', async () => {
    const pipe = newFile('pipe');
    shell(`mkfifo ${pipe}`);
    const reader = spawn('sh', ['-c', `exec 3< ${pipe}; sleep 3; cat <&3 | wc -l`]);
    let count = '';
    reader.stdout.setEncoding('utf8').on('data', (text: string) => (count += text));
    const run = startNmcap(['sim:em0', '-w', '/dev/null', '--stats-json', pipe, '--stats', '1']);
    await sleep(2500);
    run.process.kill('SIGINT');
    assert.equal(await run.ended(), 0, run.stderr());
    await once(reader, 'close');
    assert.ok(Number(count) >= 2, count);
  });

  it('ends the capture where the lines cannot be written', () => {
    const run = nmcap(['sim:em0', '-w', '/dev/null', '--stats-json', '/dev/full', '--stats', '1']);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /\/dev\/full: the disk is full/);
  });

  it('is for ports, and needs a place to write to', () => {
    for (const [args, reason] of [
      [['-r', 'x.pcapng', '--stats', '1'], /cannot be used with/],
      [['sim:em0', '--stats', '0'], /expected a whole number from 1/],
      [['sim:em0', '--quiet', '--stats', '1'], /add --stats-json FILE/],
    ] as const) {
      const run = nmcap([...args]);
      assert.equal(run.status, 2);
      assert.match(run.stderr, reason);
    }
  });
});
