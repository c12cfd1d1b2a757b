import { Command, InvalidArgumentError, Option } from 'commander';

import type { MonitoredDirection } from '../monitor/options.js';
import { VERSION } from '../version.js';

/** tcpdump's default, and the most that one packet may hold. */
export const MAX_SNAPSHOT_LENGTH = 262144;
const MIB = 1 << 20;
export const DEFAULT_BUFFER = 32 * MIB;
/** Two of the drain thread's batches are the least it works with. */
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

/** The options as commander hands them over. */
export interface Flags {
  interface?: string[];
  read?: string;
  direction?: MonitoredDirection;
  inout?: MonitoredDirection;
  zeroCopy?: true;
  filterFile?: string;
  write?: string;
  format?: 'pcapng' | 'pcap';
  print?: true;
  json?: true;
  fields?: string;
  statsJson?: string;
  c?: number;
  count?: true;
  dumpFilter?: true;
  snapshotLength?: number;
  bufferSize?: number;
  realtime?: true;
  e?: true;
  q?: true;
  absoluteSequence?: true;
  A?: true;
  number?: true;
  nano?: true;
  color?: ColourWhen;
}

/** Letters that are given several times for more of the same. */
export type Repeated = Record<'t' | 'v' | 'x' | 'X', number>;

/**
 * The command line as commander knows it; `repeated` counts while it is parsed, and `tell` is given
 * what help and version have to say.
 */
export function createCommand(repeated: Repeated, tell: (text: string) => void): Command {
  const command = new Command('nmcap')
    .description(
      'tcpdump for netmap ports: what an application sends and receives, with the direction of every frame',
    )
    .usage('[options] PORT [FILTER …]\n       nmcap [options] -r FILE [FILTER …]')
    .argument('[words...]')
    .version(`nmcap ${VERSION}`, '--version', 'print the version and exit')
    .helpOption('-h, --help', 'print this help and exit')
    .exitOverride()
    .configureOutput({
      writeOut: tell,
      // main.ts alone prints errors.
      writeErr: () => undefined,
    });
  const add = (flags: string, text: string, read?: (value: string) => unknown) => {
    const option = new Option(flags, text);
    if (read !== undefined) option.argParser(read);
    command.addOption(option);
  };
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
      'the port, or one of several; all other words are then the filter',
    ).argParser((value: string, earlier?: string[]) => [...(earlier ?? []), value]),
  );
  add('-r, --read <file>', "read a savefile instead, '-' from standard input", fileName);
  add('-d, --direction <tx|rx|both>', 'frames the application sends, receives, or both', direction);
  add('-Q, --inout <out|in|inout>', "the same in tcpdump's words", direction);
  add('-z, --zero-copy', 'watch without copying: frames are seen when the application is done');
  add('-F, --filter-file <file>', 'read the filter from the file', fileName);
  add('-c <n>', 'end after n packets that passed the filter', atLeastOne);
  add('-s, --snapshot-length <bytes>', 'keep that many bytes of each frame (0: all)', snapshot);
  add('-B, --buffer-size <MiB>', 'memory between the rings and the disk (default: 32)', buffer);
  add('--realtime', 'take frames from the rings before any other work of the machine');
  add(
    '-w, --write <file>',
    "write a savefile, '-' to standard output, instead of printing",
    fileName,
  );
  choose('--format <format>', 'of the savefile; otherwise by its name', ['pcapng', 'pcap']);
  add('--print', 'print summaries with -w too');
  command.addOption(
    new Option('--json', 'print a JSON object for each packet (with -w too)')
      .implies({ print: true })
      .conflicts('fields'),
  );
  command.addOption(
    new Option('--fields <names>', 'print these of its fields with tabs between them').implies({
      print: true,
    }),
  );
  add(
    '--stats-json <file>',
    "write the accounts of the capture as JSON, '-' to standard output",
    fileName,
  );
  add('--count', 'print only the number of packets of a savefile (with -r)');
  add('--dump-filter', 'print the compiled filter and exit; all words are the filter');
  repeat('t', 'no time; -tt epoch, -ttt delta, -tttt with date, -ttttt since the first');
  add('--nano', 'print nanoseconds');
  add('--micro', 'print microseconds (the default)');
  add('-e', 'print the link-layer header');
  add('-q', 'print less of each protocol');
  repeat('v', 'print more of each protocol; -vv still more');
  add('-S, --absolute-sequence', 'print TCP sequence numbers as they are on the wire');
  add('-#, --number', 'number the lines');
  add('-A', 'print the packet as text too');
  repeat('x', 'print it in hex; -xx with the link-layer header');
  repeat('X', 'print it in hex and as text; -XX with the link-layer header');
  choose('--color <when>', 'colour in summaries (default: auto)', ['auto', 'always', 'never']);
  add('-n', 'accepted: addresses and ports are always numbers');
  add('-l', 'accepted: a line is written at once when no further packet is there');
  add('-U', 'accepted: so is a packet to a savefile');
  return command.addHelpText('after', HELP_AFTER);
}

const HELP_AFTER = `
PORT is a port as netmap names it (em0, netmap:em0-0, em0^, vale0:a, vale0:a{1), watched by a
monitor and never taken over; sim:em0 is a simulated one. FILTER is as in pcap-filter(7).

Examples:
  nmcap em0                          print what em0's application sends and receives
  nmcap em0 -d tx -w out.pcapng      write what it sends
  nmcap -r out.pcapng tcp port 80    print some of it
  nmcap vale0:a -w - | tshark -r -   let tshark decode it
  nmcap em0 --fields time,ip.src     print chosen fields
  nmcap sim:em0 -c 20                try it without netmap
`;

function direction(value: string): MonitoredDirection {
  const known = DIRECTIONS[value];
  if (known === undefined) {
    throw new InvalidArgumentError('It is tx, rx or both; or out, in or inout.');
  }
  return known;
}

function fileName(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It is the name of a file.');
}

function whole(value: string, from: number, to: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= from && number <= to) return number;
  const limit = to === Number.MAX_SAFE_INTEGER ? '' : ` to ${to}`;
  throw new InvalidArgumentError(`It is a whole number from ${from}${limit}.`);
}

function atLeastOne(value: string): number {
  return whole(value, 1, Number.MAX_SAFE_INTEGER);
}

function snapshot(value: string): number {
  return whole(value, 0, MAX_SNAPSHOT_LENGTH) || MAX_SNAPSHOT_LENGTH;
}

function buffer(value: string): number {
  return whole(value, MIN_BUFFER_MIB, MAX_BUFFER_MIB) * MIB;
}
