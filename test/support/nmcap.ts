import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { PATIENCE_MS, until } from './until.js';

/** The program under test, as built; scripts/coverage.mjs has another. */
export const NMCAP =
  process.env['NMCAP_UNDER_TEST'] ?? path.resolve(import.meta.dirname, '../../bin/nmcap');

/** The exit status where the application of a port has left: that of a simulated one with `count`. */
export const APPLICATION_LEFT = 3;

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs nmcap to its end. */
export function nmcap(args: string[], environment: NodeJS.ProcessEnv = {}): Finished {
  const { status, stdout, stderr } = spawnSync(NMCAP, args, {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

/** A running nmcap, with what it has printed so far. */
export interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits for its first line, which names the monitor: no frame is missed from then on. */
  attached(): Promise<void>;
  /** Waits for its end: its exit status, or the signal that killed it. */
  ended(): Promise<number | NodeJS.Signals>;
}

/** Starts nmcap, by default without standard input and with pipes that are read. */
export function startNmcap(
  args: readonly string[],
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): Running {
  return watch(spawn(NMCAP, args, { stdio }));
}

/** Collects what a child process prints. */
export function watch(child: ChildProcess): Running {
  const { pid } = child;
  assert.ok(pid !== undefined);
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  const closed = once(child, 'close');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stderr = () => printed.stderr;
  return {
    process: child,
    pid,
    stdout: () => printed.stdout,
    stderr,
    async attached() {
      await until(() => stderr().includes('netmap monitor') || hasEnded(), stderr);
      assert.ok(!hasEnded(), stderr());
    },
    async ended() {
      const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await closed;
      clearTimeout(timer);
      return child.exitCode ?? child.signalCode ?? assert.fail('neither a status nor a signal');
    },
  };
}

/** SIGHUP, SIGINT and SIGTERM in the mask of caught signals that ps(1) prints. */
const ENDING_SIGNALS = 0x4003n;

/** Waits until a process handles the signals that end a capture: Node.js alone does not catch SIGHUP. */
export async function handlesSignals(pid: number): Promise<void> {
  await until(() => {
    const { stdout } = spawnSync('ps', ['-o', 'caught=', '-p', `${pid}`], { encoding: 'utf8' });
    const [mask = '0'] = /[\da-f]+/i.exec(stdout) ?? [];
    return (BigInt(`0x${mask}`) & ENDING_SIGNALS) === ENDING_SIGNALS;
  });
}

/** Runs a line of shell in which `nmcap` is the program under test. */
export function shell(line: string): Finished {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    maxBuffer: 1 << 28,
    env: { ...process.env, PATH: `${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}` },
  });
  return { status, stdout, stderr };
}

/** The columns of `tshark -T fields`, a row for each packet. */
export function tsharkFields(file: string, ...fields: string[]): string[][] {
  const args = ['-n', '-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  const { status, stdout, stderr } = spawnSync('tshark', args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}
