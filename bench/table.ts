import { judge, type Judgement, type Row, type Target, type Verdict } from './row.js';

/** A benchmark's rows, or why there are none. */
export interface Outcome {
  readonly name: string;
  readonly what: string;
  readonly rows: readonly Row[];
  readonly failure?: string;
}

/** In the table, what is not as it should be stands out. */
const VERDICTS: Record<Verdict, string> = { met: 'met', missed: 'MISSED', failed: 'FAILED' };

const HEADINGS = ['what', 'figure', 'reference', 'ratio', 'target', 'runs, spread', ''];

/** The outcomes as a Markdown table, so that docs/performance.md can hold it as it is. */
export function markdownTable(outcomes: readonly Outcome[]): string {
  const cells = [HEADINGS, ...outcomes.flatMap(tableRows)];
  const widths = HEADINGS.map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[], fill = ' ') =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |\n`;
  const notes = outcomes.flatMap(({ rows }) =>
    rows.flatMap(({ what, note }) => (note === undefined ? [] : [`- ${what}: ${note}\n`])),
  );
  const [headings = [], ...body] = cells;
  return [
    line(headings),
    line(
      widths.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
    ...(notes.length > 0 ? ['\n', ...notes] : []),
  ].join('');
}

function tableRows({ what, rows }: Outcome): string[][] {
  if (rows.length === 0) return [[what, '-', '-', '-', '-', '-', VERDICTS.failed]];
  return rows.map((row) => {
    const { figure, reference, ratio, spread, verdict } = judge(row);
    return [
      row.what,
      quantity(figure, row.unit),
      reference === undefined ? '-' : `${quantity(reference, row.unit)} (${row.against ?? ''})`,
      ratio === undefined ? '-' : ratio.toFixed(2),
      targetText(row.target, ratio === undefined ? row.unit : ''),
      spread === undefined ? '1' : `${row.runs.length}, ${spreadText(spread, figure)}`,
      VERDICTS[verdict],
    ];
  });
}

function spreadText(spread: number, figure: number): string {
  return figure === 0 ? '0 %' : `${(spread * 100).toFixed(0)} %`;
}

function targetText(target: Target, unit: string): string {
  if ('atLeast' in target) return `≥ ${quantity(target.atLeast, unit)}`;
  if ('atMost' in target) return `≤ ${quantity(target.atMost, unit)}`;
  return quantity(target.exactly, unit);
}

function quantity(value: number, unit: string): string {
  const text = Number.isInteger(value) ? String(value) : value.toPrecision(3);
  return unit === '' ? text : `${text} ${unit}`;
}

/** How many rows there are of each verdict; a benchmark without rows is one that failed. */
export function countVerdicts(outcomes: readonly Outcome[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { met: 0, missed: 0, failed: 0 };
  for (const { rows } of outcomes) {
    if (rows.length === 0) counts.failed++;
    for (const row of rows) counts[judge(row).verdict]++;
  }
  return counts;
}

/** What a benchmark ends with: `12 rows met, 1 row missed`, and how many failed where some did. */
export function summaryLine(outcomes: readonly Outcome[]): string {
  const { met, missed, failed } = countVerdicts(outcomes);
  const rows = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`;
  return `${rows(met)} met, ${rows(missed)} missed${failed > 0 ? `, ${failed} failed` : ''}\n`;
}

/** The outcomes as plain data, with every run. */
export function asJson(outcomes: readonly Outcome[]): object[] {
  return outcomes.map(({ name, what, rows, failure }) => ({
    name,
    what,
    ...(failure === undefined ? {} : { failure }),
    rows: rows.map((row): Row & Judgement => ({ ...row, ...judge(row) })),
  }));
}
