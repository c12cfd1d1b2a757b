import { InvalidArgumentError } from 'commander';

import type { Definer } from './definer.js';
import { type FileFlags, period, seconds } from './file-options.js';
import type { OutputFlags } from './output-options.js';
import type { SelectionFlags } from './selection-options.js';
import { atLeastOne, usageError, whole } from './usage.js';

/** dumpcap's conditions, each an option of nmcap's in other words, as commander returns them. */
export interface DumpcapFlags {
  autostop?: Condition[];
  ringBuffer?: Condition[];
}

/** What conditions can set, with the option that sets the same. */
const SET_BY = {
  duration: '--duration',
  maxSize: '--max-size',
  fileSize: '-C',
  fileSeconds: '-G',
  align: '--align',
  keep: '--keep',
  fileLimit: '-W',
  c: '-c',
} as const;
/** Those that are about files. */
const OF_FILES: ReadonlySet<string> = new Set([
  'maxSize',
  'fileSize',
  'fileSeconds',
  'keep',
  'fileLimit',
]);
/** Sizes in bytes stay exact numbers. */
const MAX_KILOBYTES = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

type Settings = Pick<FileFlags & SelectionFlags, keyof typeof SET_BY>;

interface Condition {
  /** `-b filesize:`, for messages. */
  readonly name: string;
  readonly settings: Settings;
}

type Criteria = ReadonlyMap<string, (value: string) => Settings>;

const AUTOSTOP: Criteria = new Map([
  ['duration:', (value: string): Settings => ({ duration: seconds(value) })],
  ['filesize:', (value) => ({ maxSize: kilobytes(value) })],
  ['files:', (value) => ({ fileLimit: atLeastOne(value) })],
  ['packets:', (value) => ({ c: atLeastOne(value) })],
]);

const RING_BUFFER: Criteria = new Map([
  ['duration:', (value: string): Settings => ({ fileSeconds: period(value) })],
  ['interval:', (value) => ({ fileSeconds: period(value), align: true })],
  ['filesize:', (value) => ({ fileSize: kilobytes(value) })],
  ['files:', (value) => ({ keep: atLeastOne(value) })],
]);

/** Criteria of -b that nmcap does not have, and what it does instead. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['packets:', 'files are switched by size and time: -b filesize:kB, -b duration:SECONDS'],
  ['printname:', '--print-files prints a line for each file, --on-rotate runs a program'],
]);

export function addDumpcapOptions(define: Definer): void {
  define
    .add('-a, --autostop <condition>', 'as in dumpcap: duration:, filesize:, files: or packets:')
    .choices([...AUTOSTOP.keys()])
    .argParser(conditions('-a', AUTOSTOP));
  define
    .add(
      '-b, --ring-buffer <condition>',
      'as in dumpcap: duration:, interval:, filesize: or files:',
    )
    .choices([...RING_BUFFER.keys()])
    .argParser(conditions('-b', RING_BUFFER));
}

/**
 * Sets what dumpcap's conditions set.
 *
 * @throws NmcapError NM_USAGE where two options set the same, or there is no file
 */
export function applyConditions(flags: DumpcapFlags & Settings & OutputFlags): void {
  const { autostop = [], ringBuffer = [] } = flags;
  const setBy: Partial<Record<keyof Settings, string>> = {};
  for (const { name, settings } of [...autostop, ...ringBuffer]) {
    const { maxSize, ...others } = settings;
    // With -b, the size at which a capture ends is that at which a file ends (dumpcap(1)).
    const isOfFile = maxSize !== undefined && ringBuffer.length > 0;
    const effective = isOfFile ? { ...others, fileSize: maxSize } : settings;
    for (const key of Object.keys(effective) as (keyof Settings)[]) {
      if (flags[key] !== undefined) {
        throw usageError(`${name} and ${setBy[key] ?? SET_BY[key]} set the same: leave one out`);
      }
      setBy[key] = name;
      if (OF_FILES.has(key)) requireFile(name, flags);
    }
    Object.assign(flags, effective);
  }
}

function requireFile(name: string, { write, output }: OutputFlags): void {
  if (write === undefined && output === undefined) {
    throw usageError(`${name} needs a file: add -w FILE`);
  }
  if (write === '-') throw usageError(`${name} and '-w -' cannot be combined`);
}

/** Reads an option that may be repeated. */
function conditions(option: '-a' | '-b', criteria: Criteria) {
  return (value: string, earlier: Condition[] | undefined) => [
    ...(earlier ?? []),
    condition(option, criteria, value),
  ];
}

function condition(option: '-a' | '-b', criteria: Criteria, text: string): Condition {
  const after = text.indexOf(':') + 1;
  const criterion = text.slice(0, after);
  const instead = option === '-b' ? INSTEAD.get(criterion) : undefined;
  if (instead !== undefined) throw new InvalidArgumentError(instead);
  const read = criteria.get(criterion);
  if (read === undefined) {
    const known = [...criteria.keys()].join(', ');
    throw new InvalidArgumentError(`expected one of ${known} and a number`);
  }
  return { name: `${option} ${criterion}`, settings: read(text.slice(after)) };
}

/** dumpcap's kB are of 1000 bytes (dumpcap.c divides by that). */
function kilobytes(value: string): number {
  return whole(value, 1, MAX_KILOBYTES) * 1000;
}
