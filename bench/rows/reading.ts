import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

import { writeMixedSavefile } from '../mixed-savefile.js';
import { NMCAP } from '../nmcap.js';
import type { Benchmark, Row, Run, Setting } from '../row.js';

const FILTER = 'tcp port 443 and src net 10.0.0.0/16';

/** Packets a second of a command that reads a file of so many. */
function rate(packets: number, command: string, args: string[]): number {
  const start = performance.now();
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`'${[command, ...args].join(' ')}' failed`);
  return packets / (performance.now() - start) / 1000;
}

interface Contest {
  readonly name: string;
  readonly what: string;
  /** Packets of the file, in a full run. */
  readonly packets: number;
  readonly nmcap: (file: string) => string[];
  readonly other: string;
  readonly otherArgs: (file: string) => string[];
  readonly atLeast: number;
}

/** nmcap against another program on the same file, output to /dev/null. */
function contest({ nmcap, other, otherArgs, atLeast, ...contest }: Contest): Benchmark {
  return {
    ...contest,
    measure(setting: Setting): Promise<Row[]> {
      const packets = setting.smoke ? contest.packets / 10 : contest.packets;
      const file = path.join(setting.folder, 'mixed.pcap');
      writeMixedSavefile(file, packets);
      const runs: Run[] = [];
      try {
        for (let i = 0; i < Math.min(setting.rounds, 3); i++) {
          const reference = rate(packets, other, otherArgs(file));
          runs.push({ figure: rate(packets, NMCAP, nmcap(file)), reference });
        }
      } finally {
        rmSync(file);
      }
      const row = { what: contest.what, unit: 'Mpackets/s', runs, against: other };
      return Promise.resolve([{ ...row, target: { atLeast } }]);
    },
  };
}

export const reading = contest({
  name: 'reading',
  what: '-r, lines to /dev/null',
  packets: 3_000_000,
  nmcap: (file) => ['-n', '-r', file],
  other: 'tcpdump',
  otherArgs: (file) => ['-n', '-r', file],
  atLeast: 8,
});

export const readingFiltered = contest({
  name: 'reading-filtered',
  what: `-r '${FILTER}' -w /dev/null`,
  packets: 3_000_000,
  nmcap: (file) => ['-r', file, '-w', '/dev/null', FILTER],
  other: 'tcpdump',
  otherArgs: (file) => ['-r', file, '-w', '/dev/null', FILTER],
  atLeast: 1,
});

export const json = contest({
  name: 'json',
  what: '-r --json',
  packets: 300_000,
  nmcap: (file) => ['-r', file, '--json'],
  other: 'tshark',
  otherArgs: (file) => ['-n', '-r', file, '-T', 'ek'],
  atLeast: 10,
});
