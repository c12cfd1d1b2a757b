// What main.ts runs where /dev/netmap is: measures, and prints the tables.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

import { NMCAP } from '../nmcap.js';
import { countVerdicts, markdownTable, type Outcome, summaryLine } from '../table.js';
import { warmMemory } from '../warm-memory.js';
import { parseKernelBenchArguments } from './arguments.js';
import { BEGINNING, measureBeginning } from './beginning.js';
import { type Captured, captureLoad, type Program } from './captured.js';
import { type Load, LOADS, packetSize } from './loads.js';
import { type Contest, contestRows, describeCapture, measuredTable, type Round } from './rows.js';

/** Somewhat longer than a capture takes from its first packet to its last. */
const CAPTURE_SECONDS = 7;

const { against, rounds, rows } = parseKernelBenchArguments(process.argv.slice(2));
const nmcap: Program = { name: 'nmcap', command: [NMCAP, '%p', '-w', '%f'] };
const other: Program | undefined = against && {
  name: path.basename(against[0] ?? ''),
  command: against,
};

function report(line: string): void {
  process.stderr.write(`bench:kernel: ${line}\n`);
}

async function measure(folder: string, program: Program, load: Load): Promise<Captured> {
  const captured = await captureLoad(folder, program, load);
  report(describeCapture(program.name, load, captured));
  return captured;
}

async function contest(folder: string, load: Load): Promise<Contest> {
  warm(folder, load);
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) {
    const first = other && (await measure(folder, other, load));
    const second = await measure(folder, nmcap, load);
    measured.push({ nmcap: second, ...(first && { other: first }) });
  }
  return { load, rounds: measured, ...(other && { against: other.name }) };
}

/** Bytes that are warm by now. */
let warmed = 0;

function warm(folder: string, { rate, length }: Load): void {
  const bytes = CAPTURE_SECONDS * rate * packetSize(length);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes) {
    throw new Error(`${folder} has no room for ${Math.ceil(bytes / 2 ** 20)} MiB of packets`);
  }
  if (bytes > warmed) warmMemory(folder, bytes);
  warmed = Math.max(warmed, bytes);
}

async function attempt<Result>(what: string, step: () => Promise<Result>): Promise<Result | Error> {
  try {
    return await step();
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    report(`${what}: ${failure.message}`);
    return failure;
  }
}

const outcomes: Outcome[] = [];
const contests: Contest[] = [];
const folder = mkdtempSync('/dev/shm/nmcap-bench-');
try {
  for (const load of LOADS.filter(({ name }) => rows.has(name))) {
    const result = await attempt(load.name, () => contest(folder, load));
    const base = { name: load.name, what: load.name };
    if (result instanceof Error) {
      outcomes.push({ ...base, rows: [], failure: result.message });
      continue;
    }
    contests.push(result);
    if (other !== undefined) outcomes.push({ ...base, rows: contestRows(result) });
  }
  if (rows.has(BEGINNING)) {
    const result = await attempt(BEGINNING, () => measureBeginning(folder));
    const base = { name: BEGINNING, what: BEGINNING };
    outcomes.push(
      result instanceof Error
        ? { ...base, rows: [], failure: result.message }
        : { ...base, rows: [result] },
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (contests.length > 0) process.stdout.write(`${measuredTable(contests)}\n`);
process.stdout.write(`${markdownTable(outcomes)}\n${summaryLine(outcomes)}`);
if (countVerdicts(outcomes).failed > 0) process.exitCode = 1;
