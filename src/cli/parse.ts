import { type Command, CommanderError } from 'commander';

import { MAX_SNAPSHOT_LENGTH } from '../index.js';
import { createCommand, type Flags, optionNames } from './command.js';
import type { Repeated } from './definer.js';
import { printFormat } from './display-options.js';
import { doctorOptions } from './doctor-options.js';
import { applyConditions } from './dumpcap-options.js';
import { fileOptions } from './file-options.js';
import type { CaptureOptions, LinkOptions, Options } from './options.js';
import { refuseContradictions, writeOptions } from './output-options.js';
import { chosenDirection, portChoice } from './port-options.js';
import { recorderOptions } from './recorder-options.js';
import { filterText, inDirection, onlySavefile, packetChoice } from './selection-options.js';
import { explainUnknownOption, withSecondDash } from './unknown-option.js';
import { otherOption, usageError } from './usage.js';

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
  if (argv[0] === 'completion') {
    const { completionScript } = await import('./completion/completion.js');
    return { task: 'print-text', text: await completionScript(command, argv.slice(1)) };
  }
  if (argv[0] === 'extcap') return linkOptions(argv.slice(1));
  if (asksForVersions(argv)) return { task: 'versions' };
  const isDoctor = argv[0] === 'doctor';
  try {
    parseWords(command, isDoctor ? argv.slice(1) : argv);
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
    return { task: 'print-text', text };
  }
  const flags = command.opts<Flags>();
  const words = [...command.args];
  if (isDoctor) return doctorOptions(command, words, stdoutIsTerminal);
  if (flags.listInterfaces === true) {
    refuseWithList(command, words);
    return { task: 'list', json: flags.json ?? false };
  }
  if (flags.dumpFilter === true) {
    const filter = filterText(flags, words) ?? '';
    if (!flags.optimize) {
      throw usageError('--dump-filter shows the optimized program: leave out -O');
    }
    return { task: 'dump-filter', filter, savefile: onlySavefile(flags) };
  }
  return captureOptions(flags, words, repeated, stdoutIsTerminal);
}

/** `words`: those that follow `extcap`. */
function linkOptions(words: readonly string[]): LinkOptions {
  const [action] = words;
  if (words.length === 1 && (action === 'install' || action === 'remove')) {
    return { task: 'link-extcap', action };
  }
  throw usageError(
    "'nmcap extcap' needs one word more: install or remove",
    "'nmcap extcap install' has Wireshark list netmap ports; 'nmcap -i extcap' watches a port of that name",
  );
}

/** `nmcap version`, and --version with -v. A port of that name is watched with -i. */
function asksForVersions(argv: readonly string[]): boolean {
  const [first, ...others] = argv;
  if (first === 'version') {
    if (others.length === 0) return true;
    throw usageError(
      "'nmcap version' takes no further words",
      "'nmcap -i version' watches a port of that name",
    );
  }
  return argv.length === 2 && argv.includes('--version') && argv.includes('-v');
}

async function captureOptions(
  flags: Flags,
  words: string[],
  repeated: Repeated,
  stdoutIsTerminal: boolean,
): Promise<CaptureOptions> {
  applyConditions(flags);
  const input = readInput(flags, words);
  const write = writeOptions(flags);
  // A place to print to asks for printing.
  if (flags.output !== undefined && flags.count !== true) flags.print = true;
  refuseContradictions(flags, input.kind);
  if (flags.dontVerifyChecksums === true && repeated.v > 0) {
    throw usageError('-v always verifies checksums: -K cannot be combined with it');
  }
  const prints = flags.count !== true && (write === undefined || flags.print === true);
  const isTerminal = stdoutIsTerminal && flags.output === undefined;
  return {
    task: 'capture',
    input,
    write,
    print: prints
      ? await printFormat(flags, repeated, hasSeveralPorts(input), isTerminal)
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

/** @throws CommanderError with status 0 where --help or --version printed a text; NmcapError NM_USAGE */
function parseWords(command: Command, argv: readonly string[]): void {
  const known = optionNames(command);
  for (const word of argv) {
    if (word === '--') break;
    const meant = withSecondDash(word, known);
    if (meant === undefined) continue;
    throw usageError(`'${word}' with one dash stands for single letters (Did you mean ${meant}?)`);
  }
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode === 0) throw error;
    const [, unknown] = /unknown option '(.*)'$/su.exec(error.message) ?? [];
    throw usageError(
      unknown === undefined ? asOneSentence(error.message) : explainUnknownOption(unknown, known),
    );
  }
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

/** Whatever else is given would have no effect; scripts have -n with every command. */
function refuseWithList(command: Command, words: readonly string[]): void {
  const extra = otherOption(command, ['listInterfaces', 'json', 'n']) ?? words[0];
  if (extra === undefined) return;
  throw usageError(
    `-D lists all ports: '${extra}' cannot be combined with it`,
    "'nmcap -D' prints a table, 'nmcap -D --json' an object for each port",
  );
}

function readInput(flags: Flags, words: string[]): CaptureOptions['input'] {
  const savefile = onlySavefile(flags);
  if (savefile !== undefined) {
    if (flags.interface !== undefined) throw usageError('-i and -r cannot be combined');
    const { filter, packetLimit } = packetChoice(flags, words);
    return {
      kind: 'savefile',
      path: savefile,
      filter: inDirection(chosenDirection(flags) ?? 'both', filter),
      packetLimit,
    };
  }
  const port = portChoice(flags, words);
  return {
    kind: 'monitor',
    ...port,
    ...packetChoice(flags, words),
    snapshotLength: flags.snapshotLength ?? MAX_SNAPSHOT_LENGTH,
    recorder: recorderOptions(flags, {
      write: flags.write,
      prints: flags.print === true || flags.output !== undefined,
      byClock: flags.fileSeconds !== undefined,
      bufferSize: port.bufferSize,
    }),
  };
}

/** Whether lines name the port that a packet comes from. */
function hasSeveralPorts(input: CaptureOptions['input']): boolean {
  return (
    input.kind === 'monitor' &&
    (input.ports.length > 1 || input.ports.some(({ isSwitch }) => isSwitch))
  );
}
