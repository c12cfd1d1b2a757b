import { blockLength, loopFlow, nmcapFlow } from '../flow.js';
import { type Benchmark, median, type Row, type Run, type Setting } from '../row.js';
import { warmly } from '../warm-memory.js';

/** Of the shorter frames the drain has more than enough to do, of the longer ones the writer. */
const LENGTHS = [60, 512];

const OVERLOAD = 4;

/** Less than that is no overload, and nothing was measured. */
const LEAST_OVERLOAD = 1.2;

/** Of what the plain loop writes of as much as can be sent: where nmcap's best rate is looked for. */
const OFFERS = [0.5, 0.75, 1, 1.5];

/** Whether more frames than can be written keep nmcap from writing as many as it could. */
export const overload: Benchmark = {
  name: 'overload',
  what: `${OVERLOAD} times the best rate offered, to tmpfs`,
  quick: true,
  async measure(setting) {
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      const row = (file: string) => compare(setting, this.what, length, file);
      rows.push(await warmly(setting, bytesOf(setting), row));
    }
    return rows;
  },
};

async function compare(setting: Setting, what: string, length: number, file: string): Promise<Row> {
  const frames = Math.round(bytesOf(setting) / blockLength(length));
  const flow = (rate: number) => nmcapFlow(setting, { length, rate }, frames, file);
  const flood = await loopFlow({ length, rate: Infinity }, frames, file);
  let best = { rate: NaN, written: 0 };
  for (const offer of OFFERS) {
    const rate = offer * flood.written;
    const { written } = await flow(rate);
    if (written > best.written) best = { rate, written };
  }
  const runs: Run[] = [];
  const multiples: number[] = [];
  for (let i = 0; i < setting.rounds; i++) {
    // Either is first as often as the other.
    const first = i % 2 === 0 ? await flow(best.rate) : undefined;
    const flooded = await flow(OVERLOAD * best.rate);
    const calm = first ?? (await flow(best.rate));
    multiples.push(flooded.sent / calm.written);
    runs.push({ figure: flooded.written / 1e6, reference: calm.written / 1e6 });
  }
  const multiple = median(multiples).toFixed(2);
  if (Number(multiple) < LEAST_OVERLOAD) {
    throw new Error(`${length} bytes: the simulation sent only ${multiple} times what is written`);
  }
  return {
    what: `${what}, ${length} bytes`,
    unit: 'Mframes/s',
    runs,
    against: 'at the best rate',
    target: { atLeast: 0.85 },
    note:
      `most is written of ${(best.rate / 1e6).toPrecision(3)} M/s offered; the simulation, which shares ` +
      `the processors, came to ${multiple} times what is written then`,
  };
}

/** Of a file. */
function bytesOf({ smoke }: Setting): number {
  return smoke ? 3e8 : 1e9;
}
