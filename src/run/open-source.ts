import { setTimeout } from 'node:timers/promises';

import { openDevice } from '../library/open-device.js';
import { isAbsence } from '../monitor/attach.js';
import { MonitorSource } from '../monitor/monitor.js';
import type { MonitorOptions } from '../monitor/options.js';
import { FIRST_DELAY_MS, nextDelay } from '../monitor/reattachment.js';
import { report } from '../report.js';
import { openSavefile } from '../savefile/open.js';
import type { SavefileInput } from '../savefile/options.js';
import { Selection } from '../savefile/selection.js';
import type { Source } from '../source.js';

/** A buffer size that was more likely meant in tcpdump's unit. */
const LARGE_BUFFER = 1 << 30;

/**
 * Opens the input, and reports on stderr which ports are being watched, unless `quiet`.
 *
 * @throws NmcapError why it cannot be opened; the signal's reason where that is aborted before a
 *   savefile's first section, or an awaited port, has arrived
 */
export async function openSource(
  input: MonitorOptions | SavefileInput,
  signal: AbortSignal,
  quiet: boolean,
): Promise<Source> {
  if (input.kind === 'savefile') {
    const { path, filter, packetLimit } = input;
    return openSavefile(path, new Selection(filter, packetLimit), signal, report);
  }
  const source = await openMonitors(input, signal, quiet);
  if (!quiet) {
    for (const { name = '', description = '' } of source.section.interfaces) {
      report(`${name}: ${description}, snapshot length ${input.snapshotLength}`);
    }
  }
  if (input.bufferSize >= LARGE_BUFFER) {
    report(
      `-B counts MiB, where tcpdump counts KiB: the buffer has ${input.bufferSize / (1 << 20)} MiB`,
    );
  }
  for (const limitation of source.limitations) report(limitation);
  return source;
}

/** Attaches the monitors; where the user wants that, as soon as one of the ports is there. */
async function openMonitors(
  input: MonitorOptions,
  signal: AbortSignal,
  quiet: boolean,
): Promise<MonitorSource> {
  for (let delay = FIRST_DELAY_MS; ; delay = nextDelay(delay)) {
    try {
      return new MonitorSource(input, await openDevice(input.ports), report);
    } catch (error) {
      if (!input.wait || !isAbsence(error)) throw error;
      if (delay === FIRST_DELAY_MS && !quiet) report(`${(error as Error).message}; waiting for it`);
    }
    await pause(delay, signal);
  }
}

/** @throws the signal's reason where that is aborted */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
