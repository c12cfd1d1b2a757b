import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { blockLength, type Load, loadPort } from '../flow.js';
import { captureDuring } from '../nmcap.js';
import { threadSeconds } from '../processor-time.js';
import { captureLoop } from '../programs.js';
import { type Benchmark, median, type Row, type Run, type Setting } from '../row.js';
import { warmly } from '../warm-memory.js';

/** What both sides keep up with. */
const LOADS: readonly Load[] = [
  { length: 60, rate: 1_000_000 },
  { length: 512, rate: 500_000 },
];

/** Of the frames; who loses more of them did less work than the other. */
const MOST_LOST = 0.02;

const WARM_UP_SECONDS = 0.5;

/** The thread of the simulated application, which is not nmcap's. */
const APPLICATION = 'nmcap-sim';

/** How the threads that have work are called in the note; all others are of JavaScript's engine. */
const THREADS = new Map([
  ['nmcap-drain', 'drain'],
  ['nmcap-write', 'writer'],
]);
const OTHERS = 'JavaScript';

/**
 * What a frame costs whoever shares the machine: user and system time of all of nmcap's threads while
 * it captures steadily, against the one thread of the plain capture loop.
 */
export const processorTime: Benchmark = {
  name: 'processor-time',
  what: 'processor time per written frame, to tmpfs',
  quick: true,
  async measure(setting) {
    const seconds = setting.smoke ? 0.5 : 2;
    const rows: Row[] = [];
    for (const load of LOADS) {
      const runs: Run[] = [];
      const costs: Map<string, number>[] = [];
      for (let i = 0; i < setting.rounds; i++) {
        // Either is first as often as the other.
        const first = i % 2 === 0 ? await loopCost(setting, load, seconds) : undefined;
        const cost = await nmcapCost(setting, load, seconds);
        const reference = first ?? (await loopCost(setting, load, seconds));
        costs.push(cost);
        runs.push({ figure: [...cost.values()].reduce((sum, each) => sum + each, 0), reference });
      }
      rows.push({
        what: `${this.what}, ${load.length} bytes, ${load.rate / 1e6} M/s`,
        unit: 'ns',
        runs,
        against: 'plain capture loop',
        target: { atMost: 1.15 },
        note: describe(costs),
      });
    }
    return rows;
  },
};

/** Nanoseconds a frame. */
async function loopCost(setting: Setting, load: Load, seconds: number): Promise<number> {
  const { length, rate } = load;
  const warmUp = WARM_UP_SECONDS * rate;
  const { frames, sent, processorSeconds } = await warmly(
    setting,
    fileSize(load, seconds),
    (file) => captureLoop(file, length, rate, warmUp + seconds * rate, warmUp),
  );
  refuseLoss('the plain capture loop', sent, frames);
  return (processorSeconds / frames) * 1e9;
}

/** Nanoseconds a frame, by what the threads are for. */
async function nmcapCost(
  setting: Setting,
  load: Load,
  seconds: number,
): Promise<Map<string, number>> {
  return warmly(setting, fileSize(load, seconds), async (file) => {
    const sample = (pid: number) => ({ threads: threadSeconds(pid), bytes: statSync(file).size });
    const { statistics, result } = await captureDuring(
      setting,
      [loadPort(load), '-w', file],
      async (pid) => {
        // Until the first frames are in the file, and the start is over.
        while (!hasPackets(file)) await sleep(10);
        await sleep(WARM_UP_SECONDS * 1000);
        const before = sample(pid);
        await sleep(seconds * 1000);
        return { before, after: sample(pid) };
      },
    );
    refuseLoss('nmcap', statistics.sent, statistics.written);
    const { before, after } = result;
    const frames = (after.bytes - before.bytes) / blockLength(load.length);
    return costs(before.threads, after.threads, frames);
  });
}

function hasPackets(file: string): boolean {
  // The section's header and an interface's description take less.
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 4096;
}

function costs(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  frames: number,
): Map<string, number> {
  const sums = new Map<string, number>([...THREADS.values(), OTHERS].map((name) => [name, 0]));
  for (const [name, seconds] of after) {
    if (name === APPLICATION) continue;
    const spent = seconds - (before.get(name) ?? 0);
    const role = THREADS.get(name) ?? OTHERS;
    sums.set(role, (sums.get(role) ?? 0) + (spent / frames) * 1e9);
  }
  return sums;
}

function describe(costs: readonly Map<string, number>[]): string {
  const roles = [...THREADS.values(), OTHERS].map((role) => {
    const middle = median(costs.map((cost) => cost.get(role) ?? NaN));
    return `${role} ${middle.toFixed(0)} ns`;
  });
  return `${roles.join(', ')}; without the simulated application`;
}

function refuseLoss(who: string, sent: number, written: number): void {
  const lost = (sent - written) / sent;
  if (lost <= MOST_LOST) return;
  throw new Error(`${who} lost ${(lost * 100).toFixed(1)} % of what it should keep up with`);
}

function fileSize({ length, rate }: Load, seconds: number): number {
  return (WARM_UP_SECONDS + seconds + 1) * rate * blockLength(length);
}
