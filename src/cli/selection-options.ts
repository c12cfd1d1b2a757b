import { readFileSync } from 'node:fs';

import { InvalidArgumentError } from 'commander';

import { NmcapError, systemReason } from '../errors.js';
import { MAX_SNAPSHOT_LENGTH, type MonitoredDirection } from '../index.js';
import type { Definer } from './definer.js';
import { atLeastOne, fileName, usageError, whole } from './usage.js';

/** The options that say which packets are wanted, as commander returns them. */
export interface SelectionFlags {
  read?: string[];
  f?: string;
  filterFile?: string;
  c?: number;
  snapshotLength?: number;
  dumpFilter?: true;
}

export function addSelectionOptions(define: Definer): void {
  const read = define.add(
    '-r, --read <file>',
    "read a savefile instead ('-': standard input)",
    (value, earlier: string[] = []) => [...earlier, fileName(value)],
  );
  define.synonym('--read-file <file>', read);
  define.add('-f <filter>', 'the filter, where dumpcap and tshark have it', onlyFilter);
  define.add('-F, --filter-file <file>', 'read the filter from a file', fileName);
  define.add('-c <n>', 'exit after n packets that passed the filter', atLeastOne);
  define.addForPorts(
    '-s, --snapshot-length <bytes>',
    'keep at most this much of each frame (0: all)',
    snapshot,
  );
  define.add('--dump-filter', 'print the compiled filter and exit');
}

export function onlySavefile({ read }: SelectionFlags): string | undefined {
  if (read !== undefined && read.length > 1) {
    throw usageError(
      '-r is given twice, but only one savefile can be read at a time',
      "'mergecap -w - FILE FILE | nmcap -r -' reads several",
    );
  }
  return read?.[0];
}

/** Which of the input's packets are wanted; the remaining words are the filter. */
export function packetChoice(flags: SelectionFlags, words: readonly string[]) {
  return { filter: filterText(flags, words), packetLimit: flags.c ?? 0 };
}

/** The filter, of a savefile's packets in one direction only. */
export function inDirection(
  direction: MonitoredDirection,
  filter: string | undefined,
): string | undefined {
  if (direction === 'both') return filter;
  const way = direction === 'tx' ? 'outbound' : 'inbound';
  return filter === undefined ? way : `${way} and (${filter})`;
}

/** The filter from the words, from -f, or from the file of -F. */
export function filterText(
  { f: option, filterFile }: SelectionFlags,
  words: readonly string[],
): string | undefined {
  const given = [words.join(' '), option ?? ''].map((text) => text.trim()).filter(Boolean);
  const [text] = given;
  if (text !== undefined && (given.length > 1 || filterFile !== undefined)) {
    const other = filterFile === undefined ? '-f' : '-F';
    throw usageError(`two filters given: with ${other} and as '${text}'`);
  }
  return filterFile === undefined ? text : filterOf(filterFile);
}

/** What a file has of a filter, where `#` begins a comment. */
function filterOf(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').replaceAll(/#.*$/gm, '').trim();
    return text === '' ? undefined : text;
  } catch (cause) {
    const reason = systemReason(cause);
    throw new NmcapError('NM_INPUT', `cannot read the filter from ${file}: ${reason}`, {
      hint: "check the file's name and permissions",
      cause,
    });
  }
}

/** dumpcap has one for each interface. */
function onlyFilter(value: string, earlier?: string): string {
  if (earlier === undefined) return value;
  throw new InvalidArgumentError('all ports have one filter: combine both with and, or or');
}

function snapshot(value: string): number {
  return whole(value, 0, MAX_SNAPSHOT_LENGTH) || MAX_SNAPSHOT_LENGTH;
}
