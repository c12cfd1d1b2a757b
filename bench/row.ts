/** One side-by-side measurement. */
export interface Run {
  readonly figure: number;
  /** What the same machine did just before or after; undefined where nothing is compared. */
  readonly reference?: number;
}

/**
 * What is asked of the ratio figure : reference, or of the figure where there is no reference.
 * `exactly` is asked of every run, the others of the median.
 */
export type Target =
  { readonly atLeast: number } | { readonly atMost: number } | { readonly exactly: number };

/** One row of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly runs: readonly Run[];
  /** What the reference is. */
  readonly against?: string;
  readonly target: Target;
  readonly note?: string;
}

/** What all measurements share. */
export interface Setting {
  /** As little as shows that everything works. */
  readonly smoke: boolean;
  /** How often to repeat what takes a second or two. */
  readonly rounds: number;
  /** A folder on tmpfs, for the benchmark alone. */
  readonly folder: string;
  /** A folder on a disk, for the benchmark alone. */
  readonly diskFolder: string;
  /** Seconds of the memory row's load. */
  readonly memorySeconds: number;
  /** Resident memory of every nmcap that ran, without the simulated device: bytes at its peak. */
  readonly residentPeaks: number[];
}

/** Measures one row, or several that come of the same runs. */
export interface Benchmark {
  readonly name: string;
  readonly what: string;
  /** Of those that a change moves most likely, which --quick measures. */
  readonly quick?: boolean;
  measure(setting: Setting): Promise<Row[]>;
}

/** `failed`: a figure was not measured, so that nobody knows whether the target is met. */
export type Verdict = 'met' | 'missed' | 'failed';

export interface Judgement {
  /** Medians. */
  readonly figure: number;
  readonly reference: number | undefined;
  readonly ratio: number | undefined;
  /** (largest − smallest) / median of what the target is about; undefined for a single run. */
  readonly spread: number | undefined;
  readonly verdict: Verdict;
}

export function judge({ runs, target }: Row): Judgement {
  const judged = runs.map(({ figure, reference }) =>
    reference === undefined ? figure : figure / reference,
  );
  const references = runs.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  const middle = median(judged);
  const range = Math.max(...judged) - Math.min(...judged);
  return {
    figure: median(runs.map(({ figure }) => figure)),
    reference: references.length === 0 ? undefined : median(references),
    ratio: references.length === 0 ? undefined : middle,
    spread: runs.length < 2 ? undefined : middle === 0 ? range : range / middle,
    verdict: verdict(target, judged, middle),
  };
}

function verdict(target: Target, judged: readonly number[], middle: number): Verdict {
  if (judged.length === 0 || !judged.every(Number.isFinite)) return 'failed';
  return meets(target, judged, middle) ? 'met' : 'missed';
}

function meets(target: Target, judged: readonly number[], middle: number): boolean {
  if ('atLeast' in target) return middle >= target.atLeast;
  if ('atMost' in target) return middle <= target.atMost;
  return judged.every((value) => value === target.exactly);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}
