import { Command, InvalidArgumentError, Option } from 'commander';

import type { MonitoredDirection } from '../monitor/options.js';
import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import { VERSION } from '../version.js';
import { addFileOptions, type FileFlags } from './file-options.js';
import { addRecorderOptions, type RecorderFlags } from './recorder-options.js';
import { atLeastOne, fileName, whole } from './usage.js';

const MIB = 1 << 20;
export const DEFAULT_BUFFER = 32 * MIB;
/** The drain thread needs at least two batches. */
const MIN_BUFFER_MIB = 2;
const MAX_BUFFER_MIB = 4095;

const DIRECTIONS: Record<string, MonitoredDirection> = {
  tx: 'tx',
  rx: 'rx',
  both: 'both',
  out: 'tx',
  in: 'rx',
  inout: 'both',
};

export type ColourWhen = 'auto' | 'always' | 'never';

/** The options as commander parses them. */
export interface Flags extends FileFlags, RecorderFlags {
  interface?: string[];
  read?: string[];
  direction?: MonitoredDirection;
  inout?: MonitoredDirection;
  zeroCopy?: true;
  filterFile?: string;
  write?: string;
  format?: 'pcapng' | 'pcap';
  print?: true;
  json?: true;
  fields?: string;
  header?: true;
  stats?: number;
  statsJson?: string;
  c?: number;
  count?: true;
  dumpFilter?: true;
  listInterfaces?: true;
  snapshotLength?: number;
  bufferSize?: number;
  realtime?: true;
  wait?: true;
  reattach?: true;
  e?: true;
  q?: true;
  absoluteSequence?: true;
  A?: true;
  number?: true;
  nano?: true;
  color?: ColourWhen;
  quiet?: true;
  relinquishPrivileges?: string;
  /** Without --no-drop. */
  drop: boolean;
  K?: true;
  O?: true;
}

/** How often each letter was given that may be repeated for a stronger effect. */
export type Repeated = Record<'t' | 'v' | 'x' | 'X', number>;

/**
 * The command line for commander to parse. Repeatable letters are counted in `repeated` meanwhile;
 * `print` receives the text of --help and --version.
 */
export function createCommand(repeated: Repeated, print: (text: string) => void): Command {
  const command = new Command('nmcap')
    .description(
      'tcpdump for netmap ports: what an application sends and receives, with the direction of every frame',
    )
    .usage(
      '[options] PORT [FILTER ...]\n       nmcap [options] -r FILE [FILTER ...]\n       nmcap -D [--json]',
    )
    .argument('[words...]')
    .version(`nmcap ${VERSION}`, '--version', 'print the version and exit')
    .helpOption('-h, --help', 'print this help and exit')
    .exitOverride()
    .configureOutput({
      writeOut: print,
      // Errors are printed in app.ts only.
      writeErr: () => undefined,
    });
  const add = (
    flags: string,
    text: string,
    read?: (value: string, earlier?: string[]) => unknown,
  ) => {
    const option = new Option(flags, text);
    if (read !== undefined)
      option.argParser<unknown>((value, earlier) => read(value, earlier as string[] | undefined));
    command.addOption(option);
    return option;
  };
  /** An option that would have no effect on a savefile. */
  const addForPorts = (...definition: Parameters<typeof add>) =>
    add(...definition).conflicts('read');
  const choose = (flags: string, text: string, choices: string[]) => {
    command.addOption(new Option(flags, text).choices(choices));
  };
  const repeat = (letter: keyof Repeated, text: string) => {
    add(`-${letter}`, text);
    command.on(`option:${letter}`, () => {
      repeated[letter]++;
    });
  };

  command.addOption(
    new Option(
      '-i, --interface <port>',
      'port to watch, repeatable; all other words are then the filter',
    ).argParser((value: string, earlier?: string[]) => [...(earlier ?? []), value]),
  );
  add('-D, --list-interfaces', 'list the ports that can be watched, and exit');
  add(
    '-r, --read <file>',
    "read packets from a savefile ('-': standard input)",
    (value: string, earlier?: string[]) => [...(earlier ?? []), fileName(value)],
  );
  add(
    '-d, --direction <tx|rx|both>',
    'capture frames the application sends, receives, or both',
    direction,
  );
  add('-Q, --inout <out|in|inout>', "the same in tcpdump's terms", direction);
  addForPorts(
    '-z, --zero-copy',
    'do not copy: frames are seen once the application is done with them',
  );
  add('-F, --filter-file <file>', 'read the filter from a file', fileName);
  add('-c <n>', 'exit after n packets that passed the filter', atLeastOne);
  addForPorts(
    '-s, --snapshot-length <bytes>',
    'keep at most this many bytes of each frame (0: all)',
    snapshot,
  );
  addForPorts(
    '-B, --buffer-size <MiB>',
    'memory between the rings and the disk (default: 32)',
    buffer,
  );
  addForPorts('--wait', 'wait for ports that are not there or not in netmap mode yet');
  addForPorts('--reattach', 'when its application leaves, wait for it and attach again');
  addForPorts('--realtime', 'drain the rings at real-time priority');
  add(
    '-w, --write <file>',
    "write packets to a savefile ('-': standard output) instead of printing them",
    fileName,
  );
  addFileOptions(add);
  addRecorderOptions(addForPorts);
  choose('--format <format>', 'savefile format (default: by file name)', ['pcapng', 'pcap']);
  add('--print', 'print packets even with -w');
  command.addOption(
    new Option('--json', 'print a JSON object for each packet, even with -w')
      .implies({ print: true })
      .conflicts('fields'),
  );
  command.addOption(
    new Option('--fields <names>', 'print only these fields, tab-separated, even with -w').implies({
      print: true,
    }),
  );
  add('--header', 'with --fields: print their names first');
  addForPorts(
    '--stats <seconds>',
    'print a line of statistics every so many seconds; with --stats-json, write one',
    atLeastOneSecond,
  );
  addForPorts(
    '--stats-json <file>',
    "write the capture statistics as JSON ('-': standard output)",
    fileName,
  );
  add('--count', 'with -r, print only the number of packets');
  add('--dump-filter', 'print the compiled filter and exit; all words are the filter');
  repeat(
    't',
    'print no time; -tt: epoch, -ttt: delta, -tttt: date, -ttttt: since the first packet',
  );
  add('--nano', 'print times with nanoseconds');
  add('--micro', 'print times with microseconds (the default)');
  add('-e', 'print the link-layer header');
  add('-q', 'print less protocol information');
  repeat('v', 'print more protocol information; -vv, -vvv: still more');
  add('-S, --absolute-sequence', 'print absolute TCP sequence numbers');
  add('-#, --number', 'number the lines');
  add('-A', 'also print each packet in ASCII');
  repeat('x', 'also print each packet in hex; -xx: with the link-layer header');
  repeat('X', 'also print each packet in hex and ASCII; -XX: with the link-layer header');
  choose('--color <when>', 'colour the summaries (default: auto)', ['auto', 'always', 'never']);
  add(
    '--quiet',
    'do not print the ports watched, the live line and the statistics; errors are always printed',
  );
  add(
    '-Z, --relinquish-privileges <user>',
    'run as this user once the input is open, not as root (default: who ran sudo)',
    userName,
  );
  add('--no-drop', 'stay root').conflicts('relinquishPrivileges');
  add('-n', 'accepted for compatibility; addresses and ports are never resolved');
  add('-l', 'accepted for compatibility; lines are flushed whenever the port is idle');
  add('-U', 'accepted for compatibility; output is flushed whenever the port is idle');
  add('-p', 'accepted for compatibility; a monitor never sets promiscuous mode');
  add('-K', 'accepted for compatibility without -v; only -v verifies checksums');
  add('-N', 'accepted for compatibility; host names are never printed');
  add('-O', 'accepted for compatibility; the optimizer does not change what passes');
  add('--immediate-mode', 'accepted for compatibility; packets are never held back');
  add('-y <type>', 'accepted for compatibility; the link type is always EN10MB', ethernet);
  return command.addHelpText('after', HELP_AFTER);
}

const HELP_AFTER = `
PORT is the name of a netmap port (em0, netmap:em0-0, vale0:a, vale0:a{1), of all
ports of a switch (vale0:), or of a simulated port (sim:em0). nmcap attaches a
monitor to it; it never takes the port over. FILTER is described in pcap-filter(7). Unlike in tcpdump, -d sets the
direction, -z asks for a zero-copy monitor, and -B counts MiB.

Examples:
  nmcap em0                          print what em0's application sends and receives
  nmcap em0 -d tx -w out.pcapng      save what it sends
  nmcap -r out.pcapng tcp port 80    print part of the file
  nmcap vale0:a -w - | tshark -r -   decode with tshark
  nmcap em0 --fields time,ip.addr    print chosen fields
  nmcap -D                           list the ports that can be watched
  nmcap sim:em0 -c 20                try it without netmap
`;

function direction(value: string): MonitoredDirection {
  const known = DIRECTIONS[value];
  if (known === undefined) {
    throw new InvalidArgumentError('expected tx, rx or both (or out, in or inout)');
  }
  return known;
}

function userName(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError("expected a user's name");
}

function ethernet(value: string): string {
  if (value.toUpperCase() === 'EN10MB') return value;
  throw new InvalidArgumentError('expected EN10MB: ports have no other link type');
}

/** Timers cannot wait for longer. */
const MAX_SECONDS = 2_000_000;

function atLeastOneSecond(value: string): number {
  return whole(value, 1, MAX_SECONDS);
}

function snapshot(value: string): number {
  return whole(value, 0, MAX_SNAPSHOT_LENGTH) || MAX_SNAPSHOT_LENGTH;
}

function buffer(value: string): number {
  if (/^\d+$/.test(value) && Number(value) > MAX_BUFFER_MIB) {
    throw new InvalidArgumentError(
      `expected a whole number of MiB up to ${MAX_BUFFER_MIB} (tcpdump counts KiB)`,
    );
  }
  return whole(value, MIN_BUFFER_MIB, MAX_BUFFER_MIB) * MIB;
}
