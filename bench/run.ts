// Measures nmcap's speed, memory and losses, and prints one table: `npm run bench -- --help`.
import { parseArgs } from 'node:util';

import { makeDiskFolder, makeTmpfs } from './folders.js';
import { describeMachine } from './machine.js';
import { buildPrograms, PROGRAMS } from './programs.js';
import type { Benchmark, Setting } from './row.js';
import { pageCache, stalledDisk } from './rows/disk.js';
import { drain, filter, severalPorts } from './rows/drain.js';
import { lineRate, MAX_FILE_SIZE } from './rows/line-rate.js';
import { idle, latency, livePrinting, residentMemory, stalledReader } from './rows/live.js';
import { liveLine } from './rows/live-line.js';
import { overload } from './rows/overload.js';
import { processorTime } from './rows/processor-time.js';
import { json, reading, readingFiltered } from './rows/reading.js';
import { compression, rotation } from './rows/rotation.js';
import { savefile } from './rows/savefile.js';
import { startUp } from './rows/start-up.js';
import { asJson, countVerdicts, markdownTable, type Outcome, summaryLine } from './table.js';
import { keepFreeMemory } from './warm-memory.js';

/** In the order of the table. `residentMemory` is last: it is about all captures before it. */
const BENCHMARKS: readonly Benchmark[] = [
  drain,
  filter,
  severalPorts,
  savefile,
  overload,
  processorTime,
  stalledDisk,
  pageCache,
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

const USAGE = `npm run bench -- [--quick | --smoke] [--only NAME]… [--json] [--disk FOLDER] [--memory-seconds N]

  --quick             two minutes, of the rows that a change moves most likely:
                      ${BENCHMARKS.flatMap(({ name, quick }) => (quick === true ? [name] : [])).join(', ')}
  --smoke             all rows, as short as they can be, to see that everything works
  --only NAME         ${BENCHMARKS.map(({ name }) => name).join(', ')}
  --json              all runs as JSON instead of the table
  --disk FOLDER       for the row of the page cache (default: where the programs are built)
  --memory-seconds N  how long the load of the memory row lasts (default 30)

The last line says how many rows were met and how many missed. The exit status is 1 where a figure
could not be measured.
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
    quick: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    disk: { type: 'string', default: PROGRAMS },
    'memory-seconds': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const { quick, smoke, only } = values;
const unknown = only?.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (unknown !== undefined || (quick && smoke)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

const machine = describeMachine();
buildPrograms();
const disk = makeDiskFolder(values.disk);
const tmpfs = makeTmpfs(MAX_FILE_SIZE);
const freeMemory = keepFreeMemory();
const undo = (): void => {
  freeMemory.restore();
  tmpfs.remove();
  disk.remove();
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
    rounds: smoke ? 2 : quick ? 3 : 5,
    folder: tmpfs.folder,
    diskFolder: disk.folder,
    memorySeconds: Number(values['memory-seconds'] ?? (smoke ? 3 : 30)),
    residentPeaks: [],
  };
  for (const benchmark of BENCHMARKS) {
    const wanted = only?.includes(benchmark.name) ?? (!quick || benchmark.quick === true);
    if (!wanted) continue;
    const start = performance.now();
    const outcome = await measure(benchmark, setting);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    process.stderr.write(`bench: ${benchmark.name} took ${seconds} s\n`);
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
