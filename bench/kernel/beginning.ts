import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { NMCAP } from '../nmcap.js';
import type { Row } from '../row.js';
import { FrameSender, MONITORED_PORT } from './sender.js';

/** The row's name. */
export const BEGINNING = 'beginning';

const CAPTURES = 50;
const RATE = 1e6;
const LENGTH = 60;
/** A millisecond's. */
const PACKETS = 1000;

interface RingCounters {
  readonly ring_full: number;
}

/** The part of docs/stats-json.md that is read here. */
interface StatsJson {
  readonly interfaces: readonly {
    readonly rings: readonly { readonly in: RingCounters; readonly out: RingCounters }[];
  }[];
}

/** How many of the captures that begin while frames are sent find a ring full right away. */
export async function measureBeginning(folder: string): Promise<Row> {
  const sender = new FrameSender({ name: BEGINNING, rate: RATE, length: LENGTH });
  let alarmed = 0;
  try {
    for (let i = 0; i < CAPTURES; i++) if (ringFull(folder) > 0) alarmed++;
  } finally {
    await sender.stop();
  }
  return {
    what: `${CAPTURES} captures begun at ${RATE / 1e6} M frames/s: those that found a ring full`,
    unit: '',
    runs: [{ figure: alarmed }],
    target: { exactly: 0 },
  };
}

/** Syncs that found a ring full in a capture of a few packets. */
function ringFull(folder: string): number {
  const file = path.join(folder, 'beginning.pcapng');
  const statistics = path.join(folder, 'beginning.json');
  const args = [MONITORED_PORT, '-c', `${PACKETS}`, '-w', file, '--stats-json', statistics];
  try {
    const { status, stderr } = spawnSync(NMCAP, args, { encoding: 'utf8', timeout: 60_000 });
    if (status !== 0) throw new Error(`nmcap ended with status ${String(status)}: ${stderr}`);
    const { interfaces } = JSON.parse(readFileSync(statistics, 'utf8')) as StatsJson;
    return interfaces
      .flatMap(({ rings }) => rings)
      .reduce((sum, ring) => sum + ring.in.ring_full + ring.out.ring_full, 0);
  } finally {
    rmSync(file, { force: true });
    rmSync(statistics, { force: true });
  }
}
