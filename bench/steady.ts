import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { blockLength, type Load, loadPort } from './flow.js';
import { start } from './nmcap.js';
import { threadSeconds } from './processor-time.js';
import { programPath } from './programs.js';

/** The thread of the simulated application, in nmcap and in the plain capture loop. */
export const APPLICATION = 'nmcap-sim';

/** Of the start, which is over by then: Node.js compiles, files and pools are touched. */
const WARM_UP_SECONDS = 0.5;

/** What a capture of a load into a file comes to while it goes on. */
export interface SteadyCapture {
  /** Frames a second that get into the file. */
  readonly written: number;
  /** Processor time for each of them by thread, nanoseconds; the application's is one of them. */
  readonly cost: ReadonlyMap<string, number>;
}

/**
 * Which of two processors the threads run on: `apart`, the application on one and who captures on
 * the other; `together`, all on one. Otherwise the scheduler decides, and changes its mind.
 */
export type Placement = 'apart' | 'together';

/** Of nmcap, or of the plain capture loop, for so many seconds. */
export async function steadyCapture(
  who: 'nmcap' | 'loop',
  load: Load,
  file: string,
  seconds: number,
  placement?: Placement,
): Promise<SteadyCapture> {
  const capture = who === 'nmcap' ? startNmcap(load, file) : startLoop(load, file);
  const ended = once(capture, 'exit');
  try {
    return await measure(pidOf(capture), load, file, seconds, placement);
  } finally {
    capture.kill('SIGKILL');
    await ended;
    rmSync(file, { force: true });
  }
}

function startNmcap(load: Load, file: string): ChildProcess {
  return start([loadPort(load), '-w', file], 'ignore');
}

function startLoop({ length, rate }: Load, file: string): ChildProcess {
  const frames = Number.MAX_SAFE_INTEGER;
  const numbers = [length, Number.isFinite(rate) ? rate : 0, frames].map(String);
  return spawn(programPath('capture_loop'), [file, ...numbers], { stdio: 'ignore' });
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the capture could not be started');
  return pid;
}

async function measure(
  pid: number,
  load: Load,
  file: string,
  seconds: number,
  placement: Placement | undefined,
): Promise<SteadyCapture> {
  while (!hasPackets(file)) await sleep(10);
  if (placement !== undefined) place(pid, placement);
  await sleep(WARM_UP_SECONDS * 1000);
  const sample = () => ({
    at: performance.now(),
    bytes: statSync(file).size,
    threads: threadSeconds(pid),
  });
  const before = sample();
  await sleep(seconds * 1000);
  const after = sample();
  const frames = (after.bytes - before.bytes) / blockLength(load.length);
  const cost = new Map<string, number>();
  for (const [name, total] of after.threads) {
    cost.set(name, ((total - (before.threads.get(name) ?? 0)) / frames) * 1e9);
  }
  return { written: frames / ((after.at - before.at) / 1000), cost };
}

function hasPackets(file: string): boolean {
  // The section's header and an interface's description take less.
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 4096;
}

function place(pid: number, placement: Placement): void {
  const tasks = `/proc/${pid}/task`;
  for (const task of readdirSync(tasks)) {
    const isApplication = readFileSync(`${tasks}/${task}/comm`, 'utf8').trim() === APPLICATION;
    const processor = isApplication || placement === 'together' ? 0 : 1;
    const { status } = spawnSync('taskset', ['-p', '-c', String(processor), task]);
    if (status !== 0) throw new Error(`taskset could not place thread ${task}`);
  }
}
