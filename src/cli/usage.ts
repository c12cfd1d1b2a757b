import { InvalidArgumentError } from 'commander';

import { NmcapError } from '../errors.js';

/** A mistake in the command line. */
export function usageError(message: string, hint = "'nmcap --help' lists the options"): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint });
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
