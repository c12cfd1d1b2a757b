import { judge, type Judgement, type Row, type Target } from './row.js';

/** A benchmark's rows, or why there are none. */
export interface Outcome {
  readonly name: string;
  readonly what: string;
  readonly rows: readonly Row[];
  readonly missing?: string;
}

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

function tableRows({ what, rows, missing }: Outcome): string[][] {
  if (missing !== undefined) return [[what, '-', '-', '-', '-', '-', missing]];
  return rows.map((row) => {
    const { figure, reference, ratio, spread, met } = judge(row);
    return [
      row.what,
      quantity(figure, row.unit),
      reference === undefined ? '-' : `${quantity(reference, row.unit)} (${row.against ?? ''})`,
      ratio === undefined ? '-' : ratio.toFixed(2),
      targetText(row.target, ratio === undefined ? row.unit : ''),
      spread === undefined ? '1' : `${row.runs.length}, ${spreadText(spread, figure)}`,
      met ? 'met' : 'MISSED',
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

/** The outcomes as plain data, with every run. */
export function asJson(outcomes: readonly Outcome[]): object[] {
  return outcomes.map(({ name, what, rows, missing }) => ({
    name,
    what,
    ...(missing === undefined ? {} : { missing }),
    rows: rows.map((row): Row & Judgement => ({ ...row, ...judge(row) })),
  }));
}
