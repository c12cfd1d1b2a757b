import { blockLength, type Flow, loopFlow, nmcapFlow } from '../flow.js';
import type { Benchmark, Row, Run } from '../row.js';
import { warmly } from '../warm-memory.js';

const LENGTHS = [60, 512, 1514];

/** Of what the plain loop writes of as much as can be sent. */
const OFFERS = [0.75, 1, 1.5];

/**
 * `-w` against a plain loop that drains, encodes and writes in one thread. Either does best at a rate
 * of its own: frames that are lost keep a core busy too. So both are offered the same rates, and the
 * best of each counts.
 */
export const savefile: Benchmark = {
  name: 'savefile',
  what: '-w to tmpfs',
  quick: true,
  async measure(setting) {
    const bytes = setting.smoke ? 3e8 : 1e9;
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      const frames = Math.round(bytes / blockLength(length));
      const round = async (file: string): Promise<Run> => {
        const nmcap: Flow[] = [];
        const loop: Flow[] = [];
        const compare = async (rate: number) => {
          loop.push(await loopFlow({ length, rate }, frames, file));
          nmcap.push(await nmcapFlow(setting, { length, rate }, frames, file));
        };
        await compare(Infinity);
        const { written = NaN } = loop[0] ?? {};
        for (const offer of OFFERS) await compare(offer * written);
        return { figure: best(nmcap) / 1e6, reference: best(loop) / 1e6 };
      };
      const runs: Run[] = [];
      for (let i = 0; i < Math.max(1, setting.rounds - 2); i++) {
        runs.push(await warmly(setting, bytes, round));
      }
      rows.push({
        what: `${this.what}, ${length} bytes`,
        unit: 'Mframes/s',
        runs,
        against: 'plain capture loop',
        target: { atLeast: 1 },
      });
    }
    return rows;
  },
};

function best(flows: readonly Flow[]): number {
  return Math.max(...flows.map(({ written }) => written));
}
