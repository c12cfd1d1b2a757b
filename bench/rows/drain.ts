import { drainBench, type DrainRound, portsBench } from '../programs.js';
import type { Benchmark, Row, Setting } from '../row.js';

const LENGTHS = [60, 512, 1514];
const FILTER = 'udp port 53';

function rounds(setting: Setting): [count: number, milliseconds: number] {
  return [setting.rounds, setting.smoke ? 150 : 400];
}

function against(plain: readonly DrainRound[]): Row['runs'] {
  return plain.map((round) => ({ figure: round.drain / 1e6, reference: round.plain / 1e6 }));
}

function filtered(measured: readonly DrainRound[]): Row['runs'] {
  return measured.map((round) => ({
    figure: (round.filtered ?? NaN) / 1e6,
    reference: round.drain / 1e6,
  }));
}

/** The drain thread against a loop that copies the frames' bytes out of the same rings. */
export const drain: Benchmark = {
  name: 'drain',
  what: 'drain to batches',
  quick: true,
  async measure(setting) {
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      rows.push({
        what: `drain to batches, ${length} bytes`,
        unit: 'Mframes/s',
        runs: against(await drainBench('rings', length, ...rounds(setting))),
        against: 'copy loop',
        target: { atLeast: 0.8 },
      });
    }
    return rows;
  },
};

/** A filter that passes 1 in 100, against none. */
export const filter: Benchmark = {
  name: 'filter',
  what: `filter '${FILTER}', 1 in 100`,
  async measure(setting) {
    const row = async (device: 'alone' | 'rings', what: string): Promise<Row> => ({
      what,
      unit: 'Mframes/s',
      runs: filtered(await drainBench(device, 60, ...rounds(setting), FILTER)),
      against: 'unfiltered',
      target: { atLeast: 0.7 },
    });
    return [
      await row('rings', `${this.what}, 60 bytes`),
      await row('alone', `${this.what}, 60 bytes, drain thread alone`),
    ];
  },
};

/** Frames a second of each of the ports: two senders and a reader fill both processors beyond that. */
const PORT_RATE = 5_000_000;

/** Why several ports share one loop: a thread for each is no faster. */
export const severalPorts: Benchmark = {
  name: 'several-ports',
  what: 'two ports, 5 Mframes/s each, one loop',
  async measure(setting) {
    const measured = await portsBench(60, PORT_RATE, ...rounds(setting));
    return [
      {
        what: this.what,
        unit: 'Mframes/s',
        runs: measured.map(({ loop, threads }) => ({
          figure: loop / 1e6,
          reference: threads / 1e6,
        })),
        against: 'a thread each',
        target: { atLeast: 0.95 },
      },
    ];
  },
};
