import { InvalidArgumentError } from 'commander';

import type { RecorderOptions } from '../index.js';
import type { Definer } from './definer.js';
import { seconds, size } from './file-options.js';
import { usageError } from './usage.js';

/** The options of a flight recorder, as commander returns them. */
export interface RecorderFlags {
  before?: RecorderOptions['before'];
  trigger?: string;
  after?: number;
}

const DEFAULT_AFTER_SECONDS = 10;

const MIB = 1 << 20;
/** What is kept and the buffer (-B) are in one ArrayBuffer, with two batches more. */
const MAX_MEMORY_MIB = 4095;
const SPARE_MIB = 2;

export function addRecorderOptions(define: Definer): void {
  define.addForPorts(
    '--before <time|size>',
    'keep the latest packets in memory (30: seconds; 100M: bytes), and write them when triggered',
    timeOrSize,
  );
  define.addForPorts(
    '--trigger <filter>',
    'with --before: packets that trigger; SIGUSR2 always does',
    notEmpty,
  );
  define.addForPorts(
    '--after <seconds>',
    'with --before: write until that long after a trigger (default: 10)',
    seconds,
  );
}

/** What else is asked for, as far as it matters to a flight recorder. */
interface Surroundings {
  /** Of the savefile. */
  readonly write: string | undefined;
  readonly prints: boolean;
  /** Files are switched by the clock. */
  readonly byClock: boolean;
  /** Bytes. */
  readonly bufferSize: number;
}

/**
 * Undefined where no flight recorder is wanted.
 *
 * @throws NmcapError NM_USAGE
 */
export function recorderOptions(
  { before, trigger, after }: RecorderFlags,
  { write, prints, byClock, bufferSize }: Surroundings,
): RecorderOptions | undefined {
  if (before === undefined) {
    const [option] = [trigger && '--trigger', after && '--after'].filter((name) => name);
    if (option === undefined) return undefined;
    throw usageError(`${option} needs --before: add --before SECONDS or --before SIZE`);
  }
  if (prints) {
    throw usageError(
      '--before prints no packets',
      "write them with -w FILE, and read them with 'nmcap -r FILE'",
    );
  }
  if (write === undefined) throw usageError('--before needs a savefile: add -w FILE');
  if (write === '-') throw usageError("--before and '-w -' cannot be combined");
  if (byClock) {
    throw usageError(
      '-G and --before cannot be combined',
      'with --before, each file is of one trigger; -C SIZE divides long ones',
    );
  }
  const options = { before, trigger, after: after ?? DEFAULT_AFTER_SECONDS };
  const kept = 'bytes' in before ? before.bytes : bufferSize;
  if (kept + bufferSize > (MAX_MEMORY_MIB - SPARE_MIB) * MIB) {
    throw usageError(
      `--before and the buffer (-B) need ${Math.ceil((kept + bufferSize) / MIB)} MiB`,
      `${MAX_MEMORY_MIB - SPARE_MIB} MiB is the most; with --before SECONDS, twice the buffer`,
    );
  }
  return options;
}

/** As -C has sizes, but a plain number is a time. */
function timeOrSize(value: string): RecorderOptions['before'] {
  const [, time] = /^([\d.]+)s?$/.exec(value) ?? [];
  try {
    return time === undefined ? { bytes: size(value) } : { seconds: seconds(time) };
  } catch {
    throw new InvalidArgumentError(
      'expected seconds, as 30 or 30s, or a size with K, M or G, as 100M',
    );
  }
}

function notEmpty(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('expected a filter');
}
