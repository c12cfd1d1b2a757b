import { type DumpStyle, fieldNames, type PrintFormat, type SummaryOptions } from '../index.js';
import type { Definer, Repeated } from './definer.js';
import { parseFieldList } from './fields-option.js';
import type { OutputFlags } from './output-options.js';

const TIME_STYLES = ['time', 'none', 'epoch', 'delta', 'date', 'since-first'] as const;
const VERBOSITIES = [0, 1, 2, 3] as const;

type ColourWhen = 'auto' | 'always' | 'never';

/** The options that say what a line looks like, as commander returns them. */
export interface DisplayFlags {
  nano?: true;
  timeStampPrecision?: 'micro' | 'nano';
  e?: true;
  q?: true;
  absoluteSequence?: true;
  number?: true;
  A?: true;
  color?: ColourWhen;
}

export function addDisplayOptions(define: Definer): void {
  define.repeat(
    't',
    'print no time; -tt: epoch, -ttt: delta, -tttt: date, -ttttt: since the first packet',
  );
  define.add('--nano', 'print times with nanoseconds');
  define.add('--micro', 'print times with microseconds (the default)');
  define
    .add('--time-stamp-precision <precision>', "tcpdump's spelling of the two")
    .choices(['micro', 'nano'])
    .hideHelp();
  define.add('-e', 'print the link-layer header');
  define.add('-q', 'less protocol information');
  define.repeat('v', 'more protocol information; -vv, -vvv: still more');
  const absolute = define.add('-S, --absolute-sequence', 'print absolute TCP sequence numbers');
  define.synonym('--absolute-tcp-sequence-numbers', absolute);
  define.add('-#, --number', 'number the lines');
  define.add('-A', 'also print each packet in ASCII');
  define.repeat('x', 'also print each packet in hex; -xx: with the link-layer header');
  define.repeat('X', 'also in hex and ASCII; -XX: with the link-layer header');
  define
    .add('--color <when>', 'colour the summaries (default: auto)')
    .choices(['auto', 'always', 'never']);
  define.add('--quiet', 'print neither ports, live line nor statistics; errors are always printed');
}

/** @throws NmcapError NM_USAGE for a field that there is not */
export async function printFormat(
  flags: DisplayFlags & OutputFlags,
  repeated: Repeated,
  interfaceNames: boolean,
  isTerminal: boolean,
): Promise<PrintFormat> {
  if (flags.json === true) return { kind: 'json' };
  if (flags.fields !== undefined) {
    const columns = parseFieldList(flags.fields, await fieldNames());
    return { kind: 'fields', columns, header: flags.header ?? false };
  }
  return { kind: 'summary', options: summaryOptions(flags, repeated, interfaceNames, isTerminal) };
}

function summaryOptions(
  flags: DisplayFlags,
  repeated: Repeated,
  interfaceNames: boolean,
  isTerminal: boolean,
): SummaryOptions {
  const isNano = flags.nano === true || flags.timeStampPrecision === 'nano';
  return {
    timeStyle: TIME_STYLES[Math.min(repeated.t, TIME_STYLES.length - 1)] ?? 'time',
    precision: isNano ? 'nano' : 'micro',
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
function dumpStyle(flags: DisplayFlags, { x, X }: Repeated): DumpStyle {
  if (X > 0) return X > 1 ? 'hex-ascii+link' : 'hex-ascii';
  if (x > 0) return x > 1 ? 'hex+link' : 'hex';
  return flags.A === true ? 'ascii' : 'none';
}

/** Decided once: NO_COLOR (no-color.org) and dumb terminals turn it off, --color overrides both. */
export function wantsColour(when: ColourWhen, isTerminal: boolean): boolean {
  if (when !== 'auto') return when === 'always';
  const { NO_COLOR, TERM } = process.env;
  return isTerminal && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}
