import type { Benchmark, Row, Run } from '../row.js';
import { steadyCapture } from '../steady.js';
import { warmly } from '../warm-memory.js';

const LENGTHS = [60, 512, 1514];

/** Of what the plain loop writes of as much as can be sent. */
const OFFERS = [0.75, 1, 1.5];

/** Of a file, at most: what is written of the longest frames until a capture is over. */
const MOST_BYTES = 4e9;

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
    const seconds = setting.smoke ? 0.1 : 0.5;
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      const round = async (file: string): Promise<Run> => {
        const nmcap: number[] = [];
        const loop: number[] = [];
        const compare = async (rate: number) => {
          const load = { length, rate };
          loop.push((await steadyCapture('loop', load, file, seconds)).written);
          nmcap.push((await steadyCapture('nmcap', load, file, seconds)).written);
        };
        await compare(Infinity);
        const [written = NaN] = loop;
        for (const offer of OFFERS) await compare(offer * written);
        return { figure: Math.max(...nmcap) / 1e6, reference: Math.max(...loop) / 1e6 };
      };
      const runs = await warmly(setting, MOST_BYTES, async (file) => {
        const all: Run[] = [];
        for (let i = 0; i < Math.max(1, setting.rounds - 2); i++) all.push(await round(file));
        return all;
      });
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
