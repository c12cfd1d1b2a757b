// Measures nmcap's speed, memory and losses, and prints one table: `npm run bench -- --help`.
import { parseArgs } from 'node:util';

import { describeMachine } from './machine.js';
import { buildPrograms } from './programs.js';
import type { Benchmark, Setting } from './row.js';
import { drain, filter, severalPorts } from './rows/drain.js';
import { idle, latency, livePrinting, residentMemory, stalledReader } from './rows/live.js';
import { liveLine } from './rows/live-line.js';
import { json, reading, readingFiltered } from './rows/reading.js';
import { compression, rotation } from './rows/rotation.js';
import { lineRate, MAX_FILE_SIZE, savefile } from './rows/savefile.js';
import { startUp } from './rows/start-up.js';
import { asJson, countVerdicts, markdownTable, type Outcome, summaryLine } from './table.js';
import { makeTmpfs } from './tmpfs.js';
import { keepFreeMemory } from './warm-memory.js';

/** In the order of the table. `residentMemory` is last: it is about all captures before it. */
const BENCHMARKS: readonly Benchmark[] = [
  drain,
  filter,
  severalPorts,
  savefile,
  lineRate,
  rotation,
  compression,
  idle,
  latency,
  stalledReader,
  reading,
  readingFiltered,
  json,
  livePrinting,
  liveLine,
  startUp,
  residentMemory,
];

const USAGE = `npm run bench -- [--smoke] [--only NAME]… [--json] [--memory-seconds N]

  --smoke             short runs, to see that everything works; not for the record
  --only NAME         ${BENCHMARKS.map(({ name }) => name).join(', ')}
  --json              all runs as JSON instead of the table
  --memory-seconds N  how long the load of the memory row lasts (default 30)
`;

async function measure(benchmark: Benchmark, setting: Setting): Promise<Outcome> {
  const { name, what } = benchmark;
  process.stderr.write(`bench: ${name}\n`);
  try {
    return { name, what, rows: await benchmark.measure(setting) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`bench: ${name}: ${message}\n`);
    return { name, what, rows: [], failure: message };
  }
}

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    'memory-seconds': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const { smoke, only } = values;
const unknown = only?.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (values.help || unknown !== undefined) {
  process.stdout.write(USAGE);
  process.exit(values.help ? 0 : 2);
}

const machine = describeMachine();
buildPrograms();
const tmpfs = makeTmpfs(MAX_FILE_SIZE);
const freeMemory = keepFreeMemory();
const undo = (): void => {
  freeMemory.restore();
  tmpfs.remove();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    undo();
    process.exit(1);
  });
}
const outcomes: Outcome[] = [];
try {
  const setting: Setting = {
    smoke,
    rounds: smoke ? 2 : 5,
    folder: tmpfs.folder,
    memorySeconds: Number(values['memory-seconds'] ?? (smoke ? 3 : 30)),
    residentPeaks: [],
  };
  for (const benchmark of BENCHMARKS) {
    if (only !== undefined && !only.includes(benchmark.name)) continue;
    const outcome = await measure(benchmark, setting);
    // Already, for who watches and for a run that is stopped.
    process.stderr.write(`${markdownTable([outcome])}\n`);
    outcomes.push(outcome);
  }
} finally {
  undo();
}
const memory = `${tmpfs.description}, ${freeMemory.description}`;
const date = new Date().toISOString().slice(0, 10);
if (values.json) {
  const report = { date, machine, memory, ...countVerdicts(outcomes), outcomes: asJson(outcomes) };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.stderr.write(summaryLine(outcomes));
} else {
  process.stdout.write(`${markdownTable(outcomes)}\n${date}: ${machine}; ${memory}\n`);
  process.stdout.write(summaryLine(outcomes));
}
if (countVerdicts(outcomes).failed > 0) process.exitCode = 1;
