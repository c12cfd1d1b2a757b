import fs from 'node:fs';

import type { CaptureOptions } from '../cli/options.js';
import { isDebugging } from '../debug.js';
import { report } from '../report.js';
import type { Source } from '../source.js';
import type { Progress } from '../stats/live-line.js';
import type { Sinks } from './capture.js';

const STDOUT = 1;
const STDERR = 2;
const REDRAW_SECONDS = 1;

/** Shows how a capture is going, until it is stopped. */
export interface ProgressReport {
  /** Whether there was a line on the terminal, which is gone now. */
  stop(): boolean;
}

const NONE: ProgressReport = { stop: () => false };

/**
 * From now on shows how the capture is going: as one line on the terminal that is drawn again and
 * again, or with --stats as lines on stderr and in the sinks that note it. Where there is nobody to
 * see it, nothing is loaded, and nothing wakes nmcap up.
 */
export async function followProgress(
  options: CaptureOptions,
  source: Source,
  sinks: Sinks,
): Promise<ProgressReport> {
  const { statsInterval, quiet, input } = options;
  if (input.kind !== 'monitor') return NONE;
  if (statsInterval === undefined) return drawLine(options, source, sinks);
  const { plainLine } = await import('../stats/live-line.js');
  const look = await observer(source, sinks);
  return repeat(statsInterval, () => {
    if (!quiet) report(plainLine(look()));
    const stats = source.stats();
    for (const sink of sinks.others) sink.note?.(stats);
  });
}

async function drawLine(
  options: CaptureOptions,
  source: Source,
  sinks: Sinks,
): Promise<ProgressReport> {
  if (options.quiet || isDebugging || !process.stderr.isTTY || printsOnTerminal(options)) {
    return NONE;
  }
  const { LiveLine } = await import('./live-line.js');
  const line = LiveLine.open();
  if (line === undefined) return NONE;
  const look = await observer(source, sinks);
  line.update(look());
  const timer = repeat(REDRAW_SECONDS, () => {
    line.update(look());
  });
  return {
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
async function observer(source: Source, sinks: Sinks): Promise<() => Progress> {
  const { progressOf } = await import('../stats/live-line.js');
  const { RateMeter } = await import('../stats/rates.js');
  const meter = new RateMeter();
  const startedAt = performance.now();
  const look = () => {
    const seconds = performance.now() / 1000;
    const stats = source.stats();
    const file = sinks.packets.map((sink) => sink.file).find((state) => state !== undefined);
    return progressOf(stats, meter.sample(stats, seconds), seconds - startedAt / 1000, file);
  };
  look();
  return look;
}

function repeat(seconds: number, act: () => void): ProgressReport {
  const timer = setInterval(act, seconds * 1000);
  // The capture is what keeps the process alive.
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return false;
    },
  };
}
