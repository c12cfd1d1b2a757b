import { type Command, InvalidArgumentError } from 'commander';

import { NmcapError } from '../errors.js';

/** A mistake in the command line. */
export function usageError(message: string, hint = "'nmcap --help' lists the options"): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint });
}

/** The first option on the command line that is not among these, given by their attributes' names. */
export function otherOption(command: Command, useful: readonly string[]): string | undefined {
  const other = command.options.find((option) => {
    const name = option.attributeName();
    return !useful.includes(name) && command.getOptionValueSource(name) === 'cli';
  });
  return other?.short ?? other?.long;
}

/** An option's argument that names a file. */
export function fileName(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('expected a file name');
}

/** An option's argument that is a number without a fraction. */
export function whole(value: string, from: number, to: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= from && number <= to) return number;
  const limit = to === Number.MAX_SAFE_INTEGER ? 'up' : `to ${to}`;
  throw new InvalidArgumentError(`expected a whole number from ${from} ${limit}`);
}

export function atLeastOne(value: string): number {
  return whole(value, 1, Number.MAX_SAFE_INTEGER);
}
