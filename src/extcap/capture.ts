import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { parseCommandLine } from '../cli/parse.js';
import { debug } from '../debug.js';
import { NmcapError } from '../errors.js';
import { redirectMessages, report } from '../report.js';
import { whenParentLeaves } from '../run/parent.js';
import { PORT_LEFT, run } from '../run/run.js';
import { CONTROL } from './control-message.js';
import { ControlPipes } from './control-pipes.js';
import { chosenPort } from './interface-name.js';
import { reportLoss } from './loss-report.js';
import { redirectToWireshark } from './messages.js';
import type { CaptureRequest } from './request.js';

/** dumpcap opens its pipe while nmcap starts, or soon after. */
const MAX_TRIES = 20;
const RETRY_MS = 50;

/**
 * Captures into Wireshark's named pipe, as the command line that means the same does.
 *
 * @throws NmcapError why the capture could not start, or broke off
 */
export async function captureForWireshark(request: CaptureRequest): Promise<number> {
  const pipes = openPipes(request);
  redirectToWireshark(pipes);
  // Wireshark, too, may be killed, and nmcap may have nothing to write yet.
  whenParentLeaves(endCapture);
  try {
    const options = await parseCommandLine(argumentsFor(request), false);
    if (options.task !== 'capture') throw new Error(`${options.task} is no capture`);
    const status = await run(options, reportLoss(pipes !== undefined));
    if (status === PORT_LEFT && pipes !== undefined) {
      redirectMessages(undefined);
      report(
        `${request.interfaceName}: the capture has ended, as the application left netmap mode`,
      );
    }
    return status;
  } catch (error) {
    if (!(error instanceof NmcapError) || error.code !== 'NM_BROKEN_PIPE') {
      await endReading(request.fifo);
    }
    throw error;
  } finally {
    redirectMessages(undefined);
    await pipes?.close();
  }
}

/**
 * Opens the packets' pipe for a moment, as dumpcap would otherwise wait for the beginning of a capture
 * that cannot start.
 */
async function endReading(fifo: string): Promise<void> {
  const { O_WRONLY, O_NONBLOCK } = fs.constants;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      fs.closeSync(fs.openSync(fifo, O_WRONLY | O_NONBLOCK));
      return;
    } catch (error) {
      // It has no reader yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') return;
      await sleep(RETRY_MS);
    }
  }
}

function endCapture(): void {
  process.kill(process.pid, 'SIGTERM');
}

/** Undefined where Wireshark has no toolbar, as in tshark. */
function openPipes({ controlIn, controlOut }: CaptureRequest): ControlPipes | undefined {
  if (controlIn === undefined && controlOut === undefined) return undefined;
  return new ControlPipes({ controlIn, controlOut }, ({ control }) => {
    // As a person asks for the statistics.
    if (control === CONTROL.statistics) process.kill(process.pid, 'SIGUSR1');
  });
}

function argumentsFor({ interfaceName, fifo, filter, choices }: CaptureRequest): string[] {
  const { direction, zeroCopy, snapshotLength, wait, reattach } = choices;
  const words = ['-i', chosenPort(interfaceName, choices), '-w', fifo, '--format', 'pcapng'];
  words.push('--quiet', ...privileges(fifo));
  if (direction !== undefined) words.push('-d', direction);
  if (zeroCopy) words.push('-z');
  if (snapshotLength !== undefined) words.push('-s', snapshotLength);
  if (wait) words.push('--wait');
  if (reattach) words.push('--reattach');
  if (filter !== undefined) words.push('-f', filter);
  debug(() => `Wireshark's capture is: nmcap ${words.join(' ')}`);
  return words;
}

/**
 * Root, as Wireshark runs it or a script that does so with sudo(8), becomes the user whose pipes these
 * are: that is who Wireshark runs as.
 */
function privileges(fifo: string): string[] {
  const owner = fs.statSync(fifo, { throwIfNoEntry: false })?.uid ?? 0;
  return process.geteuid?.() === 0 && owner !== 0 ? ['-Z', String(owner)] : ['--no-drop'];
}
