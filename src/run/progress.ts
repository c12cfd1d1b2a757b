import fs from 'node:fs';

import type { CaptureOptions } from '../cli/options.js';
import { isDebugging } from '../debug.js';
import type { Capture, Outputs } from '../index.js';
import { report } from '../report.js';
import type { Progress } from '../status/live-line.js';

const STDOUT = 1;
const STDERR = 2;
const REDRAW_SECONDS = 1;

/** Shows how a capture is going. */
export interface ProgressReport {
  /** Begins to show it. */
  follow(capture: Capture, outputs: Outputs): void;
  /** Ends that; whether there was a line on the terminal, which is gone now. */
  stop(): boolean;
}

/** Before the capture begins, as what it needs may not be found any more once root is given up. */
export type PrepareProgress = (options: CaptureOptions) => Promise<ProgressReport>;

const NONE: ProgressReport = { follow: () => undefined, stop: () => false };

/**
 * Prepares to show how the capture is going: as one line on the terminal that is drawn again and again,
 * or with --stats as lines on stderr and in the sinks that note it. Where there is nobody to see it,
 * nothing is loaded, and nothing wakes nmcap up. Otherwise all is loaded and opened here: nmcap may
 * become a user that can neither read its own modules nor open the terminal.
 */
export async function openProgress(options: CaptureOptions): Promise<ProgressReport> {
  const { statsInterval, quiet, input } = options;
  if (input.kind !== 'monitor') return NONE;
  if (statsInterval === undefined) return openLine(options);
  const { plainLine } = await import('../status/live-line.js');
  const observe = await loadObserver(input);
  const timer = new Timer();
  return {
    follow: (capture, outputs) => {
      const look = observe(capture, outputs);
      timer.start(statsInterval, () => {
        if (!quiet) report(plainLine(look()));
        outputs.note(capture.stats());
      });
    },
    stop: () => {
      timer.stop();
      return false;
    },
  };
}

async function openLine(options: CaptureOptions): Promise<ProgressReport> {
  if (options.quiet || isDebugging || !process.stderr.isTTY || printsOnTerminal(options)) {
    return NONE;
  }
  const { LiveLine } = await import('./live-line.js');
  const line = LiveLine.open();
  if (line === undefined) return NONE;
  const observe = await loadObserver(options.input);
  const timer = new Timer();
  return {
    follow: (capture, outputs) => {
      const look = observe(capture, outputs);
      line.update(look());
      timer.start(REDRAW_SECONDS, () => {
        line.update(look());
      });
    },
    stop: () => {
      timer.stop();
      return line.close();
    },
  };
}

/** Whether packets are printed on the terminal that standard error is. */
function printsOnTerminal({ print, output, write }: CaptureOptions): boolean {
  if (write?.path !== '-' && (print === undefined || output !== undefined)) return false;
  const [out, error] = [fs.fstatSync(STDOUT), fs.fstatSync(STDERR)];
  return out.isCharacterDevice() && out.rdev === error.rdev;
}

/** The rates are those since the call before. */
async function loadObserver(
  input: CaptureOptions['input'],
): Promise<(capture: Capture, outputs: Outputs) => () => Progress> {
  const { progressOf } = await import('../status/live-line.js');
  const { RateMeter } = await import('../status/rates.js');
  const isRecorder = input.kind === 'monitor' && input.recorder !== undefined;
  return (capture, outputs) => {
    const meter = new RateMeter();
    const startedAt = performance.now();
    const look = () => {
      const seconds = performance.now() / 1000;
      const stats = capture.stats();
      const file = outputs.file ?? (isRecorder ? 'armed' : undefined);
      return progressOf(stats, meter.sample(stats, seconds), seconds - startedAt / 1000, file);
    };
    look();
    return look;
  };
}

/** Does something every so many seconds. */
class Timer {
  #timer: NodeJS.Timeout | undefined;

  start(seconds: number, act: () => void): void {
    this.#timer = setInterval(act, seconds * 1000);
    // The capture is what keeps the process alive.
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
