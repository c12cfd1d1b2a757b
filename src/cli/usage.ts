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
