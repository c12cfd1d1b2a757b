import { rmSync } from 'node:fs';
import path from 'node:path';

import { availableMemory } from '../machine.js';
import { capture, unaccounted } from '../nmcap.js';
import { drainBench, loadCheck, writeBench } from '../programs.js';
import type { Benchmark, Row, Run, Setting } from '../row.js';

const LENGTHS = [60, 512, 1514];

/** Of Ethernet at 10 Gbit/s: 64 bytes with FCS, 8 of preamble and 12 between frames. */
const LINE_RATE = 14_880_952;

/** Bytes of a frame in a file of a port with one ring: an EPB with epb_flags alone. */
function blockLength(frameLength: number): number {
  return 28 + Math.ceil(frameLength / 4) * 4 + 8 + 8;
}

/**
 * `-w` against the lower of the copy loop over the rings and a program that writes as many bytes
 * from memory.
 */
export const savefile: Benchmark = {
  name: 'savefile',
  what: '-w to tmpfs',
  async measure(setting) {
    const bytes = setting.quick ? 5e8 : 3e9;
    const rounds = Math.min(setting.rounds, 3);
    const rows: Row[] = [];
    for (const length of LENGTHS) {
      const frames = Math.round(bytes / blockLength(length));
      const lower = { loop: 0, writes: 0 };
      const runs: Run[] = [];
      for (let i = 0; i < rounds; i++) {
        const [loop] = await drainBench('rings', length, 1, 300);
        const writes = await measured(setting, (file) => writeBench(file, bytes));
        const reference = Math.min(loop?.plain ?? NaN, writes / blockLength(length));
        lower[reference === loop?.plain ? 'loop' : 'writes']++;
        const run = await measured(setting, (file) =>
          capture(setting, [`sim:em0@rate=max,length=${length}`, '-w', file, '-c', `${frames}`]),
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

/** Runs a step with a file's name, and removes the file after it. */
async function measured<Result>(
  { folder }: Setting,
  step: (file: string) => Promise<Result>,
): Promise<Result> {
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
    const seconds = setting.quick ? 1 : secondsThatFit();
    const count = LINE_RATE * seconds;
    const load = `sim:em0@rate=${LINE_RATE},length=60,count=${count}`;
    return measured(setting, async (file) => {
      // What a virtual machine's memory costs its host when it is first used is not nmcap's.
      await writeBench(file, count * blockLength(60));
      rmSync(file);
      const { accounts, seconds: took } = await capture(setting, [load, '-w', file]);
      const check = await loadCheck(file);
      const missing = accounts.sent - check.packets;
      const rows: Row[] = [
        {
          what: `${this.what}, ${seconds} s: frames lost`,
          unit: '',
          runs: [{ figure: missing }],
          target: { exactly: 0 },
          note:
            `${accounts.sent} frames sent, ${accounts.written} written, ${check.packets} read back, ` +
            `${check.disordered} out of order; ${accounts.lost} lost by full rings, ` +
            `${accounts.discarded} discarded`,
        },
        {
          what: `${this.what}: rate that the simulation reached`,
          unit: 'Mframes/s',
          runs: [{ figure: check.packets / check.sendingSeconds / 1e6 }],
          target: { atLeast: LINE_RATE / 1e6 },
          note: `${took.toFixed(1)} s from attachment to exit`,
        },
        {
          what: `${this.what}: frames unaccounted for or out of order`,
          unit: '',
          runs: [
            {
              figure:
                unaccounted(accounts) +
                Math.abs(check.packets - accounts.written) +
                check.disordered,
            },
          ],
          target: { exactly: 0 },
        },
      ];
      return rows;
    });
  },
};

/** Ten, or fewer where memory is short. */
function secondsThatFit(): number {
  const perSecond = LINE_RATE * blockLength(60);
  const spare = 1.5e9;
  return Math.max(1, Math.min(10, Math.floor((availableMemory() - spare) / perSecond)));
}

/** Bytes that the largest of these files takes. */
export const LARGEST_FILE = 10 * LINE_RATE * blockLength(60) + 1e9;
