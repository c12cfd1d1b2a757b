import { Chalk, type ChalkInstance } from 'chalk';

import { printable } from '../printable.js';
import { VERSION } from '../version.js';
import type { Status } from './check.js';
import type { Diagnosis } from './examine.js';

/** Columns of a terminal; commands that are longer stay whole. */
const WIDTH = 80;
const STATUS_WIDTH = 9;
const ID_WIDTH = 14;
const FIX = 'fix: ';

/** A line for each check, with what fixes it below; and how many are bad. */
export function reportText(diagnoses: readonly Diagnosis[], colour: boolean): string {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  const lines = diagnoses.flatMap((diagnosis) => linesOf(diagnosis, chalk));
  return [...lines, '', summary(diagnoses), ''].join('\n');
}

/**
 * The same for programs, one document (docs/json.md).
 *
 * @param port as it was given
 */
export function reportJson(
  diagnoses: readonly Diagnosis[],
  port: string | undefined,
  folder: string,
): string {
  const document = {
    nmcap: VERSION,
    port,
    folder,
    problems: count(diagnoses, 'problem'),
    warnings: count(diagnoses, 'warning'),
    checks: diagnoses.map(({ id, finding: { status, text, fix, facts } }) => ({
      id,
      status,
      text,
      fix,
      facts,
    })),
  };
  return `${JSON.stringify(document)}\n`;
}

/** 1 where a problem was found. */
export function exitStatus(diagnoses: readonly Diagnosis[]): 0 | 1 {
  return count(diagnoses, 'problem') > 0 ? 1 : 0;
}

function linesOf({ id, finding }: Diagnosis, chalk: ChalkInstance): string[] {
  const indent = STATUS_WIDTH + ID_WIDTH;
  const [first = '', ...others] = wrap(printable(finding.text), WIDTH - indent);
  const status = paint(finding.status, chalk)(finding.status.padEnd(STATUS_WIDTH));
  return [
    `${status}${id.padEnd(ID_WIDTH)}${first}`,
    ...others.map((line) => ' '.repeat(indent) + line),
    ...(finding.fix ?? []).map(
      (command) => `${' '.repeat(STATUS_WIDTH)}${FIX}${chalk.bold(printable(command))}`,
    ),
  ];
}

function paint(status: Status, { green, yellow, red, dim }: ChalkInstance): ChalkInstance {
  return { ok: green, warning: yellow, problem: red, unknown: dim, skipped: dim }[status];
}

function summary(diagnoses: readonly Diagnosis[]): string {
  const problems = count(diagnoses, 'problem');
  const warnings = count(diagnoses, 'warning');
  const all = [
    problems === 0 ? 'no problems' : plural(problems, 'problem'),
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
  ];
  return all.join(', ');
}

function plural(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function count(diagnoses: readonly Diagnosis[], status: Status): number {
  return diagnoses.filter(({ finding }) => finding.status === status).length;
}

/** Lines of at most so many columns; a longer word has one of its own. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
