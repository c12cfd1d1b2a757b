import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { NmcapError } from './errors.js';
import type { Options } from './options.js';
import type { SummaryOptions } from './print/summary.js';
import type { MonitoredDirection } from './source/monitor.js';
import { parsePortName, type PortName } from './source/port-name.js';
import { VERSION } from './version.js';

/** tcpdump's default, and the most that one packet may hold. */
const MAX_SNAPSHOT_LENGTH = 262144;
const MIB = 1 << 20;
const DEFAULT_BUFFER = 32 * MIB;
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

const TIME_STYLES = ['time', 'none', 'epoch', 'delta', 'date', 'since-first'] as const;

type ColourWhen = 'auto' | 'always' | 'never';

interface Flags {
  interface?: string;
  direction?: MonitoredDirection;
  inout?: MonitoredDirection;
  zeroCopy?: true;
  write?: string;
  print?: true;
  count?: number;
  snapshotLength?: number;
  e?: true;
  q?: true;
  bufferSize?: number;
  color?: ColourWhen;
}

/**
 * Reads the command line. Help and version are printed to standard output, and `undefined` is the
 * answer: there is nothing left to do.
 *
 * @throws NmcapError NM_USAGE, NM_BAD_PORT_NAME
 */
export function parseCommandLine(
  argv: readonly string[],
  stdoutIsTerminal: boolean,
): Options | undefined {
  let timeStyle = 0;
  const command = createCommand().on('option:t', () => {
    timeStyle++;
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw usageError(error.message.replace(/^error: /, ''));
  }
  const flags = command.opts<Flags>();
  const words = [...command.args];
  const port = parsePort(flags.interface ?? words.shift());
  const filter = words.join(' ').trim();
  if (flags.write === '-' && flags.print === true) {
    throw usageError("--print and '-w -' both want standard output");
  }
  return {
    port,
    direction: flags.direction ?? flags.inout ?? suffixDirection(port),
    zeroCopy: flags.zeroCopy ?? port.flags.zeroCopy,
    packetLimit: flags.count ?? 0,
    snapshotLength: flags.snapshotLength ?? MAX_SNAPSHOT_LENGTH,
    filter: filter === '' ? undefined : filter,
    bufferSize: flags.bufferSize ?? DEFAULT_BUFFER,
    write: flags.write,
    print:
      flags.write === undefined || flags.print === true
        ? summaryOptions(flags, timeStyle, stdoutIsTerminal)
        : undefined,
  };
}

function createCommand(): Command {
  const command = new Command('nmcap')
    .description(
      'tcpdump for netmap ports: what an application sends and receives, with the direction of every frame',
    )
    .usage('[options] PORT [FILTER …]')
    .argument('[words...]')
    .version(`nmcap ${VERSION}`, '--version', 'print the version and exit')
    .helpOption('-h, --help', 'print this help and exit')
    .exitOverride()
    .configureOutput({
      // main.ts alone prints errors.
      writeErr: () => undefined,
    });
  const add = (flags: string, text: string, read?: (value: string) => unknown) => {
    const option = new Option(flags, text);
    if (read !== undefined) option.argParser(read);
    command.addOption(option);
  };
  add('-i, --interface <port>', 'the port; all other words are then the filter');
  add(
    '-d, --direction <tx|rx|both>',
    'frames the application sends, receives, or both (default)',
    direction,
  );
  add('-Q, --inout <out|in|inout>', "the same in tcpdump's words", direction);
  add(
    '-z, --zero-copy',
    'attach a zero-copy monitor: frames are seen once the application is done with them',
  );
  add(
    '-w, --write <file>',
    "write pcapng to the file, '-' for standard output, instead of printing",
  );
  add('--print', 'print summaries with -w too');
  add(
    '-c, --count <n>',
    'end after n packets that passed the filter',
    whole(1, Number.MAX_SAFE_INTEGER),
  );
  add('-s, --snapshot-length <bytes>', 'keep that many bytes of each frame (0: all)', (value) => {
    return whole(0, MAX_SNAPSHOT_LENGTH)(value) || MAX_SNAPSHOT_LENGTH;
  });
  add('-B, --buffer-size <MiB>', 'memory between the rings and the disk (default: 32)', (value) => {
    return whole(MIN_BUFFER_MIB, MAX_BUFFER_MIB)(value) * MIB;
  });
  add('-n', 'accepted: addresses and ports are always numbers');
  add('-e', 'print the link-layer header');
  add('-q', 'print less of each protocol');
  add(
    '-t',
    'no time stamp; -tt seconds since 1970, -ttt since the previous packet, -tttt with the date, -ttttt since the first packet',
  );
  add('-l', 'accepted: every line is written at once when no further packet is there');
  add('-U', 'accepted: so is every packet of a file');
  command.addOption(
    new Option('--color <when>', 'colour in summaries: auto (default), always or never').choices([
      'auto',
      'always',
      'never',
    ]),
  );
  return command.addHelpText('after', HELP_AFTER);
}

const HELP_AFTER = `
PORT is a port as netmap names it (em0, netmap:em0-0, em0^, vale0:a, vale0:a{1), watched by a
monitor and never taken over; sim:em0 is a simulated one. FILTER is as in pcap-filter(7).

Examples:
  nmcap em0                          print what em0's application sends and receives
  nmcap em0 -d tx -w out.pcapng      write what it sends
  nmcap vale0:a -w - | tshark -r -   let tshark decode it
  nmcap sim:em0 -c 20 tcp port 80    try it without netmap
`;

function usageError(message: string): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint: "'nmcap --help' lists the options" });
}

function parsePort(text: string | undefined): PortName {
  if (text === undefined) throw usageError('no port is named');
  return parsePortName(text);
}

/** What the flags behind the port name's slash ask for. */
function suffixDirection({ flags }: PortName): MonitoredDirection {
  if (flags.monitorRx === flags.monitorTx) return 'both';
  return flags.monitorRx ? 'rx' : 'tx';
}

function direction(value: string): MonitoredDirection {
  const known = DIRECTIONS[value];
  if (known === undefined)
    throw new InvalidArgumentError('It is tx, rx or both; or out, in or inout.');
  return known;
}

function whole(from: number, to: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= from && number <= to) return number;
    throw new InvalidArgumentError(`It is a whole number from ${from} to ${to}.`);
  };
}

function summaryOptions(flags: Flags, timeStyle: number, isTerminal: boolean): SummaryOptions {
  return {
    timeStyle: TIME_STYLES[Math.min(timeStyle, TIME_STYLES.length - 1)] ?? 'time',
    precision: 'micro',
    linkHeader: flags.e ?? false,
    quiet: flags.q ?? false,
    verbosity: 0,
    absoluteSequence: false,
    numbered: false,
    dump: 'none',
    colour: wantsColour(flags.color ?? 'auto', isTerminal),
  };
}

/** Decided once: NO_COLOR (no-color.org) and a dumb terminal say no, --color overrules both. */
function wantsColour(when: ColourWhen, isTerminal: boolean): boolean {
  if (when !== 'auto') return when === 'always';
  const { NO_COLOR, TERM } = process.env;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}
