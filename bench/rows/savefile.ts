import { rmSync } from 'node:fs';
import path from 'node:path';

import { availableMemory } from '../machine.js';
import { capture, type Statistics, unaccounted } from '../nmcap.js';
import {
  drainBench,
  type LoadCheck,
  loadCheck,
  type LoopLoss,
  loopLoss,
  writeBench,
} from '../programs.js';
import type { Benchmark, Row, Run, Setting } from '../row.js';
import { warmMemory } from '../warm-memory.js';

const LENGTHS = [60, 512, 1514];

/** Of Ethernet at 10 Gbit/s: 64 bytes with FCS, 8 of preamble and 12 between frames. */
const LINE_RATE = 14_880_952;

/** Ring pairs of the NIC at line rate, as those for 10 Gbit/s have several. */
const LINE_RATE_RINGS = 4;

/** Bytes of a frame in a file: an EPB with epb_flags, and with epb_queue where rings are several. */
function blockLength(frameLength: number, rings = 1): number {
  return 28 + Math.ceil(frameLength / 4) * 4 + 8 + (rings > 1 ? 8 : 0) + 8;
}

const LINE_RATE_BLOCK = blockLength(60, LINE_RATE_RINGS);

/**
 * `-w` against the lower of the copy loop over the rings and a program that writes as many bytes
 * from memory; offered is what the lower one takes. More would only keep a core busy with frames
 * that are lost.
 */
export const savefile: Benchmark = {
  name: 'savefile',
  what: '-w to tmpfs',
  async measure(setting) {
    const bytes = setting.smoke ? 5e8 : 4e9;
    const rounds = Math.min(setting.rounds, 3);
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      const frames = Math.round(bytes / blockLength(length));
      const lower = { loop: 0, writes: 0 };
      const runs: Run[] = [];
      for (let i = 0; i < rounds; i++) {
        const [loop] = await drainBench('rings', length, 1, 500);
        const writes = await warmly(setting, bytes, (file) => writeBench(file, bytes));
        const reference = Math.min(loop?.plain ?? NaN, writes / blockLength(length));
        lower[reference === loop?.plain ? 'loop' : 'writes']++;
        const load = `sim:em0@rate=${Math.round(reference)},length=${length}`;
        const run = await warmly(setting, bytes, (file) =>
          capture(setting, [load, '-w', file, '-c', `${frames}`]),
        );
        runs.push({ figure: frames / run.seconds / 1e6, reference: reference / 1e6 });
      }
      rows.push({
        what: `${this.what}, ${length} bytes`,
        unit: 'Mframes/s',
        runs,
        against: lower.loop > lower.writes ? 'copy loop' : 'plain writes',
        target: { atLeast: 0.8 },
      });
    }
    return rows;
  },
};

/** Runs a step with a file's name, where memory is warm, and removes the file after it. */
async function warmly<Result>(
  { folder }: Setting,
  bytes: number,
  step: (file: string) => Promise<Result>,
): Promise<Result> {
  warmMemory(folder, bytes);
  const file = path.join(folder, 'savefile');
  try {
    return await step(file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** Ten seconds of the smallest frames as fast as 10 Gbit/s Ethernet carries them. */
export const lineRate: Benchmark = {
  name: 'line-rate',
  what: '10 GbE line rate to tmpfs',
  async measure(setting) {
    const seconds = setting.smoke ? 1 : secondsThatFit();
    const count = LINE_RATE * seconds;
    const load = `sim:em0@rate=${LINE_RATE},length=60,rings=${LINE_RATE_RINGS},count=${count}`;
    const run = async (...options: string[]): Promise<LineRateRun> => {
      const floor = await loopLoss(60, LINE_RATE, seconds, LINE_RATE_RINGS);
      return warmly(setting, count * LINE_RATE_BLOCK, async (file) => {
        const { statistics } = await capture(setting, [load, '-w', file, ...options]);
        return { floor, statistics, check: await loadCheck(file) };
      });
    };
    const ordinary: LineRateRun[] = [];
    const realtime: LineRateRun[] = [];
    for (let i = 0; i < Math.min(setting.rounds, 3); i++) {
      ordinary.push(await run());
      realtime.push(await run('--realtime'));
    }
    return [
      ...lineRateRows(`${this.what}, ${seconds} s`, ordinary),
      ...lineRateRows(`${this.what}, ${seconds} s, --realtime`, realtime),
    ];
  },
};

interface LineRateRun {
  readonly statistics: Statistics;
  readonly check: LoadCheck;
  /** What the copy loop alone loses of the same load. */
  readonly floor: LoopLoss;
}

function lineRateRows(what: string, runs: readonly LineRateRun[]): Row[] {
  return [
    {
      what: `${what}: frames lost`,
      unit: '',
      runs: runs.map(({ statistics, check }) => ({ figure: statistics.sent - check.packets })),
      target: { exactly: 0 },
      note: runs
        .map(
          ({ statistics, check, floor }) =>
            `of ${statistics.sent} sent, ${check.packets} read back from the file, ` +
            `${statistics.lost} lost by full rings, ${statistics.discarded} discarded; ` +
            `a copy loop alone that writes nothing lost ${floor.sent - floor.read} of ${floor.sent}`,
        )
        .join('. '),
    },
    {
      what: `${what}: rate that the simulation reached`,
      unit: 'Mframes/s',
      runs: runs.map(({ check }) => ({
        figure: (check.packets + check.missing) / check.sendingSeconds / 1e6,
      })),
      target: { atLeast: (LINE_RATE * 0.99) / 1e6 },
    },
    {
      what: `${what}: frames unaccounted for or out of order`,
      unit: '',
      runs: runs.map(({ statistics, check }) => ({
        figure:
          unaccounted(statistics) + Math.abs(check.packets - statistics.written) + check.disordered,
      })),
      target: { exactly: 0 },
    },
  ];
}

/** Ten, or fewer where memory is short. */
function secondsThatFit(): number {
  const perSecond = LINE_RATE * LINE_RATE_BLOCK;
  const spare = 1.5e9;
  return Math.max(1, Math.min(10, Math.floor((availableMemory() - spare) / perSecond)));
}

/** Bytes that the largest of these files takes, and what memory is warmed beyond it. */
export const MAX_FILE_SIZE = 10 * LINE_RATE * LINE_RATE_BLOCK + 1e9;
