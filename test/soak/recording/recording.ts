import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { readBlocks } from '../../support/statistics.js';
import { until } from '../../support/until.js';
import { type Growth, growth, type Held, heldBy } from './held.js';
import type { StayMessage } from './recorder.js';
import type { Stay } from './returning-traffic.js';
import { StayCheck, sum } from './stay-check.js';

const SAMPLE_MS = 2000;
const STATS_SECONDS = 10;
/** How often another file is begun by a signal. */
const SIGNAL_MS = 60_000;

/** A capture that records for long. */
export interface Plan {
  readonly name: string;
  /** The ports' names; the count in each is that of a stay. */
  readonly ports: readonly string[];
  /** The name of the files, `.gz` or `.zst` at its end; and of lines for each packet. */
  readonly savefile: string;
  readonly text: string | undefined;
  /** Bytes on disk, and the newest files of each output that stay. */
  readonly size: number;
  readonly seconds: number;
  readonly keep: number;
  /** How that is asked for. */
  readonly keepOption: '-W' | '--keep';
  /** Beyond those that follow from the above. */
  readonly options: readonly string[];
}

export interface Outcome {
  readonly files: number;
  readonly packets: number;
  readonly lines: number;
  readonly stays: number;
  readonly discarded: number;
  readonly lost: number;
  readonly growth: Growth;
  readonly faults: number;
}

interface Line {
  readonly file: string;
  readonly packets: number;
  readonly bytes: number;
  readonly first?: string;
  readonly last?: string;
}

interface DirectionFigures {
  readonly seen: number;
  readonly passed: number;
  readonly written?: number;
  readonly discarded: number;
  readonly lost: number;
  readonly sent: number;
}

interface StatsLine {
  readonly time: string;
  readonly ended?: string;
  readonly written: number;
  readonly interfaces: readonly {
    readonly rings: readonly { ring: number; in: DirectionFigures; out: DirectionFigures }[];
  }[];
}

/**
 * Records for so many seconds, and checks each file as soon as it is finished, before it is removed
 * as an old one, and in the end all figures.
 */
export class Recording {
  readonly #plan: Plan;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #check: StayCheck;
  readonly #onFault: (fault: string) => void;
  readonly #stays: Stay[] = [];
  readonly #away = new Set<string>();
  readonly #samples: Held[] = [];
  #faults = 0;
  /** Of the files' own statistics, by interface. */
  readonly #own: { received: number; accepted: number; delivered: number }[] = [];
  #stderr = '';
  /** Names of the finished files that have packets, and of those that have lines. */
  readonly #savefiles: string[] = [];
  readonly #texts: string[] = [];
  #bytes = 0;
  #lines = 0;
  #checked: Promise<void> = Promise.resolve();

  /** `onFault` is told each fault as soon as it is found. */
  constructor(plan: Plan, folder: string, onFault: (fault: string) => void) {
    this.#plan = plan;
    this.#check = new StayCheck((fault) => {
      this.#fault(fault);
    });
    this.#onFault = onFault;
    this.#folder = folder;
    for (const name of ['files', 'finished']) mkdirSync(path.join(folder, name));
    // A second name for each file: it may be removed before it has been checked.
    const link = path.join(folder, 'link');
    writeFileSync(link, '#!/bin/sh\nexec ln "$1" "${0%/*}/finished/"\n', { mode: 0o700 });
    const { savefile, text } = plan;
    const at = (name: string) => path.join(folder, 'files', name);
    this.#child = fork(
      path.join(import.meta.dirname, 'recorder.ts'),
      [
        ...plan.ports.flatMap((port) => ['-i', port]),
        ...['--reattach', '-w', at(savefile)],
        ...(text === undefined ? [] : ['--output', at(text)]),
        ...['-C', `${plan.size / 1024}K`, '-G', `${plan.seconds}`, plan.keepOption, `${plan.keep}`],
        ...['--on-rotate', link, '--json-files'],
        ...['--stats', `${STATS_SECONDS}`, '--stats-json', path.join(folder, 'stats.json')],
        ...plan.options,
      ],
      { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#child.on('message', ({ isLast, ...stay }: StayMessage) => {
      this.#stays.push(stay);
      if (isLast) this.#away.add(stay.port);
    });
    if (this.#child.stdout === null) throw new Error('no standard output');
    createInterface(this.#child.stdout).on('line', (line) => {
      this.#checked = this.#checked.then(() => this.#file(JSON.parse(line) as Line));
    });
  }

  /** How it goes. */
  get state(): string {
    const { memory = NaN, descriptors = NaN, mappings = NaN } = this.#samples.at(-1) ?? {};
    return (
      `${this.#plan.name}: ${this.#savefiles.length + this.#texts.length} files, ` +
      `${this.#bytes} bytes, ${this.#check.packets} packets, ` +
      `${this.#stays.length} stays, ${(memory / 2 ** 20).toFixed(1)} MiB, ` +
      `${descriptors} descriptors, ${mappings} mappings, ` +
      `${this.#faults} faults`
    );
  }

  async run(seconds: number): Promise<Outcome> {
    const closed = once(this.#child, 'close');
    const signals = setInterval(() => this.#child.kill('SIGUSR2'), SIGNAL_MS);
    for (const end = Date.now() + seconds * 1000; Date.now() < end && this.#isRunning;) {
      await sleep(SAMPLE_MS);
      const held = heldBy(this.#child.pid ?? NaN);
      if (held !== undefined) this.#samples.push(held);
    }
    clearInterval(signals);
    // What an application has sent is known once it has left.
    if (this.#isRunning) this.#child.send({});
    await until(
      () => this.#away.size === this.#plan.ports.length || !this.#isRunning,
      () => this.#stderr,
    );
    await sleep(SAMPLE_MS);
    this.#child.kill('SIGINT');
    const [status] = (await closed) as [number | null];
    await this.#checked;
    if (status !== 0) this.#fault(`exit status ${String(status)}`);
    return this.#outcome();
  }

  #fault(fault: string): void {
    this.#faults++;
    this.#onFault(`${this.#plan.name}: ${fault}`);
  }

  get #isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** A file that is finished. */
  async #file({ file, packets, bytes, first, last }: Line): Promise<void> {
    const { size, seconds } = this.#plan;
    const hasPackets = file.includes('.pcapng');
    (hasPackets ? this.#savefiles : this.#texts).push(path.basename(file));
    this.#bytes += bytes;
    const finished = path.join(this.#folder, 'finished', path.basename(file));
    try {
      await until(() => statSync(finished, { throwIfNoEntry: false }) !== undefined);
      const onDisk = statSync(finished).size;
      if (onDisk !== bytes) this.#fault(`${file}: ${onDisk} bytes, not ${bytes}`);
      if (onDisk > size) this.#fault(`${file}: ${onDisk} bytes are more than ${size}`);
      if (first !== undefined && last !== undefined) {
        const span = Date.parse(last) - Date.parse(first);
        if (span > seconds * 1000) this.#fault(`${file}: packets of ${span} ms`);
      }
      const content = decompressed(finished);
      if (hasPackets) {
        this.#statistics(file, content, packets);
        const there = await this.#check.add(finished);
        const span = [there.first, there.last].map((time) => Math.floor(time / 1000));
        const printed = [first, last].map((time) => Date.parse(time ?? ''));
        if (there.packets !== packets) this.#fault(`${file}: ${there.packets} packets`);
        if (packets > 0 && span.join() !== printed.join()) {
          this.#fault(`${file}: packets from ${span.join(' to ')}, not ${printed.join(' to ')}`);
        }
      } else {
        const lines = content.toString('latin1').split('\n').length - 1;
        if (lines !== packets) this.#fault(`${file}: ${lines} lines, not ${packets}`);
        this.#lines += lines;
      }
      unlinkSync(finished);
    } catch (error) {
      this.#fault(`${file}: ${String(error)}`);
    }
  }

  #statistics(file: string, content: Buffer, packets: number): void {
    const { statistics } = readBlocks(content);
    if (statistics.length !== this.#plan.ports.length) {
      this.#fault(`${file}: statistics of ${statistics.length} interfaces`);
    }
    for (const { interfaceId, received, accepted, delivered } of statistics) {
      const own = (this.#own[interfaceId] ??= { received: 0, accepted: 0, delivered: 0 });
      own.received += received;
      own.accepted += accepted;
      own.delivered += delivered;
    }
    const delivered = sum(statistics.map((each) => each.delivered));
    if (delivered !== packets) this.#fault(`${file}: its statistics have ${delivered} packets`);
  }

  #outcome(): Outcome {
    const { ports, text } = this.#plan;
    const fault = (line: string) => {
      this.#fault(line);
    };
    const names = ports.map((port) => /^sim:([^@]*)/.exec(port)?.[1] ?? '');
    const lines = readFileSync(path.join(this.#folder, 'stats.json'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as StatsLine);
    const end = lines.at(-1);
    if (end?.ended === undefined) fault('the last line of the statistics has no end');
    for (const [i, { time, written }] of lines.entries()) {
      const before = lines[i - 1];
      if (before === undefined) continue;
      if (time < before.time || written < before.written) fault(`statistics of ${time} go back`);
    }
    let discarded = 0;
    let lost = 0;
    for (const wanting of this.#check.wanting(names, this.#stays)) {
      const { interfaceId, ring, direction } = wanting;
      const name = `${names[interfaceId] ?? ''} ring ${ring} ${direction}`;
      const rings = end?.interfaces[interfaceId]?.rings;
      const figures = rings?.find((each) => each.ring === ring)?.[direction];
      if (figures === undefined) {
        fault(`${name}: no figures`);
        continue;
      }
      const { sent, seen, passed, written = NaN } = figures;
      discarded += figures.discarded;
      lost += figures.lost;
      if (sent !== wanting.sent) fault(`${name}: ${sent} sent, but in truth ${wanting.sent}`);
      if (seen + figures.lost !== sent)
        fault(`${name}: ${sent} sent, ${seen} seen, ${figures.lost} lost`);
      if (passed !== seen) fault(`${name}: ${passed} passed of ${seen}`);
      if (written !== wanting.packets)
        fault(`${name}: ${written} written, ${wanting.packets} packets`);
      if (written + figures.discarded !== passed) {
        fault(`${name}: ${passed} passed, ${written} written, ${figures.discarded} discarded`);
      }
    }
    for (const [interfaceId, { received, accepted, delivered }] of this.#own.entries()) {
      const rings = end?.interfaces[interfaceId]?.rings ?? [];
      const total = (field: 'seen' | 'passed' | 'written') =>
        sum(rings.map((ring) => (ring.in[field] ?? NaN) + (ring.out[field] ?? NaN)));
      const files = [received, accepted, delivered].join();
      const capture = [total('seen'), total('passed'), total('written')].join();
      if (files !== capture) fault(`interface ${interfaceId}: files have ${files}, not ${capture}`);
    }
    const { packets } = this.#check;
    if (end?.written !== packets) fault(`${end?.written ?? NaN} written, ${packets} in the files`);
    if (text !== undefined && this.#lines !== packets) fault(`${this.#lines} lines for ${packets}`);
    this.#messages();
    this.#kept();
    return {
      files: this.#savefiles.length + this.#texts.length,
      packets,
      lines: this.#lines,
      stays: this.#stays.length,
      discarded,
      lost,
      growth: growth(this.#samples),
      faults: this.#faults,
    };
  }

  /** The newest files of each output are there, and no others. */
  #kept(): void {
    const { keep } = this.#plan;
    const expected = [...this.#savefiles.slice(-keep), ...this.#texts.slice(-keep)].sort().join();
    const found = readdirSync(path.join(this.#folder, 'files')).sort().join();
    if (found !== expected) this.#fault(`kept: ${found}, not ${expected}`);
  }

  /** Everything on standard error is expected, and each return was reported. */
  #messages(): void {
    const lines = this.#stderr.split('\n');
    const known = [
      /netmap monitor/,
      /: its application left netmap mode at /,
      /: attached again at \S+, after [\d.]+ s$/,
      /^nmcap: [\d:]+: in \d+ frames\/s/,
      /^ {2}/,
      /^$/,
    ];
    for (const line of lines) {
      if (!known.some((pattern) => pattern.test(line))) this.#fault(`stderr: ${line}`);
    }
    const returns = lines.filter((line) => line.includes('attached again')).length;
    const expected = this.#stays.length - this.#plan.ports.length;
    if (returns !== expected) this.#fault(`${returns} returns reported of ${expected}`);
  }
}

/** What the program that made the format known gets out of a file, which it must find whole. */
function decompressed(file: string): Buffer {
  const program = file.endsWith('.gz') ? 'gzip' : 'zstd';
  const { status, stdout, stderr } = spawnSync(program, ['-dc', file], { maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}
