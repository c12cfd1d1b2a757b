import { binding, type User } from '../binding.js';
import type {
  CaptureOptions,
  FilterDumpOptions,
  ListOptions,
  VersionsOptions,
} from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { MonitorSource } from '../monitor/monitor.js';
import { printMessage, report } from '../report.js';
import { writeText } from '../sink/output.js';
import type { Source } from '../source.js';
import { type CaptureStats, totals } from '../stats/stats.js';
import { statsTable } from '../stats/table.js';
import { capture, type Sinks } from './capture.js';
import { become, explainDenial, requireDevice, successor } from './drop-root.js';
import { dumpFilter } from './dump-filter.js';
import { abortAfter } from './duration.js';
import { listInterfaces } from './list-interfaces.js';
import { loadSinks } from './open-sinks.js';
import { openSource } from './open-source.js';
import { openProgress, type ProgressReport } from './progress.js';
import { refuseOutput } from './refuse-output.js';
import { abortOnSignals, answerSignals, onSwitch } from './signals.js';
import { versionLines } from './versions.js';

/** The exit status when a port's application left before the capture was meant to end. */
const PORT_LEFT = 3;

/**
 * Does what `options` ask for, until the source ends, the count is reached or a signal arrives; returns
 * the exit status.
 *
 * @throws NmcapError why it broke off
 */
export async function run(
  options: CaptureOptions | FilterDumpOptions | ListOptions | VersionsOptions,
): Promise<number> {
  if (options.task === 'list') {
    await writeText(await listInterfaces(options));
    return 0;
  }
  if (options.task === 'versions') {
    await writeText(versionLines());
    return 0;
  }
  if (options.task === 'dump-filter') {
    await writeText(await dumpFilter(options));
    return 0;
  }
  const user = successor(options.privileges);
  if (user === undefined) return runCapture(options, user);
  requireDevice(options.input, user);
  try {
    return await runCapture(options, user);
  } catch (error) {
    throw explainDenial(error, user);
  }
}

/** `user`: to become once the source is open. */
async function runCapture(options: CaptureOptions, user: User | undefined): Promise<number> {
  refuseOutput(options.write, options.input);
  const signal = abortOnSignals();
  const opened = await open(options, user, signal);
  if (opened === undefined) return 0;
  const { source, sinks, progress } = opened;
  answerSignals(() => {
    reportProgress(source, written(sinks));
  });
  onSwitch(() => {
    if (source instanceof MonitorSource && source.isRecorder) source.trigger();
    else for (const sink of sinks.packets) sink.switchNow?.();
  });
  reportArmed(options);
  progress.follow(source, sinks);
  const end = async () => {
    const lineWasDrawn = progress.stop();
    // The terminal has just echoed ^C, over the line where there was one.
    await reportEnd(options, source, sinks, signal.aborted && !lineWasDrawn);
  };
  try {
    await capture(source, sinks, abortAfter(signal, options.duration));
  } catch (error) {
    // A reader who closes the pipe has seen enough, and does not want the table.
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') progress.stop();
    else await end();
    throw error;
  }
  await end();
  return source instanceof MonitorSource && source.hasLostPorts ? PORT_LEFT : 0;
}

/**
 * Opens the source before the outputs: if it fails, existing files are left alone; and before a
 * monitor comes all that takes time, because its ring fills up within milliseconds. No file is opened
 * as root after that. Undefined where a signal arrived before the source had begun, or before an output
 * pipe had a reader.
 */
async function open(
  options: CaptureOptions,
  user: User | undefined,
  signal: AbortSignal,
): Promise<{ source: Source; sinks: Sinks; progress: ProgressReport } | undefined> {
  let source: Source | undefined;
  let progress: ProgressReport | undefined;
  try {
    // Who writes to a pipe that is to be read waits for its reader.
    let openSinks = options.input.kind === 'monitor' ? await loadSinks(options) : undefined;
    progress = await openProgress(options);
    signal.throwIfAborted();
    source = await openSource(options.input, signal, options.quiet);
    openSinks ??= await loadSinks(options);
    if (user !== undefined) {
      become(user);
      if (!options.quiet) report(`now running as ${user.name}, not as root`);
    }
    return { source, sinks: await openSinks(written, signal), progress };
  } catch (error) {
    progress?.stop();
    source?.close();
    if (error === signal.reason) return undefined;
    throw error;
  }
}

/** The number of packets that have reached every output. */
function written({ packets }: Pick<Sinks, 'packets'>): number {
  return Math.min(...packets.map((sink) => sink.packets));
}

/** The answer to SIGUSR1. */
function reportProgress(source: Source, packets: number): void {
  if (source instanceof MonitorSource) {
    report(`${source.name}: statistics so far`);
    printMessage(statsTable(source.stats(), packets));
  } else {
    report(`${packetCount(packets)} so far`);
  }
}

function packetCount(packets: number): string {
  return `${packets} packet${packets === 1 ? '' : 's'}`;
}

async function reportEnd(
  { countOnly, quiet }: CaptureOptions,
  source: Source,
  sinks: Sinks,
  afterEcho: boolean,
): Promise<void> {
  const packets = written(sinks);
  if (source instanceof MonitorSource && !quiet) {
    if (afterEcho && process.stderr.isTTY) printMessage('\n');
    printMessage(statsTable(source.stats(), packets));
    reportCompression(source.stats(), sinks);
    reportUnwritten(sinks);
  }
  reportOverruns(source.filterOverruns?.() ?? 0, 'filter', 'pass');
  if (source instanceof MonitorSource) reportOverruns(source.triggerOverruns, 'trigger', 'trigger');
  if (countOnly) await writeText(`${packetCount(packets)}\n`);
}

/** Reports what a flight recorder waits for, once signals are heard. */
function reportArmed({ input, quiet }: CaptureOptions): void {
  if (quiet || input.kind !== 'monitor' || input.recorder === undefined) return;
  const { trigger } = input.recorder;
  const packet = trigger === undefined ? '' : `a packet that matches '${trigger}', or `;
  report(`armed: nothing is written before ${packet}SIGUSR2`);
}

function reportOverruns(overruns: number, filter: string, missed: string): void {
  if (overruns === 0) return;
  const frames = overruns === 1 ? '1 frame' : `${overruns} frames`;
  report(
    `${frames} took the ${filter} more than ${binding().filterStepLimit} steps, and did not ${missed}`,
  );
}

/** Reports why packets were discarded, where that is known. */
function reportCompression({ rings }: CaptureStats, { packets }: Sinks): void {
  if (totals(rings).total.discarded === 0) return;
  if (!packets.some((sink) => sink.waitsForCompression === true)) return;
  printMessage('  discarded: compression could not keep up\n');
}

/** Reports packets that passed the filter but are in no file. */
function reportUnwritten({ packets }: Sinks): void {
  const unwritten = Math.max(...packets.map((sink) => sink.unwritten ?? 0));
  if (unwritten > 0) report(`not written: ${unwritten} packets that came after the last file`);
}
