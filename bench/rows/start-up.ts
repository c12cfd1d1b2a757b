import { spawnSync } from 'node:child_process';

import { NMCAP } from '../nmcap.js';
import type { Benchmark, Run } from '../row.js';

/** nmcap that does nothing, against node that does nothing. */
export const startUp: Benchmark = {
  name: 'start-up',
  what: 'start-up, nmcap --version',
  quick: true,
  measure({ smoke }) {
    const runs: Run[] = [];
    for (let i = 0; i < (smoke ? 5 : 25); i++) {
      const reference = milliseconds(process.execPath, ['-e', '0']);
      runs.push({ figure: milliseconds(NMCAP, ['--version']), reference });
    }
    return Promise.resolve([
      { what: this.what, unit: 'ms', runs, against: 'node -e 0', target: { atMost: 1.4 } },
    ]);
  },
};

function milliseconds(command: string, args: string[]): number {
  const start = performance.now();
  spawnSync(command, args, { stdio: 'ignore' });
  return performance.now() - start;
}
