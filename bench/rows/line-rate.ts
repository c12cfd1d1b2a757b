import { blockLength } from '../flow.js';
import { availableMemory } from '../machine.js';
import { capture, type Statistics, unaccounted } from '../nmcap.js';
import { type LoadCheck, loadCheck, type LoopLoss, loopLoss } from '../programs.js';
import type { Benchmark, Row } from '../row.js';
import { warmly } from '../warm-memory.js';

/** Of Ethernet at 10 Gbit/s: 64 bytes with FCS, 8 of preamble and 12 between frames. */
const LINE_RATE = 14_880_952;

/** Ring pairs of the NIC at line rate, as those for 10 Gbit/s have several. */
const LINE_RATE_RINGS = 4;

const LINE_RATE_BLOCK = blockLength(60, LINE_RATE_RINGS);

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
