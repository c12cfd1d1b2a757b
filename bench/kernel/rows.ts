import { median, type Row } from '../row.js';
import { alignedTable } from '../table.js';
import type { Captured } from './captured.js';
import { describeLoad, type Load } from './loads.js';

/** One round's captures of a load: by nmcap, and just before it by the other program. */
export interface Round {
  readonly nmcap: Captured;
  readonly other?: Captured;
}

export interface Contest {
  readonly load: Load;
  /** The other program's name. */
  readonly against?: string;
  readonly rounds: readonly Round[];
}

/** Where the other program loses more than this, nmcap must keep so many times as much. */
const HEAVY_LOSS = 0.1;
const KEPT_WHERE_HEAVY = 1.5;
/** Up to this rate, frames a second, neither program is short of processor time. */
const LIGHT_LOAD = 200_000;

/** The targets; none without another program, as all are ratios to what that does. */
export function contestRows({ load, against, rounds }: Contest): Row[] {
  if (against === undefined) return [];
  const row = (figure: (captured: Captured) => number, rest: Omit<Row, 'runs' | 'unit'>): Row => ({
    ...rest,
    unit: '',
    runs: rounds.map(({ nmcap, other }) => ({
      figure: figure(nmcap),
      reference: other === undefined ? NaN : figure(other),
    })),
    against,
  });
  const what = describeLoad(load);
  const kept = row((captured) => captured.kept, {
    what: `${what}: frames kept, of those offered`,
    ...keptTarget(rounds.flatMap(({ other }) => (other === undefined ? [] : [other]))),
  });
  const rows = [
    kept,
    row((captured) => captured.senderRate, {
      what: `${what}: sender's rate, of that without a capture`,
      target: { atLeast: 1 },
    }),
  ];
  if (load.rate > LIGHT_LOAD) return rows;
  // A ratio alone: of emulated processors the figures themselves mean nothing.
  const processorTime: Row = {
    what: `${what}: processor time a frame, of ${against}'s`,
    unit: '',
    runs: rounds.map(({ nmcap, other }) => ({
      figure: nmcap.processorTime / (other?.processorTime ?? NaN),
    })),
    target: { atMost: 1 },
  };
  return [...rows, processorTime];
}

function keptTarget(others: readonly Captured[]): Pick<Row, 'target' | 'note'> {
  if (!(median(others.map(({ lost }) => lost)) > HEAVY_LOSS)) return { target: { atLeast: 1 } };
  const all = 1 / median(others.map(({ kept }) => kept));
  return {
    target: { atLeast: KEPT_WHERE_HEAVY },
    ...(all < KEPT_WHERE_HEAVY && { note: `all frames would be ${all.toFixed(2)} times as many` }),
  };
}

const HEADINGS = [
  'frames/s offered, bytes',
  'program',
  'lost',
  "sender's rate",
  'frames in the file',
  'processor time a frame',
];

/** What each program did: medians; processor time as a ratio to the other program's. */
export function measuredTable(contests: readonly Contest[]): string {
  const body = contests.flatMap(({ load, against, rounds }) => {
    const line = (program: string, captures: readonly Captured[], processorTime: string) => {
      const middle = (figure: (captured: Captured) => number) => median(captures.map(figure));
      return [
        describeLoad(load),
        program,
        percent(middle(({ lost }) => lost)),
        middle(({ senderRate }) => senderRate).toFixed(2),
        `${(middle(({ packets }) => packets) / 1e6).toFixed(2)} M`,
        processorTime,
      ];
    };
    const others = rounds.flatMap(({ other }) => (other === undefined ? [] : [other]));
    const ratios = rounds.map(
      ({ nmcap, other }) => nmcap.processorTime / (other?.processorTime ?? NaN),
    );
    const ours = rounds.map(({ nmcap }) => nmcap);
    return against === undefined
      ? [line('nmcap', ours, '-')]
      : [line(against, others, '1'), line('nmcap', ours, median(ratios).toFixed(2))];
  });
  return alignedTable([HEADINGS, ...body]);
}

/** One capture, for who watches. */
export function describeCapture(program: string, load: Load, captured: Captured): string {
  const threads = [...captured.threads]
    .filter(([, share]) => share >= 0.001)
    .sort(([, a], [, b]) => b - a)
    .map(([name, share]) => `${name} ${percent(share)}`);
  return (
    `${describeLoad(load)}: ${program} lost ${percent(captured.lost)}, ` +
    `sender at ${captured.aloneRate.toFixed(3)} before and ${captured.senderRate.toFixed(2)} of that ` +
    `while captured, kept ${percent(captured.kept)} of those offered, ` +
    `of a processor: ${threads.join(', ')}`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
