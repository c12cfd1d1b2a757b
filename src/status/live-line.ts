/** How a capture is going, on one line: on a terminal, or in a log. */
import path from 'node:path';

import { Chalk } from 'chalk';

import { type CaptureStats, totals } from '../index.js';
import { printable } from '../printable.js';
import { scale, scaled } from '../text/scale.js';
import { HISTORY, type Rate, type Rates } from './rates.js';

export interface Progress extends Rates {
  /** Seconds. */
  readonly elapsed: number;
  /** Frames that were thrown away, and syncs that found a ring full. */
  readonly discarded: number;
  readonly ringFull: number;
  /** The file that is being written, and its bytes on disk; or a flight recorder waits for a trigger. */
  readonly file: { readonly name: string; readonly bytes: number } | 'armed' | undefined;
}

/** What the terminal can show. */
export interface Screen {
  /** Columns; the line is at least one shorter, as some terminals wrap a full one. */
  readonly width: number;
  readonly colour: boolean;
  readonly unicode: boolean;
}

/** What goes onto the line, of which there is less and less. */
interface Layout {
  /** Columns of each of the two sparklines. */
  readonly spark: number;
  readonly file: 'name and size' | 'size' | 'nothing';
  readonly rates: 'frames and bits' | 'bits' | 'none';
}

const LAYOUTS: readonly Layout[] = [
  { spark: 20, file: 'name and size', rates: 'frames and bits' },
  { spark: 10, file: 'name and size', rates: 'frames and bits' },
  { spark: 5, file: 'name and size', rates: 'frames and bits' },
  { spark: 10, file: 'size', rates: 'frames and bits' },
  { spark: 5, file: 'size', rates: 'frames and bits' },
  { spark: 0, file: 'size', rates: 'frames and bits' },
  { spark: 0, file: 'nothing', rates: 'frames and bits' },
  { spark: 0, file: 'nothing', rates: 'bits' },
  { spark: 0, file: 'nothing', rates: 'none' },
];

/** Eight heights; the ASCII ones rise as well as letters can. */
const BARS = { unicode: '▁▂▃▄▅▆▇█', ascii: '_.-~=+*#' };

/** The line as a terminal shows it: as much as has room. */
export function liveLine(progress: Progress, { width, colour, unicode }: Screen): string {
  const columns = Math.max(0, width - 1);
  for (const layout of LAYOUTS) {
    const parts = [
      clock(progress.elapsed),
      ...directions(progress, layout, unicode ? BARS.unicode : BARS.ascii),
      ...filePart(progress, layout),
    ];
    const losses = lossPart(progress);
    if (columnsOf([...parts, ...losses].join('  ')) > columns) continue;
    const { red } = new Chalk({ level: colour ? 1 : 0 });
    return [...parts, ...losses.map((loss) => red(loss))].join('  ');
  }
  return clock(progress.elapsed).slice(0, columns);
}

/** The same figures for a log, where every line has all of them. */
export function plainLine(progress: Progress): string {
  const { inbound, outbound, file, discarded, ringFull, elapsed } = progress;
  const rate = ({ framesPerSecond, bitsPerSecond }: Rate) =>
    `${Math.round(framesPerSecond)} frames/s, ${scaled(bitsPerSecond)}bit/s`;
  return [
    `${clock(elapsed)}: in ${rate(inbound)}`,
    `out ${rate(outbound)}`,
    ...(file === undefined ? [] : [fileText(file)]),
    `discarded ${discarded}, ring found full ${ringFull}`,
  ].join('; ');
}

function fileText(file: Exclude<Progress['file'], undefined>): string {
  return file === 'armed' ? file : `${file.name} ${scaled(file.bytes)}B`;
}

/** What is known of a capture besides its rates. */
export function progressOf(
  stats: CaptureStats,
  rates: Rates,
  elapsed: number,
  file: Progress['file'],
): Progress {
  const { discarded, ringFull } = totals(stats.rings).total;
  return { ...rates, elapsed, discarded, ringFull, file };
}

/** hh:mm:ss, after days where there are any. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const days = Math.floor(hours / 24);
  const time = [String(hours % 24).padStart(2, '0'), two(Math.floor(whole / 60)), two(whole)];
  return `${days > 0 ? `${days}d ` : ''}${time.join(':')}`;
}

function directions(
  { inbound, outbound }: Rates,
  { rates, spark }: Layout,
  bars: string,
): readonly string[] {
  if (rates === 'none') return [];
  const direction = (label: string, { framesPerSecond, bitsPerSecond, history }: Rate) =>
    [
      label,
      ...(rates === 'bits' ? [] : [frameRate(framesPerSecond)]),
      bitRate(bitsPerSecond),
      ...(spark === 0 ? [] : [sparkline(history, spark, bars)]),
    ].join(' ');
  return [direction('In', inbound), direction('Out', outbound)];
}

/** The last minute, as high as its highest cell; blank where there is none yet. */
function sparkline(history: readonly number[], columns: number, bars: string): string {
  const perColumn = HISTORY / columns;
  const cells = Array.from({ length: columns }, (_, column) => {
    const end = history.length - (columns - 1 - column) * perColumn;
    const samples = history.slice(Math.max(0, end - perColumn), Math.max(0, end));
    if (samples.length === 0) return undefined;
    return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  });
  const highest = Math.max(...cells.map((cell) => cell ?? 0));
  return cells
    .map((cell) => {
      if (cell === undefined) return ' ';
      // The lowest bar is for nothing at all.
      const height = cell === 0 ? 0 : Math.ceil((cell / highest) * (bars.length - 1));
      return bars.charAt(height);
    })
    .join('');
}

function filePart({ file }: Progress, { file: shown }: Layout): readonly string[] {
  if (file === undefined || shown === 'nothing') return [];
  if (file === 'armed') return [file];
  const size = `${scaled(file.bytes)}B`.padStart(7);
  return [shown === 'size' ? size : `${printable(path.basename(file.name))} ${size}`];
}

function lossPart({ discarded, ringFull }: Progress): readonly string[] {
  return [
    ...(discarded === 0 ? [] : [`discarded ${discarded}`]),
    ...(ringFull === 0 ? [] : [`ring found full ${ringFull}`]),
  ];
}

/** Of the same length whatever the value, so that what follows stays where it is. */
function frameRate(value: number): string {
  return `${scale(value).join('')}/s`.padStart(7);
}

function bitRate(value: number): string {
  const [digits, prefix] = scale(value);
  return `${digits.padStart(4)} ${prefix}bit/s`.padEnd(11);
}

/** At most so many columns: what is not of the first scripts may be two wide. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    const isNarrow = (character.codePointAt(0) ?? 0) < 0x1100 || BARS.unicode.includes(character);
    columns += isNarrow ? 1 : 2;
  }
  return columns;
}
