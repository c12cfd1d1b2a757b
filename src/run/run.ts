import type {
  CaptureOptions,
  DoctorOptions,
  FilterDumpOptions,
  ListOptions,
  VersionsOptions,
} from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { type Capture, filterStepLimit, type Monitor, type Outputs, totals } from '../index.js';
import { writeText } from '../output.js';
import { printMessage, report } from '../report.js';
import { statsTable } from '../status/table.js';
import { become, explainDenial, requireDevice, successor, type User } from './drop-root.js';
import { dumpFilter } from './dump-filter.js';
import { listInterfaces } from './list-interfaces.js';
import { type OpenedInput, openSource } from './open-source.js';
import { loadOutputs } from './outputs.js';
import { openProgress, type PrepareProgress, type ProgressReport } from './progress.js';
import { refuseOutput } from './refuse-output.js';
import { abortOnSignals, answerSignals, onSwitch } from './signals.js';
import { versionLines } from './versions.js';

/** The exit status when a port's application left before the capture was meant to end. */
export const PORT_LEFT = 3;

/**
 * Does what `options` ask for, until the source ends, the count is reached or a signal arrives; returns
 * the exit status. `prepareProgress`: how to show how a capture is going.
 *
 * @throws NmcapError why it broke off
 */
export async function run(
  options: CaptureOptions | DoctorOptions | FilterDumpOptions | ListOptions | VersionsOptions,
  prepareProgress: PrepareProgress = openProgress,
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
  if (options.task === 'doctor') {
    const { doctor } = await import('./doctor.js');
    return doctor(options);
  }
  const user = successor(options.privileges);
  if (user === undefined) return runCapture(options, user, prepareProgress);
  requireDevice(options.input, user);
  try {
    return await runCapture(options, user, prepareProgress);
  } catch (error) {
    throw explainDenial(error, user);
  }
}

/** What a run works with, once all of it is open. */
interface Opened extends OpenedInput {
  readonly outputs: Outputs;
  readonly progress: ProgressReport;
}

/** `user`: to become once the source is open. */
async function runCapture(
  options: CaptureOptions,
  user: User | undefined,
  prepareProgress: PrepareProgress,
): Promise<number> {
  refuseOutput(options.write, options.input);
  const signal = abortOnSignals();
  const opened = await open(options, user, prepareProgress, signal);
  if (opened === undefined) return 0;
  const { capture, monitor, outputs, progress } = opened;
  answerSignals(() => {
    reportProgress(opened);
  });
  onSwitch(() => {
    if (monitor?.isRecorder === true) monitor.trigger();
    else outputs.switchFiles();
  });
  reportArmed(options);
  progress.follow(capture, outputs);
  const end = async () => {
    const lineWasDrawn = progress.stop();
    // The terminal has just echoed ^C, over the line where there was one.
    await reportEnd(options, opened, signal.aborted && !lineWasDrawn);
  };
  try {
    await capture.writeTo(outputs);
  } catch (error) {
    // A reader who closes the pipe has seen enough, and does not want the table.
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') progress.stop();
    else await end();
    throw error;
  }
  await end();
  return monitor?.hasLostPorts === true ? PORT_LEFT : 0;
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
  prepareProgress: PrepareProgress,
  signal: AbortSignal,
): Promise<Opened | undefined> {
  let capture: Capture | undefined;
  let progress: ProgressReport | undefined;
  try {
    // Who writes to a pipe that is to be read waits for its reader.
    let prepared = options.input.kind === 'monitor' ? await loadOutputs(options) : undefined;
    progress = await prepareProgress(options);
    signal.throwIfAborted();
    const input = await openSource(options, signal);
    capture = input.capture;
    prepared ??= await loadOutputs(options);
    if (user !== undefined) {
      become(user);
      if (!options.quiet) report(`now running as ${user.name}, not as root`);
    }
    return { ...input, outputs: await prepared.open(capture), progress };
  } catch (error) {
    progress?.stop();
    capture?.close();
    if (error === signal.reason) return undefined;
    throw error;
  }
}

/** The answer to SIGUSR1. */
function reportProgress({ monitor, outputs }: Opened): void {
  if (monitor === undefined) {
    report(`${packetCount(outputs.written)} so far`);
  } else {
    report(`${monitor.name}: statistics so far`);
    printMessage(statsTable(monitor.stats(), outputs.written));
  }
}

function packetCount(packets: number): string {
  return `${packets} packet${packets === 1 ? '' : 's'}`;
}

async function reportEnd(
  { countOnly, quiet }: CaptureOptions,
  { capture, monitor, outputs }: Opened,
  afterEcho: boolean,
): Promise<void> {
  if (monitor !== undefined && !quiet) {
    if (afterEcho && process.stderr.isTTY) printMessage('\n');
    printMessage(statsTable(monitor.stats(), outputs.written));
    reportCompression(monitor, outputs);
    reportUnwritten(outputs);
  }
  reportOverruns(capture.filterOverruns, 'filter', 'pass');
  reportOverruns(monitor?.triggerOverruns ?? 0, 'trigger', 'trigger');
  if (countOnly) await writeText(`${packetCount(outputs.written)}\n`);
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
    `${frames} took the ${filter} more than ${filterStepLimit()} steps, and did not ${missed}`,
  );
}

/** Reports why packets were discarded, where that is known. */
function reportCompression(monitor: Monitor, outputs: Outputs): void {
  if (totals(monitor.stats().rings).total.discarded === 0) return;
  if (!outputs.waitsForCompression) return;
  printMessage('  discarded: compression could not keep up\n');
}

/** Reports packets that passed the filter but are in no file. */
function reportUnwritten({ unwritten }: Outputs): void {
  if (unwritten > 0) report(`not written: ${unwritten} packets that came after the last file`);
}
