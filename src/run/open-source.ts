import type { CaptureOptions } from '../cli/options.js';
import { type Capture, type Monitor, openMonitor, openSavefile, type Report } from '../index.js';
import { report } from '../report.js';

/** A buffer size that was more likely meant in tcpdump's unit. */
const LARGE_BUFFER = 1 << 30;

/** The input of a run: `monitor` is the same, where it is live. */
export interface OpenedInput {
  readonly capture: Capture;
  readonly monitor: Monitor | undefined;
}

/**
 * Opens the input, and reports on stderr which ports are being watched, unless `quiet`.
 *
 * @throws NmcapError why it cannot be opened; the signal's reason where that is aborted before a
 *   savefile's first section, or an awaited port, has arrived
 */
export async function openSource(
  { input, duration, quiet }: CaptureOptions,
  signal: AbortSignal,
): Promise<OpenedInput> {
  const limits = { duration, signal, report: reporter(quiet) };
  if (input.kind === 'savefile') {
    const { path, filter, packetLimit } = input;
    return {
      capture: await openSavefile(path, { filter, packetLimit, ...limits }),
      monitor: undefined,
    };
  }
  const monitor = await openMonitor(input, { ...input, ...limits });
  if (!quiet) {
    for (const { name = '', description = '' } of monitor.section.interfaces) {
      report(`${name}: ${description}, snapshot length ${input.snapshotLength}`);
    }
  }
  if (input.bufferSize >= LARGE_BUFFER) {
    report(
      `-B counts MiB, where tcpdump counts KiB: the buffer has ${input.bufferSize / (1 << 20)} MiB`,
    );
  }
  for (const limitation of monitor.limitations) report(limitation);
  return { capture: monitor, monitor };
}

/** Reports on stderr; where the user wants quiet, only what may be missing. */
export function reporter(quiet: boolean): Report {
  return (message, level) => {
    if (level === 'warning' || !quiet) report(message);
  };
}
