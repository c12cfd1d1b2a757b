import type { Help, Option } from 'commander';

/** Terminals have at least as many columns. */
export const HELP_WIDTH = 80;
/** Columns for an option; one that is wider has its description on the next line. */
export const TERM_WIDTH = 28;
const INDENT = 2;
const GAP = 2;

/** Long names stand below each other, with a short one or without. */
export function optionTerm({ short, flags }: Option): string {
  return short === undefined ? `    ${flags}` : flags;
}

/** An option and its description, as commander's Help.formatItem() has it. */
export function formatOption(
  term: string,
  width: number,
  description: string,
  helper: Help,
): string {
  const column = INDENT + width + GAP;
  const lines = helper.boxWrap(description, HELP_WIDTH - column).split('\n');
  const isWide = term.length > width;
  const first = `${' '.repeat(INDENT)}${term}`;
  const rows = lines.map((line) => `${' '.repeat(column)}${line}`);
  if (isWide) return [first, ...rows].join('\n');
  const [row = '', ...others] = rows;
  return [first + row.slice(first.length), ...others].join('\n');
}
