import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { NMCAP } from '../nmcap.js';
import type { Benchmark, Run, Setting } from '../row.js';

const LENGTH = 512;
/** What begins the live line each time it is drawn (src/run/live-line.ts). */
const DRAWN = '\r\u001b[K';

/** Captures on a terminal with the live line against a terminal that has none. */
export const liveLine: Benchmark = {
  name: 'live-line',
  what: 'live line on a terminal, to /dev/null',
  measure(setting) {
    const seconds = setting.smoke ? 3 : 5;
    const runs: Run[] = [];
    for (let i = 0; i < setting.rounds; i++) {
      // Either is first as often as the other.
      const first = i % 2 === 0 ? rate(setting, seconds, false) : undefined;
      const figure = rate(setting, seconds, true);
      runs.push({ figure, reference: first ?? rate(setting, seconds, false) });
    }
    return Promise.resolve([
      {
        what: `${this.what}, ${LENGTH} bytes`,
        unit: 'Mframes/s',
        runs,
        against: 'no line',
        target: { atLeast: 0.99 },
      },
    ]);
  },
};

/** Million frames a second; script(1), of util-linux, makes the terminal. */
function rate({ folder }: Setting, seconds: number, withLine: boolean): number {
  const stats = path.join(folder, 'stats.json');
  const port = `sim:em0@rate=max,length=${LENGTH}`;
  const nmcap = `'${NMCAP}' ${port} -w /dev/null --duration ${seconds} --stats-json '${stats}'`;
  const { status, stdout } = spawnSync('script', ['-qec', `stty cols 100; ${nmcap}`, '/dev/null'], {
    encoding: 'utf8',
    env: { ...process.env, TERM: withLine ? 'xterm' : 'dumb' },
  });
  if (status !== 0) throw new Error(`nmcap ended with status ${String(status)}: ${stdout}`);
  if (stdout.includes(DRAWN) !== withLine) throw new Error(`the terminal shows ${stdout}`);
  const { written, started, ended } = JSON.parse(readFileSync(stats, 'utf8')) as {
    written: number;
    started: string;
    ended: string;
  };
  return written / (Date.parse(ended) - Date.parse(started)) / 1000;
}
