import { InvalidArgumentError } from 'commander';

import {
  DEFAULT_BUFFER_SIZE,
  type MonitoredDirection,
  type MonitoredPorts,
  parsePorts,
} from '../index.js';
import type { Definer } from './definer.js';
import { usageError, whole } from './usage.js';

const MIB = 1 << 20;
/** The drain thread needs at least two batches. */
const MIN_BUFFER_MIB = 2;
const MAX_BUFFER_MIB = 4095;

const DIRECTIONS: ReadonlyMap<string, MonitoredDirection> = new Map([
  ['tx', 'tx'],
  ['rx', 'rx'],
  ['both', 'both'],
  ['out', 'tx'],
  ['in', 'rx'],
  ['inout', 'both'],
]);

const SAVEFILE_NAME = /^[^:@]*\.(?:pcap|pcapng|cap|dmp)(?:\.(?:gz|zst))?$/i;
/** With what a filter begins, as no interface is named (pcap-filter(7)). */
const FILTER_WORD =
  /^(?:tcp|udp|icmp6?|igmp|sctp|arp|rarp|ip6?|ether|host|net|port|portrange|src|dst|vlan|mpls|not|greater|less|broadcast|multicast|proto|inbound|outbound)$/;

/** The options about the port and who may open it, as commander returns them. */
export interface PortFlags {
  interface?: string[];
  listInterfaces?: true;
  direction?: MonitoredDirection;
  inout?: MonitoredDirection;
  zeroCopy?: true;
  wait?: true;
  reattach?: true;
  realtime?: true;
  bufferSize?: number;
  relinquishPrivileges?: string;
  /** Without --no-drop. */
  drop: boolean;
}

/** What the options about the port say of it; the others add the rest. */
export interface PortChoice extends MonitoredPorts {
  /** Bytes. */
  readonly bufferSize: number;
  readonly realtime: boolean;
  readonly wait: boolean;
  readonly reattach: boolean;
}

export function addPortOptions(define: Definer): void {
  define.add(
    '-i, --interface <port>',
    'watch this port; repeatable, and all other words are then the filter',
    (value, earlier: string[] = []) => [...earlier, value],
  );
  define.add('-D, --list-interfaces', 'list the ports that can be watched, and exit');
  define
    .add('-d, --direction <tx|rx|both>', 'frames the application sends, receives, or both')
    .choices(['tx', 'rx', 'both'])
    .argParser(direction);
  define
    .add('-Q, --inout <out|in|inout>', "the same in tcpdump's terms")
    .choices(['out', 'in', 'inout'])
    .argParser(direction);
  define.addForPorts(
    '-z, --zero-copy',
    'do not copy: frames are seen once the application is done with them',
  );
  define.addForPorts('--wait', 'wait for ports that are not in netmap mode yet');
  define.addForPorts('--reattach', 'attach again when the application is back');
  define.addForPorts('--realtime', 'drain the rings at real-time priority');
  define.addForPorts(
    '-B, --buffer-size <MiB>',
    'memory between rings and disk (default: 32)',
    buffer,
  );
  define.add(
    '-Z, --relinquish-privileges <user>',
    'become this user once the input is open (default: who ran sudo)',
    userName,
  );
  define.add('--no-drop', 'stay root').conflicts('relinquishPrivileges');
}

/** The frames' direction that the options ask for, if any. */
export function chosenDirection({ direction, inout }: PortFlags): MonitoredDirection | undefined {
  return direction ?? inout;
}

/**
 * Without -i the first of the words is the port; all others are left for the filter.
 *
 * @throws NmcapError NM_USAGE, NM_BAD_PORT_NAME
 */
export function portChoice(flags: PortFlags, words: string[]): PortChoice {
  const names = flags.interface ?? words.splice(0, 1);
  if (names.length === 0) {
    throw usageError(
      'no port given',
      "try 'nmcap em0', or 'nmcap sim:em0' without netmap; 'nmcap --help' lists the options",
    );
  }
  if (flags.interface === undefined) refuseMistakenWord(names[0] ?? '', words);
  return {
    ...parsePorts(names, { direction: chosenDirection(flags), zeroCopy: flags.zeroCopy }),
    bufferSize: flags.bufferSize ?? DEFAULT_BUFFER_SIZE,
    realtime: flags.realtime ?? false,
    wait: flags.wait ?? false,
    reattach: flags.reattach ?? false,
  };
}

/** A savefile or the beginning of a filter, taken for the port because it is the first word. */
function refuseMistakenWord(word: string, others: readonly string[]): void {
  if (SAVEFILE_NAME.test(word)) {
    throw usageError(
      `${word} looks like a savefile`,
      `'nmcap -r ${word}' reads it; 'nmcap -i ${word}' watches a port of that name`,
    );
  }
  if (others.length > 0 && FILTER_WORD.test(word)) {
    throw usageError(
      `'${word}' is taken for the port, which is the first word`,
      `'nmcap em0 ${[word, ...others].join(' ')}' names the port em0; 'nmcap -i ${word}' watches a port of that name`,
    );
  }
}

function direction(value: string): MonitoredDirection {
  const known = DIRECTIONS.get(value);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(
    'expected tx, rx or both (or out, in or inout); --dump-filter prints the compiled filter',
  );
}

function buffer(value: string): number {
  if (/^\d+$/.test(value) && Number(value) > MAX_BUFFER_MIB) {
    throw new InvalidArgumentError(
      `expected a whole number of MiB up to ${MAX_BUFFER_MIB} (tcpdump counts KiB)`,
    );
  }
  return whole(value, MIN_BUFFER_MIB, MAX_BUFFER_MIB) * MIB;
}

function userName(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError("expected a user's name");
}
