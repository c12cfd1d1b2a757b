import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { writeMixedSavefile } from '../mixed-savefile.js';
import { capture, captureToFile } from '../nmcap.js';
import type { Benchmark, Row, Run, Setting } from '../row.js';
import { warmMemory } from '../warm-memory.js';

const LENGTH = 512;
/** Of a frame of that length in a file. */
const BLOCK = 28 + LENGTH + 8 + 8;

/** `-C 100M -W 10` against the same capture into one file: seconds for as many frames. */
export const rotation: Benchmark = {
  name: 'rotation',
  what: '-C 100M -W 10 to tmpfs',
  async measure(setting) {
    const frames = Math.round((setting.smoke ? 4e8 : 2e9) / BLOCK);
    const args = [`sim:em0@rate=max,length=${LENGTH}`, '-c', `${frames}`];
    const rate = (...options: string[]) =>
      inFolder(setting, frames * BLOCK, async (folder) => {
        const file = path.join(folder, 'a.pcapng');
        const { seconds } = await capture(setting, [...args, '-w', file, ...options]);
        return frames / seconds / 1e6;
      });
    const runs: Run[] = [];
    for (let i = 0; i < setting.rounds; i++) {
      // Either is first as often as the other.
      const first = i % 2 === 0 ? await rate() : undefined;
      const figure = await rate('-C', '100M', '-W', '10');
      runs.push({ figure, reference: first ?? (await rate()) });
    }
    return [
      {
        what: `${this.what}, ${LENGTH} bytes`,
        unit: 'Mframes/s',
        runs,
        against: 'one file',
        target: { atLeast: 0.97 },
      },
    ];
  },
};

/** Up to Ethernet's longest: half noise, half text. */
const PAYLOAD = { below: 1450, hasContent: true };

/**
 * `.zst` and `.gz` against the programs on the same bytes. The simulation's conversation will not do:
 * it repeats itself within a compressor's window, and is compressed faster than it is sent. Offered is
 * a little more than the program takes: much more would only keep a core busy with frames that are
 * lost.
 */
export const compression: Benchmark = {
  name: 'compression',
  what: 'compression, to tmpfs',
  async measure(setting) {
    const frames = setting.smoke ? 100_000 : 600_000;
    const rows: Row[] = [];
    await inFolder(setting, 3 * frames * PAYLOAD.below, async (folder) => {
      const replayed = path.join(folder, 'replayed.pcap');
      writeMixedSavefile(replayed, frames, PAYLOAD);
      for (const [ending, program] of [
        ['zst', 'zstd'],
        ['gz', 'gzip'],
      ] as const) {
        const runs: Run[] = [];
        const ratios: number[] = [];
        for (let i = 0; i < Math.min(setting.rounds, 3); i++) {
          const rate = Math.round((1.25 * frames) / compressSeconds(program, replayed).seconds);
          const port = `sim:em0@rate=${rate},replay=${replayed}`;
          const file = path.join(folder, `a.pcapng.${ending}`);
          // Some of the frames may be discarded.
          const packets = Math.round(0.7 * frames);
          const args = [port, '-c', `${packets}`];
          const { seconds } = await captureToFile(withoutPeaks(setting), args, file);
          // Time stamps and losses make other bytes of every capture.
          const plain = path.join(folder, 'a.pcapng');
          spawnSync('sh', ['-c', `${program} -dc '${file}' > '${plain}'`]);
          const { size } = statSync(plain);
          const programs = compressSeconds(program, plain);
          runs.push({ figure: size / seconds / 1e6, reference: size / programs.seconds / 1e6 });
          ratios.push(statSync(file).size / programs.bytes);
          rmSync(plain);
          rmSync(file);
        }
        rows.push({
          what: `.${ending}, ${this.what}`,
          unit: 'MB/s',
          runs,
          against: `${program} -1`,
          target: { atLeast: 0.9 },
          note: `its files are ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')} times as large`,
        });
      }
    });
    return rows;
  },
};

/** What is replayed is in the memory of the process, although it is the simulated application's. */
function withoutPeaks(setting: Setting): Setting {
  return { ...setting, residentPeaks: [] };
}

/** How long the program takes for a file, and how large its own is. */
function compressSeconds(program: string, file: string): { seconds: number; bytes: number } {
  const out = `${file}.program`;
  const startedAt = performance.now();
  const { status } = spawnSync('sh', ['-c', `${program} -1 -c '${file}' > '${out}'`]);
  const seconds = (performance.now() - startedAt) / 1000;
  if (status !== 0) throw new Error(`${program} failed`);
  const { size: bytes } = statSync(out);
  rmSync(out);
  return { seconds, bytes };
}

/** Runs a step in a folder of its own, where memory is warm. */
async function inFolder<Result>(
  setting: Setting,
  bytes: number,
  step: (folder: string) => Promise<Result>,
): Promise<Result> {
  warmMemory(setting.folder, bytes);
  const folder = path.join(setting.folder, 'rotated');
  mkdirSync(folder);
  try {
    return await step(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
