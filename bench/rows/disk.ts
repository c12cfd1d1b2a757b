import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { blockLength, loadPort, loopFlow, nmcapFlow } from '../flow.js';
import { captureToFile } from '../nmcap.js';
import { loadCheck, STALLING_DISK } from '../programs.js';
import { type Benchmark, median, type Run } from '../row.js';
import { warmly, warmMemory } from '../warm-memory.js';

/** Of the disk that stalls; bench/native/stalling_disk.cc has the times. */
const STALL_MS = 500;
const LONGEST_GAP_MS = 700;

/**
 * Frames of 60 bytes a second. The 32 MiB of the pool hold 322,638 of them: more than twice what
 * comes during a stall, while a ring's 4096 slots last 14 ms.
 */
const STALLED_RATE = 300_000;

/** Nothing is missing where the disk stalls and the pool lasts. */
export const stalledDisk: Benchmark = {
  name: 'stalled-disk',
  what: `a disk that stalls for ${STALL_MS} ms, ${STALLED_RATE / 1000} kframes/s`,
  quick: true,
  async measure(setting) {
    const seconds = setting.smoke ? 2 : 5;
    const count = STALLED_RATE * seconds;
    const port = `${loadPort({ length: 60, rate: STALLED_RATE })},count=${count}`;
    const runs: Run[] = [];
    const notes: string[] = [];
    for (let seed = 1; seed <= Math.min(setting.rounds, 3); seed++) {
      await warmly(setting, count * blockLength(60), async (file) => {
        const log = `${file}.stalls`;
        const { statistics } = await captureToFile(setting, [port], file, {
          LD_PRELOAD: STALLING_DISK,
          NMCAP_BENCH_STALL_SEED: `${seed}`,
          NMCAP_BENCH_STALL_LOG: log,
        });
        const stalls = readFileSync(log, 'utf8').length;
        rmSync(log);
        if (stalls < Math.floor((seconds * 1000) / (STALL_MS + LONGEST_GAP_MS))) {
          throw new Error(`the disk stalled only ${stalls} times`);
        }
        const { packets, disordered } = await loadCheck(file);
        const { sent, discarded, lost } = statistics;
        runs.push({ figure: sent - packets + disordered });
        notes.push(
          `${stalls} stalls: of ${sent} sent, ${packets} read back from the file, ` +
            `${lost} lost by full rings, ${discarded} discarded`,
        );
      });
    }
    return [
      {
        what: `${this.what}: frames missing`,
        unit: '',
        runs,
        target: { exactly: 0 },
        note: notes.join('. '),
      },
    ];
  },
};

/** As nmcap writes at once. */
const DD_BLOCK = 256 * 1024;
const DISK_LENGTH = 1514;

/** Of what dd takes: more is lost than written where the simulation and nmcap want the same memory. */
const OFFERS = [0.5, 0.75, 1];

/** `-w` to a disk's page cache against dd; of several rates, the best counts. */
export const pageCache: Benchmark = {
  name: 'page-cache',
  what: `-w to the page cache of a disk, ${DISK_LENGTH} bytes`,
  async measure(setting) {
    const bytes = setting.smoke ? 1e8 : bytesThatStay();
    const file = path.join(setting.diskFolder, 'savefile');
    const prepare = () => {
      rmSync(file, { force: true });
      // Nothing else waits to be written.
      spawnSync('sync');
      warmMemory(setting.folder, bytes);
    };
    const block = blockLength(DISK_LENGTH);
    const frames = Math.round(bytes / block);
    const runs: Run[] = [];
    const loops: number[] = [];
    try {
      for (let i = 0; i < setting.rounds; i++) {
        prepare();
        const reference = ddRate(file, bytes);
        const rates: number[] = [];
        for (const offer of OFFERS) {
          prepare();
          const load = { length: DISK_LENGTH, rate: offer * (reference / block) };
          const { written } = await nmcapFlow(setting, load, frames, file);
          rates.push(written * block);
        }
        runs.push({ figure: Math.max(...rates) / 1e9, reference: reference / 1e9 });
        prepare();
        const flood = { length: DISK_LENGTH, rate: Infinity };
        loops.push(((await loopFlow(flood, frames, file)).written * block) / 1e9);
      }
    } finally {
      rmSync(file, { force: true });
    }
    return [
      {
        what: this.what,
        unit: 'GB/s',
        runs,
        against: `dd bs=${DD_BLOCK / 1024}K`,
        target: { atLeast: 0.8 },
        note:
          `${(bytes / 1e9).toPrecision(2)} GB, which the kernel does not begin to write meanwhile; ` +
          `the plain capture loop writes ${median(loops).toPrecision(3)} GB/s there`,
      },
    ];
  },
};

/** Bytes a second. */
function ddRate(file: string, bytes: number): number {
  const blocks = Math.round(bytes / DD_BLOCK);
  const args = ['if=/dev/zero', `of=${file}`, `bs=${DD_BLOCK}`, `count=${blocks}`];
  const start = performance.now();
  const { status } = spawnSync('dd', args, { stdio: 'ignore' });
  if (status !== 0) throw new Error('dd failed');
  return (blocks * DD_BLOCK) / ((performance.now() - start) / 1000);
}

/** Half of what may be dirty before Linux begins to write it. */
function bytesThatStay(): number {
  const pages = /^nr_dirty_background_threshold (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'));
  return Math.min(1e9, (Number(pages?.[1] ?? NaN) * 4096) / 2);
}
