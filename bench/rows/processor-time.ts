import { blockLength, type Load } from '../flow.js';
import { type Benchmark, median, type Row, type Run, type Setting } from '../row.js';
import { APPLICATION, type Placement, steadyCapture } from '../steady.js';
import { warmly } from '../warm-memory.js';

/** What both sides keep up with. */
const LOADS: readonly Load[] = [
  { length: 60, rate: 1_000_000 },
  { length: 512, rate: 500_000 },
];

/** An application that has processors for itself, and one that shares its only one. */
const PLACES: ReadonlyMap<Placement, string> = new Map([
  ['apart', 'the application on another processor'],
  ['together', 'all on one processor'],
]);

/** Of the frames; who loses more of them did less work than the other. */
const MOST_LOST = 0.02;

/** A machine that stalls for a moment makes either side lose more: then the run is made again. */
const MOST_TRIES = 3;

/** Files grow for so much longer than is measured. */
const START_SECONDS = 1;

/** How the threads that have work are called in the note; all others are of JavaScript's engine. */
const THREADS = new Map([
  ['nmcap-drain', 'drain'],
  ['nmcap-write', 'writer'],
]);
const OTHERS = 'JavaScript';

/** Nanoseconds a frame. */
interface Cost {
  /** Of who captures, by what the threads are for. */
  readonly roles: ReadonlyMap<string, number>;
  readonly application: number;
}

/**
 * What a frame costs whoever shares the machine: user and system time of all of nmcap's threads while
 * it captures steadily, against the one thread of the plain capture loop.
 */
export const processorTime: Benchmark = {
  name: 'processor-time',
  what: 'processor time per written frame, to tmpfs',
  quick: true,
  async measure(setting) {
    const rows: Row[] = [];
    for (const load of LOADS) {
      for (const [placement, where] of PLACES) {
        const what = `${this.what}, ${load.length} bytes, ${load.rate / 1e6} M/s, ${where}`;
        rows.push(await compare(setting, load, placement, what));
      }
    }
    return rows;
  },
};

async function compare(
  setting: Setting,
  load: Load,
  placement: Placement,
  what: string,
): Promise<Row> {
  const seconds = setting.smoke ? 0.3 : 1.2;
  const bytes = (START_SECONDS + seconds) * load.rate * blockLength(load.length);
  const runs: Run[] = [];
  const nmcap: Cost[] = [];
  const loop: Cost[] = [];
  await warmly(setting, bytes, async (file) => {
    const measure = (who: 'nmcap' | 'loop') => costOf(who, load, file, seconds, placement);
    for (let i = 0; i < setting.rounds; i++) {
      // Either is first as often as the other.
      const first = i % 2 === 0 ? await measure('loop') : undefined;
      const cost = await measure('nmcap');
      const reference = first ?? (await measure('loop'));
      nmcap.push(cost);
      loop.push(reference);
      runs.push({ figure: sumOf(cost), reference: sumOf(reference) });
    }
  });
  return {
    what,
    unit: 'ns',
    runs,
    against: 'plain capture loop',
    target: { atMost: 1.15 },
    note: describe(nmcap, loop),
  };
}

async function costOf(
  who: 'nmcap' | 'loop',
  load: Load,
  file: string,
  seconds: number,
  placement: Placement,
): Promise<Cost> {
  const cost = await costWithoutLoss(who, load, file, seconds, placement);
  const roles = new Map<string, number>([...THREADS.values(), OTHERS].map((name) => [name, 0]));
  for (const [name, nanoseconds] of cost) {
    if (name === APPLICATION) continue;
    const role = THREADS.get(name) ?? OTHERS;
    roles.set(role, (roles.get(role) ?? 0) + nanoseconds);
  }
  return { roles, application: cost.get(APPLICATION) ?? NaN };
}

/** By thread. */
async function costWithoutLoss(
  who: 'nmcap' | 'loop',
  load: Load,
  file: string,
  seconds: number,
  placement: Placement,
): Promise<ReadonlyMap<string, number>> {
  for (let tries = 1; ; tries++) {
    const { written, cost } = await steadyCapture(who, load, file, seconds, placement);
    const lost = 1 - written / load.rate;
    if (lost <= MOST_LOST) return cost;
    if (tries === MOST_TRIES) {
      throw new Error(`${who} lost ${(lost * 100).toFixed(1)} % of what it should keep up with`);
    }
  }
}

function sumOf({ roles }: Cost): number {
  return [...roles.values()].reduce((sum, each) => sum + each, 0);
}

function describe(nmcap: readonly Cost[], loop: readonly Cost[]): string {
  const roles = [...THREADS.values(), OTHERS].map((role) => {
    const middle = median(nmcap.map((cost) => cost.roles.get(role) ?? NaN));
    return `${role} ${middle.toFixed(0)} ns`;
  });
  const applications = [nmcap, loop].map((costs) =>
    median(costs.map(({ application }) => application)).toFixed(0),
  );
  const sums = nmcap.map((cost, i) => {
    const other = loop[i];
    return other === undefined
      ? NaN
      : (sumOf(cost) + cost.application) / (sumOf(other) + other.application);
  });
  return (
    `${roles.join(', ')}; the simulated application beside it ${applications[0] ?? ''} ns, beside the ` +
    `loop ${applications[1] ?? ''} ns; with it ${median(sums).toFixed(2)} of the loop's`
  );
}
