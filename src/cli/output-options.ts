import { resolve } from 'node:path';

import { InvalidArgumentError } from 'commander';

import { savefileFormat } from '../index.js';
import type { Definer } from './definer.js';
import type { WriteOptions } from './options.js';
import { fileName, usageError, whole } from './usage.js';

/** The options that say what is written, and where to, as commander returns them. */
export interface OutputFlags {
  write?: string;
  format?: 'pcapng' | 'pcap';
  print?: true;
  json?: true;
  fields?: string;
  header?: true;
  output?: string;
  mode?: number;
  count?: true;
  stats?: number;
  statsJson?: string;
  quiet?: true;
}

export function addOutputOptions(define: Definer): void {
  define.add(
    '-w, --write <file>',
    "write packets to a savefile instead of printing them ('-': standard output)",
    fileName,
  );
  define
    .add('--format <format>', "pcapng or pcap (default: by the file's name)")
    .choices(['pcapng', 'pcap']);
  define.add('--print', 'print packets even with -w');
  define
    .add('--json', 'print JSON objects, one a packet, even with -w')
    .implies({ print: true })
    .conflicts('fields');
  define
    .add('--fields <names>', 'print these fields, tab-separated, even with -w')
    .implies({ print: true });
  define.add('--header', 'with --fields: print their names first');
  define.add('--output <file>', 'print to this file, not to standard output', fileName);
  define.add('--mode <mode>', 'permissions of created files (default: 0600)', permissions);
  define.add('--count', 'with -r: print only the number of packets');
  define.addForPorts(
    '--stats <seconds>',
    'print a line of statistics every so many seconds; with --stats-json, write one',
    atLeastOneSecond,
  );
  define.addForPorts(
    '--stats-json <file>',
    "write the statistics as JSON ('-': standard output)",
    fileName,
  );
}

export function writeOptions({ write, format }: OutputFlags): WriteOptions | undefined {
  if (write === undefined) {
    if (format !== undefined) throw usageError('--format needs a savefile to write: add -w FILE');
    return undefined;
  }
  return { path: write, format: format ?? savefileFormat(write) };
}

/**
 * An option that is silently ignored would be taken to work.
 *
 * @throws NmcapError NM_USAGE
 */
export function refuseContradictions(flags: OutputFlags, kind: 'monitor' | 'savefile'): void {
  const { write, statsJson, output } = flags;
  refuseOutput(flags);
  const printsToStdout = flags.print === true && output === undefined;
  if (write === '-' && printsToStdout) {
    throw usageError("printed packets and '-w -' cannot both go to standard output");
  }
  const printsPackets = output === undefined && (write === undefined || printsToStdout);
  if (statsJson === '-' && (write === '-' || printsPackets)) {
    throw usageError("packets and '--stats-json -' cannot both go to standard output");
  }
  if (isSameFile(statsJson, write)) throw usageError('-w and --stats-json name the same file');
  const created = [write, output, statsJson].filter((file) => file !== undefined && file !== '-');
  if (flags.mode !== undefined && created.length === 0) {
    throw usageError('--mode needs a file: add -w FILE, --output FILE or --stats-json FILE');
  }
  if (flags.header === true && flags.fields === undefined) {
    throw usageError('--header prints the names of fields: add --fields NAMES');
  }
  if (flags.quiet === true && flags.stats !== undefined && statsJson === undefined) {
    throw usageError('with --quiet, --stats has no place to write to: add --stats-json FILE');
  }
  if (kind === 'monitor' && flags.count === true) {
    throw usageError('--count works on savefiles only: add -r FILE');
  }
}

/** Of --output. */
function refuseOutput({ write, statsJson, output, count }: OutputFlags): void {
  if (output === undefined) return;
  if (output === '-') {
    throw usageError('--output needs the name of a file; without it, standard output is used');
  }
  if (count === true) {
    throw usageError('--count prints no packets: --output cannot be combined with it');
  }
  if ([write, statsJson].some((file) => isSameFile(file, output))) {
    throw usageError('--output names the same file as another option');
  }
}

function isSameFile(one: string | undefined, two: string | undefined): boolean {
  return one !== undefined && two !== undefined && resolve(one) === resolve(two);
}

const READABLE_AND_WRITABLE = 0o600;

/** As chmod(1) has them; what nmcap could not write, or its owner not read, would be of no use. */
function permissions(value: string): number {
  const mode = /^0?[0-7]{3}$/.test(value) ? Number.parseInt(value, 8) : 0;
  if ((mode & READABLE_AND_WRITABLE) === READABLE_AND_WRITABLE) return mode;
  throw new InvalidArgumentError('expected an octal mode from 0600 to 0777, such as 0640');
}

/** Timers cannot wait for longer. */
const MAX_SECONDS = 2_000_000;

function atLeastOneSecond(value: string): number {
  return whole(value, 1, MAX_SECONDS);
}
