import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { type Command, CommanderError } from 'commander';

import { NmcapError, systemReason } from '../errors.js';
import type { MonitoredDirection } from '../monitor/options.js';
import { parsePortName, type PortName } from '../monitor/port-name.js';
import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import type { PrintFormat } from '../print/printer.js';
import type { DumpStyle, SummaryOptions } from '../print/summary.js';
import {
  type ColourWhen,
  createCommand,
  DEFAULT_BUFFER,
  type Flags,
  type Repeated,
} from './command.js';
import { fileOptions, withoutCompression } from './file-options.js';
import type { CaptureOptions, Options, WriteOptions } from './options.js';
import { recorderOptions } from './recorder-options.js';
import { explainUnknownOption } from './tcpdump-options.js';
import { usageError } from './usage.js';

const TIME_STYLES = ['time', 'none', 'epoch', 'delta', 'date', 'since-first'] as const;
const SAVEFILE_NAME = /^[^:@]*\.(?:pcap|pcapng|cap|dmp)(?:\.(?:gz|zst))?$/i;
/** With what a filter begins, as no interface is named (pcap-filter(7)). */
const FILTER_WORD =
  /^(?:tcp|udp|icmp6?|igmp|sctp|arp|rarp|ip6?|ether|host|net|port|portrange|src|dst|vlan|mpls|not|greater|less|broadcast|multicast|proto|inbound|outbound)$/;
const VERBOSITIES = [0, 1, 2, 3] as const;

/**
 * Reads the command line.
 *
 * @throws NmcapError NM_USAGE, NM_BAD_PORT_NAME, NM_INPUT
 */
export async function parseCommandLine(
  argv: readonly string[],
  stdoutIsTerminal: boolean,
): Promise<Options> {
  const repeated: Repeated = { t: 0, v: 0, x: 0, X: 0 };
  let text = '';
  const command = createCommand(repeated, (piece) => {
    text += piece;
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { task: 'print-text', text };
    const unknown = /unknown option '(-[^-])'/u.exec(error.message)?.[1];
    if (unknown !== undefined) {
      const known = new Set(command.options.map(({ short }) => short ?? ''));
      throw usageError(explainUnknownOption(unknown, known));
    }
    throw usageError(asOneSentence(error.message));
  }
  const flags = command.opts<Flags>();
  const words = [...command.args];
  if (flags.listInterfaces === true) {
    refuseWithList(command, words);
    return { task: 'list', json: flags.json ?? false };
  }
  if (flags.dumpFilter === true) {
    const filter = filterText(flags, words) ?? '';
    if (flags.O === true)
      throw usageError('--dump-filter shows the optimized program: leave out -O');
    return { task: 'dump-filter', filter, savefile: onlySavefile(flags) };
  }
  const input = readInput(flags, words);
  const write = writeOptions(flags);
  // A place to print to asks for printing.
  if (flags.output !== undefined && flags.count !== true) flags.print = true;
  refuseContradictions(flags, input.kind);
  if (flags.K === true && repeated.v > 0) {
    throw usageError('-v always verifies checksums: -K cannot be combined with it');
  }
  const prints = flags.count !== true && (write === undefined || flags.print === true);
  return {
    task: 'capture',
    input,
    write,
    print: prints
      ? await printFormat(flags, repeated, input, stdoutIsTerminal && flags.output === undefined)
      : undefined,
    countOnly: flags.count ?? false,
    quiet: flags.quiet ?? false,
    output: flags.output,
    statsInterval: flags.stats,
    statsJson: flags.statsJson,
    privileges: { user: flags.relinquishPrivileges, keepRoot: !flags.drop },
    ...fileOptions(
      flags,
      flags.before !== undefined,
      { '-w': flags.write, '--output': flags.output },
      flags.count !== true && flags.statsJson !== '-' && (!prints || flags.output !== undefined),
    ),
  };
}

/** Whatever else is given would have no effect; scripts have -n with every command. */
function refuseWithList(command: Command, words: readonly string[]): void {
  const useful = new Set(['listInterfaces', 'json', 'n']);
  const other = command.options.find((option) => {
    const name = option.attributeName();
    return !useful.has(name) && command.getOptionValueSource(name) === 'cli';
  });
  const extra = other?.short ?? other?.long ?? words[0];
  if (extra === undefined) return;
  throw usageError(
    `-D lists all ports: '${extra}' cannot be combined with it`,
    "'nmcap -D' prints a table, 'nmcap -D --json' an object for each port",
  );
}

/** commander's "error: option '-c <n>' argument '0' is invalid. Reason", as a sentence of nmcap's. */
function asOneSentence(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace('\n', ' ')
    .replace(' is invalid. Allowed', ' is invalid: allowed')
    .replace(' is invalid. ', ' is invalid: ')
    .replace(/\.$/, '');
}

/** Without -i or -r the first of the words is the port; all others are left for the filter. */
function readInput(flags: Flags, words: string[]): CaptureOptions['input'] {
  const savefile = onlySavefile(flags);
  if (savefile !== undefined) {
    if (flags.interface !== undefined) throw usageError('-i and -r cannot be combined');
    const { filter, packetLimit } = packetChoice(flags, words);
    return {
      kind: 'savefile',
      path: savefile,
      filter: inDirection(flags.direction ?? flags.inout ?? 'both', filter),
      packetLimit,
    };
  }
  const names = flags.interface ?? words.splice(0, 1);
  if (names.length === 0) {
    throw usageError(
      'no port given',
      "try 'nmcap em0', or 'nmcap sim:em0' without netmap; 'nmcap --help' lists the options",
    );
  }
  const [word = ''] = names;
  if (flags.interface === undefined && SAVEFILE_NAME.test(word)) {
    throw usageError(
      `${word} looks like a savefile`,
      `'nmcap -r ${word}' reads it; 'nmcap -i ${word}' watches a port of that name`,
    );
  }
  if (flags.interface === undefined && words.length > 0 && FILTER_WORD.test(word)) {
    throw usageError(
      `'${word}' is taken for the port, which is the first word`,
      `'nmcap em0 ${[word, ...words].join(' ')}' names the port em0; 'nmcap -i ${word}' watches a port of that name`,
    );
  }
  const ports = names.map((name) => parsePortName(name));
  const bufferSize = flags.bufferSize ?? DEFAULT_BUFFER;
  const same = <T>(of: (port: PortName) => T, option: string): T => {
    const [first, ...others] = new Set(ports.map(of));
    if (first !== undefined && others.length === 0) return first;
    throw usageError(`the ports' names ask for different things: use ${option} instead`);
  };
  if (new Set(ports.map(({ device }) => device)).size > 1) {
    throw usageError("simulated ports and the kernel's cannot be watched together");
  }
  const watched = ports.map(({ kernelName, rings }) => `${kernelName} ${JSON.stringify(rings)}`);
  const twice = ports.find((_, i) => watched.indexOf(watched[i] ?? '') < i);
  if (twice !== undefined) throw usageError(`${twice.text}: this port is given twice`);
  return {
    kind: 'monitor',
    ports,
    direction: flags.direction ?? flags.inout ?? same(suffixDirection, '-d'),
    zeroCopy: flags.zeroCopy ?? same((port) => port.flags.zeroCopy, '-z'),
    snapshotLength: flags.snapshotLength ?? MAX_SNAPSHOT_LENGTH,
    bufferSize,
    recorder: recorderOptions(flags, {
      write: flags.write,
      prints: flags.print === true || flags.output !== undefined,
      byClock: flags.fileSeconds !== undefined,
      bufferSize,
    }),
    realtime: flags.realtime ?? false,
    wait: flags.wait ?? false,
    reattach: flags.reattach ?? false,
    ...packetChoice(flags, words),
  };
}

function onlySavefile({ read }: Flags): string | undefined {
  if (read !== undefined && read.length > 1) {
    throw usageError(
      '-r is given twice, but only one savefile can be read at a time',
      "'mergecap -w - FILE FILE | nmcap -r -' reads several",
    );
  }
  return read?.[0];
}

/** The filter, of a savefile's packets in one direction only. */
function inDirection(
  direction: MonitoredDirection,
  filter: string | undefined,
): string | undefined {
  if (direction === 'both') return filter;
  const way = direction === 'tx' ? 'outbound' : 'inbound';
  return filter === undefined ? way : `${way} and (${filter})`;
}

/** Which of the input's packets are wanted; the remaining words are the filter. */
function packetChoice(flags: Flags, words: readonly string[]) {
  return { filter: filterText(flags, words), packetLimit: flags.c ?? 0 };
}

/** The direction that the flags after the slash of a port name ask for. */
function suffixDirection({ flags }: PortName): MonitoredDirection {
  if (flags.monitorRx === flags.monitorTx) return 'both';
  return flags.monitorRx ? 'rx' : 'tx';
}

/** An option that is silently ignored would be taken to work. */
function refuseContradictions(flags: Flags, kind: CaptureOptions['input']['kind']): void {
  const { write, statsJson, output } = flags;
  if (output === '-') {
    throw usageError('--output needs the name of a file; without it, standard output is used');
  }
  if (output !== undefined && flags.count === true) {
    throw usageError('--count prints no packets: --output cannot be combined with it');
  }
  if (output !== undefined && [write, statsJson].some((file) => sameFile(file, output))) {
    throw usageError('--output names the same file as another option');
  }
  const printsToStdout = flags.print === true && output === undefined;
  if (write === '-' && printsToStdout) {
    throw usageError("printed packets and '-w -' cannot both go to standard output");
  }
  const printsPackets = output === undefined && (write === undefined || printsToStdout);
  if (statsJson === '-' && (write === '-' || printsPackets)) {
    throw usageError("packets and '--stats-json -' cannot both go to standard output");
  }
  if (statsJson !== undefined && write !== undefined && resolve(statsJson) === resolve(write)) {
    throw usageError('-w and --stats-json name the same file');
  }
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

function sameFile(one: string | undefined, two: string): boolean {
  return one !== undefined && resolve(one) === resolve(two);
}

/** The filter from the command line, or from the file of -F, where `#` begins a comment. */
function filterText({ filterFile }: Flags, words: readonly string[]): string | undefined {
  let text = words.join(' ').trim();
  if (filterFile !== undefined) {
    if (text !== '') throw usageError(`two filters given: with -F and as '${text}'`);
    try {
      text = readFileSync(filterFile, 'utf8').replaceAll(/#.*$/gm, '').trim();
    } catch (cause) {
      const reason = systemReason(cause);
      throw new NmcapError('NM_INPUT', `cannot read the filter from ${filterFile}: ${reason}`, {
        hint: "check the file's name and permissions",
        cause,
      });
    }
  }
  return text === '' ? undefined : text;
}

function writeOptions({ write, format }: Flags): WriteOptions | undefined {
  if (write === undefined) {
    if (format !== undefined) throw usageError('--format needs a savefile to write: add -w FILE');
    return undefined;
  }
  const isPcap = /\.(pcap|cap|dmp)$/i.test(withoutCompression(write));
  return { path: write, format: format ?? (isPcap ? 'pcap' : 'pcapng') };
}

async function printFormat(
  flags: Flags,
  repeated: Repeated,
  input: CaptureOptions['input'],
  isTerminal: boolean,
): Promise<PrintFormat> {
  if (flags.json === true) return { kind: 'json' };
  if (flags.fields !== undefined) {
    // Loaded on demand, as it brings the list of all fields.
    const { parseFieldList } = await import('./fields-option.js');
    const columns = parseFieldList(flags.fields);
    return { kind: 'fields', columns, header: flags.header ?? false };
  }
  const interfaceNames =
    input.kind === 'monitor' &&
    (input.ports.length > 1 || input.ports.some(({ isSwitch }) => isSwitch));
  return { kind: 'summary', options: summaryOptions(flags, repeated, interfaceNames, isTerminal) };
}

function summaryOptions(
  flags: Flags,
  repeated: Repeated,
  interfaceNames: boolean,
  isTerminal: boolean,
): SummaryOptions {
  return {
    timeStyle: TIME_STYLES[Math.min(repeated.t, TIME_STYLES.length - 1)] ?? 'time',
    precision: flags.nano === true ? 'nano' : 'micro',
    interfaceNames,
    linkHeader: flags.e ?? false,
    quiet: flags.q ?? false,
    verbosity: VERBOSITIES[repeated.v] ?? 3,
    absoluteSequence: flags.absoluteSequence ?? false,
    numbered: flags.number ?? false,
    dump: dumpStyle(flags, repeated),
    colour: wantsColour(flags.color ?? 'auto', isTerminal),
  };
}

/** Where several are given, the one that shows most wins, as in tcpdump. */
function dumpStyle(flags: Flags, { x, X }: Repeated): DumpStyle {
  if (X > 0) return X > 1 ? 'hex-ascii+link' : 'hex-ascii';
  if (x > 0) return x > 1 ? 'hex+link' : 'hex';
  return flags.A === true ? 'ascii' : 'none';
}

/** Decided once: NO_COLOR (no-color.org) and dumb terminals turn it off, --color overrides both. */
function wantsColour(when: ColourWhen, isTerminal: boolean): boolean {
  if (when !== 'auto') return when === 'always';
  const { NO_COLOR, TERM } = process.env;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}
