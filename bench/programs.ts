import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');

const execute = promisify(execFile);

/** Where bench/native/build.sh leaves the programs. */
export const PROGRAMS = path.join(ROOT, 'build/bench');

/** Builds what is missing or older than its sources; the addon must be up to date. */
export function buildPrograms(): void {
  const { status } = spawnSync(path.join(ROOT, 'bench/native/build.sh'), {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('the benchmark programs could not be built');
}

/** Where bench/native/build.sh leaves a program. */
export function programPath(
  name:
    | 'capture_loop'
    | 'drain_bench'
    | 'frame_sender'
    | 'kernel_loop'
    | 'load_check'
    | 'loop_loss'
    | 'number_check'
    | 'ports_bench',
): string {
  return path.join(PROGRAMS, name);
}

/** Frames a second; `filtered` where a filter was given. */
export interface DrainRound {
  readonly plain: number;
  readonly drain: number;
  readonly filtered?: number;
}

/** bench/native/drain_bench.cc: each reader for `milliseconds` in every round. */
export async function drainBench(
  device: 'alone' | 'rings',
  frameLength: number,
  rounds: number,
  milliseconds: number,
  filter?: string,
): Promise<DrainRound[]> {
  const numbers = [frameLength, rounds, milliseconds].map(String);
  const { stdout } = await execute(programPath('drain_bench'), [
    device,
    ...numbers,
    ...(filter === undefined ? [] : [filter]),
  ]);
  return jsonLines(stdout);
}

function jsonLines<T>(text: string): T[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Frames a second of two ports together. */
export interface PortsRound {
  readonly loop: number;
  readonly threads: number;
}

/** bench/native/ports_bench.cc: each way for `milliseconds` in every round. */
export async function portsBench(
  frameLength: number,
  rate: number,
  rounds: number,
  milliseconds: number,
): Promise<PortsRound[]> {
  const numbers = [frameLength, rate, rounds, milliseconds].map(String);
  const { stdout } = await execute(programPath('ports_bench'), numbers);
  return jsonLines(stdout);
}

/** Frames that the simulated application sent, and those that the copy loop read of them. */
export interface LoopLoss {
  readonly sent: number;
  readonly read: number;
}

/** bench/native/loop_loss.cc: the copy loop over rings that get `rate` frames a second. */
export async function loopLoss(
  frameLength: number,
  rate: number,
  seconds: number,
  rings: number,
): Promise<LoopLoss> {
  const numbers = [frameLength, rate, seconds, rings].map(String);
  const { stdout } = await execute(programPath('loop_loss'), numbers);
  return JSON.parse(stdout) as LoopLoss;
}

/** What bench/native/capture_loop.cc did. */
export interface LoopCapture {
  readonly frames: number;
  readonly sent: number;
  readonly seconds: number;
}

/**
 * The plain loop that drains, encodes and writes in one thread, until `frames` are in the file. They
 * come at `rate` a second, Infinity: as fast as possible.
 */
export async function captureLoop(
  file: string,
  frameLength: number,
  rate: number,
  frames: number,
): Promise<LoopCapture> {
  const numbers = [frameLength, Number.isFinite(rate) ? rate : 0, frames].map(String);
  const { stdout } = await execute(programPath('capture_loop'), [file, ...numbers]);
  return JSON.parse(stdout) as LoopCapture;
}

/** Preloaded, makes a program's disk stall: bench/native/stalling_disk.cc. */
export const STALLING_DISK = path.join(PROGRAMS, 'stalling_disk.so');

/** What bench/native/load_check.cc reports of a capture of the simulation's load. */
export interface LoadCheck {
  readonly packets: number;
  /** Sequence numbers below the highest that are not there. */
  readonly missing: number;
  /** Repeated or out of order. */
  readonly disordered: number;
  /** From the first frame's sending to the last one's, of those that are there. */
  readonly sendingSeconds: number;
  /** Percentiles of the time from sending to reading, microseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** `file` may be a pipe, opened at once and read after `stallMs`. */
export async function loadCheck(file: string, stallMs = 0): Promise<LoadCheck> {
  const { stdout } = await execute(programPath('load_check'), [file, String(stallMs)]);
  return JSON.parse(stdout) as LoadCheck;
}

/** What bench/native/number_check.cc finds of frame_sender's frames. */
export interface NumberCheck {
  readonly packets: number;
  /** Numbers from that of packet `skip` to the last one, and how many of them are not there. */
  readonly span: number;
  readonly missing: number;
  /** Packets with numbers from `from` to below `to`. */
  readonly within: number;
  /** Packets whose number is not above the one before. */
  readonly disordered: number;
}

/** `file`: pcap or pcapng; the first `skip` packets are left out of `span` and `missing`. */
export async function numberCheck(
  file: string,
  skip: number,
  from: number,
  to: number,
): Promise<NumberCheck> {
  const { stdout } = await execute(programPath('number_check'), [
    file,
    ...[skip, from, to].map(String),
  ]);
  return JSON.parse(stdout) as NumberCheck;
}
