import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { threadSeconds, total } from '../processor-time.js';
import { numberCheck } from '../programs.js';
import type { Load } from './loads.js';
import { FrameSender, MONITORED_PORT, monotonicSeconds } from './sender.js';

/** A program that captures. */
export interface Program {
  readonly name: string;
  /** In which %p and %f stand for the port and the file. */
  readonly command: readonly string[];
}

/** What one capture has kept and cost. */
export interface Captured {
  /** Numbers missing in the file after its first packets, of all from there to the last. */
  readonly lost: number;
  /** The sender's rate before the capture, of the load's: where it is lower, it has no time left. */
  readonly aloneRate: number;
  /** The sender's rate while captured, of that before: in hundredths, as less is noise. */
  readonly senderRate: number;
  readonly packets: number;
  /** Frames in the file, of those offered in the steady state, sent or not. */
  readonly kept: number;
  /** Seconds of processor time for each frame kept, in the steady state. */
  readonly processorTime: number;
  /** Of the steady state, by thread: the share of a processor. */
  readonly threads: ReadonlyMap<string, number>;
}

/** Packets with which a capture begins, while its program is still starting. */
const FIRST_PACKETS = 20_000;
/** A capture has begun when its file has so many bytes: more than what comes before packets. */
const BEGUN = 65_536;

/** Seconds. */
const SENDER_ALONE = 2;
const SETTLING = 0.5;
const STEADY = 5;
const MAX_START = 60;
const MAX_END = 60;

/** Runs a program on a sender's port for six seconds, and sees what is in its file. */
export async function captureLoad(folder: string, program: Program, load: Load): Promise<Captured> {
  const file = path.join(folder, 'capture');
  const sender = new FrameSender(load);
  try {
    await sleep(SETTLING * 1000);
    const alone = monotonicSeconds();
    await sleep(SENDER_ALONE * 1000);
    const aloneUntil = monotonicSeconds();
    const capture = new RunningCapture(program, file);
    const steady = await capture.measureSteadyState();
    const sent = await sender.stop();
    const { from, to } = steady;
    const check = await numberCheck(file, FIRST_PACKETS, sent.at(from), sent.at(to));
    if (check.disordered > 0) {
      throw new Error(`${program.name}: ${check.disordered} frames are out of order`);
    }
    const aloneRate = sent.rate(alone, aloneUntil);
    return {
      lost: check.missing / check.span,
      aloneRate: aloneRate / load.rate,
      senderRate: Math.round((100 * sent.rate(from, to)) / aloneRate) / 100,
      packets: check.packets,
      kept: check.within / (load.rate * (to - from)),
      processorTime: total(steady.threads) / check.within,
      threads: new Map([...steady.threads].map(([name, used]) => [name, used / (to - from)])),
    };
  } finally {
    await sender.stop().catch(() => undefined);
    rmSync(file, { force: true });
  }
}

/** Part of a capture after its start and before its end. */
interface SteadyState {
  /** Of monotonicSeconds(). */
  readonly from: number;
  readonly to: number;
  /** Processor time by thread, seconds. */
  readonly threads: ReadonlyMap<string, number>;
}

class RunningCapture {
  readonly #name: string;
  readonly #file: string;
  readonly #process: ChildProcess;
  #printed = '';

  constructor({ name, command }: Program, file: string) {
    const [program = '', ...args] = command.map((word) =>
      word.replaceAll('%p', MONITORED_PORT).replaceAll('%f', file),
    );
    this.#name = name;
    this.#file = file;
    this.#process = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.on('error', ({ message }) => (this.#printed += message));
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
    });
  }

  /** Waits for the capture to begin, measures, and interrupts the program. */
  async measureSteadyState(): Promise<SteadyState> {
    try {
      await this.#begun();
      await sleep(SETTLING * 1000);
      const before = this.#threads();
      const from = monotonicSeconds();
      await sleep(STEADY * 1000);
      const after = this.#threads();
      const to = monotonicSeconds();
      await sleep(SETTLING * 1000);
      await this.#end();
      const used = [...after].map(([name, seconds]): [string, number] => [
        name,
        seconds - (before.get(name) ?? 0),
      ]);
      return { from, to, threads: new Map(used) };
    } finally {
      this.#process.kill('SIGKILL');
    }
  }

  async #begun(): Promise<void> {
    for (const start = monotonicSeconds(); monotonicSeconds() < start + MAX_START;) {
      if ((statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0) > BEGUN) return;
      await sleep(50);
      if (this.#process.exitCode !== null || this.#process.pid === undefined) break;
    }
    throw new Error(`${this.#name} wrote no packets: ${this.#printed}`);
  }

  #threads(): Map<string, number> {
    if (this.#process.exitCode !== null || this.#process.pid === undefined) {
      throw new Error(`${this.#name} ended before it was interrupted: ${this.#printed}`);
    }
    return threadSeconds(this.#process.pid);
  }

  async #end(): Promise<void> {
    this.#process.kill('SIGINT');
    await once(this.#process, 'close', { signal: AbortSignal.timeout(MAX_END * 1000) });
    if (this.#process.exitCode !== 0) {
      throw new Error(
        `${this.#name} ended with status ${String(this.#process.exitCode)}: ${this.#printed}`,
      );
    }
  }
}
