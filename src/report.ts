import { isDebugging } from './debug.js';
import { NmcapError } from './errors.js';

/** Prints a message of nmcap's own on stderr, after its name. */
export function report(message: string): void {
  process.stderr.write(`nmcap: ${printable(message)}\n`);
}

/**
 * Makes text safe to print: names and arguments quoted in messages may contain terminal escape
 * sequences. Characters are replaced one by one, so that carets keep their position.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '?');
}

/** Prints an error for the user and returns the exit status: 2 for wrong usage, otherwise 1. */
export function reportError(error: unknown): 1 | 2 {
  if (error instanceof NmcapError) {
    report(error.message);
    if (error.hint !== undefined) report(error.hint);
    if (isDebugging) report(error.stack ?? '');
    return error.code === 'NM_USAGE' ? 2 : 1;
  }
  // A bug in nmcap: one line for the user, the stack trace for those who ask for it.
  report(`internal error: ${error instanceof Error ? error.message : String(error)}`);
  if (isDebugging && error instanceof Error) report(error.stack ?? '');
  else report('please report it, with the output of the same command run with NMCAP_DEBUG=1');
  return 1;
}
