import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { type LoadCheck, loadCheck } from './programs.js';
import type { Setting } from './row.js';

export const NMCAP = path.resolve(import.meta.dirname, '../bin/nmcap');

/** The exit status where the simulated application has left: after `count` frames, or a replay. */
const APPLICATION_LEFT = 3;

/** How often a running nmcap's memory is sampled, milliseconds. */
const SAMPLE_EVERY = 100;

/** The totals of the statistics that a capture ends with, frames. */
export interface Statistics {
  readonly seen: number;
  readonly written: number;
  readonly discarded: number;
  readonly lost: number;
  readonly sent: number;
}

/** Resident memory, bytes. */
export interface Resident {
  readonly own: number;
  /** The simulated device's, which has its pages mapped for both of its sides: twice what it takes. */
  readonly simulated: number;
}

export interface Capture {
  readonly statistics: Statistics;
  /** From the monitor's attachment to the end of the process. */
  readonly seconds: number;
  /** Sampled. */
  readonly resident: readonly Resident[];
}

/** Captures to the end with standard output to /dev/null; `stopAfter`: seconds, then SIGINT. */
export function capture(
  setting: Setting,
  args: readonly string[],
  stopAfter?: number,
): Promise<Capture> {
  return watch(setting, start(args, 'ignore'), stopAfter);
}

/** Captures into a file, and beside it the statistics as JSON. */
export async function captureToFile(
  setting: Setting,
  args: readonly string[],
  file: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ statistics: Statistics; seconds: number }> {
  const statsFile = `${file}.json`;
  const nmcap = start([...args, '-w', file, '--stats-json', statsFile], 'ignore', environment);
  const { statistics } = await watch(setting, nmcap);
  const { started } = JSON.parse(readFileSync(statsFile, 'utf8')) as { started: string };
  rmSync(statsFile);
  // To the last write: before it, an application that leaves takes its time, and after it a process.
  return { statistics, seconds: (statSync(file).mtimeMs - Date.parse(started)) / 1000 };
}

/** Captures into a pipe that load_check reads, after a stall of `stallMs`. */
export async function captureToCheck(
  setting: Setting,
  args: readonly string[],
  stallMs = 0,
): Promise<{ capture: Capture; check: LoadCheck }> {
  // A named one: spawn() connects processes with sockets.
  const pipe = path.join(setting.folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  try {
    const check = loadCheck(pipe, stallMs);
    // Waits for the reader's open(2).
    const descriptor = openSync(pipe, 'w');
    const nmcap = start([...args, '-w', '-'], descriptor);
    closeSync(descriptor);
    return { capture: await watch(setting, nmcap), check: await check };
  } finally {
    rmSync(pipe);
  }
}

/** Starts nmcap for a caller that watches it in another way; `stdout`: a descriptor. */
export function start(
  args: readonly string[],
  stdout: number | 'ignore',
  environment: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(NMCAP, args, {
    stdio: ['ignore', stdout, 'pipe'],
    env: { ...process.env, ...environment },
  });
}

async function watch(
  { residentPeaks }: Setting,
  nmcap: ChildProcess,
  stopAfter?: number,
): Promise<Capture> {
  const { pid, stderr } = nmcap;
  if (pid === undefined || stderr === null) throw new Error('nmcap could not be started');
  let printed = '';
  let attachedAt: number | undefined;
  stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (attachedAt !== undefined) return;
    attachedAt = performance.now();
    if (stopAfter !== undefined) setTimeout(() => nmcap.kill('SIGINT'), stopAfter * 1000);
  });
  const resident: Resident[] = [];
  const sampler = setInterval(() => {
    const sample = residentNow(pid);
    if (sample !== undefined) resident.push(sample);
  }, SAMPLE_EVERY);
  const [status] = (await once(nmcap, 'close')) as [number | null];
  clearInterval(sampler);
  const seconds = (performance.now() - (attachedAt ?? NaN)) / 1000;
  if (status !== 0 && status !== APPLICATION_LEFT) {
    throw new Error(`nmcap ended with status ${String(status)}: ${printed}`);
  }
  residentPeaks.push(Math.max(0, ...resident.map(({ own }) => own)));
  return { statistics: readStatistics(printed), seconds, resident };
}

function readStatistics(text: string): Statistics {
  const rows = new Map(
    [...text.matchAll(/^ {2}(\S.*?) +[\d-]+ +[\d-]+ +(\d+)$/gm)].map(([, label, total]) => [
      label,
      Number(total),
    ]),
  );
  const take = (label: string): number => {
    const value = rows.get(label);
    if (value === undefined) throw new Error(`no '${label}' in the statistics: ${text}`);
    return value;
  };
  return {
    seen: take('seen'),
    written: take('written'),
    discarded: take('discarded by nmcap'),
    lost: take('lost by full rings'),
    sent: take('sent (total)'),
  };
}

/** Frames that the statistics do not explain. */
export function unaccounted({ sent, written, discarded, lost }: Statistics): number {
  return Math.abs(sent - written - discarded - lost);
}

/** Memory of a running nmcap: undefined when the process is gone. */
function residentNow(pid: number): Resident | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? NaN) * 1024;
    const simulated = bytes('RssShmem');
    const own = bytes('VmRSS') - simulated;
    // A process that has ended and was not waited for yet has no memory.
    return Number.isNaN(own) ? undefined : { own, simulated };
  } catch {
    return undefined;
  }
}
