import type { CaptureOptions, FilterDumpOptions } from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { MonitorSource } from '../monitor/monitor.js';
import { report } from '../report.js';
import { writeText } from '../sink/output.js';
import type { Source } from '../source.js';
import { statsTable } from '../stats/table.js';
import { capture, type Sinks } from './capture.js';
import { dumpFilter } from './dump-filter.js';
import { openSinks } from './open-sinks.js';
import { openSource } from './open-source.js';
import { refuseOutput } from './refuse-output.js';
import { abortOnSignals } from './signals.js';

/**
 * Does what `options` say, until the source ends, the count is reached or a signal comes.
 *
 * @throws NmcapError what stopped it
 */
export async function run(options: CaptureOptions | FilterDumpOptions): Promise<void> {
  if (options.task === 'dump-filter') {
    await writeText(await dumpFilter(options));
    return;
  }
  refuseOutput(options.write, options.input);
  const signal = abortOnSignals();
  const opened = await open(options, signal);
  if (opened === undefined) return;
  const { source, sinks } = opened;
  try {
    await capture(source, sinks, signal);
  } catch (error) {
    // Whoever closes the pipe has seen enough, and wants no table.
    const isEnough = error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE';
    if (!isEnough) await reportEnd(options, source, written(sinks), signal);
    throw error;
  }
  await reportEnd(options, source, written(sinks), signal);
}

/**
 * The source first: what cannot be captured leaves old files alone. Undefined where a signal came
 * before the source began or a pipe was read.
 */
async function open(
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<{ source: Source; sinks: Sinks } | undefined> {
  let source: Source | undefined;
  try {
    source = await openSource(options.input, signal);
    return { source, sinks: await openSinks(options, written, signal) };
  } catch (error) {
    source?.close();
    if (error === signal.reason) return undefined;
    throw error;
  }
}

/** The packets that every output has. */
function written({ packets }: Pick<Sinks, 'packets'>): number {
  return Math.min(...packets.map((sink) => sink.packets));
}

async function reportEnd(
  { countOnly }: CaptureOptions,
  source: Source,
  packets: number,
  signal: AbortSignal,
): Promise<void> {
  if (source instanceof MonitorSource) {
    // A terminal has just echoed ^C.
    if (signal.aborted && process.stderr.isTTY) process.stderr.write('\n');
    if (source.parentsLeft) report(`${source.name}: its application left netmap mode`);
    process.stderr.write(statsTable(source.stats(), packets));
  }
  if (countOnly) await writeText(`${packets} packet${packets === 1 ? '' : 's'}\n`);
}
