import { isDebugging } from './debug.js';
import { NmcapError } from './errors.js';

/** Everything that nmcap says about itself goes to stderr, behind its name. */
export function report(message: string): void {
  process.stderr.write(`nmcap: ${printable(message)}\n`);
}

/**
 * Text that may be printed: names and arguments that messages repeat could carry a terminal's escape
 * sequences. One character stands for one, so that carets keep their place.
 */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '?');
}

/** Prints an error for a person and returns the exit status: 2 for wrong usage, else 1. */
export function reportError(error: unknown): 1 | 2 {
  if (error instanceof NmcapError) {
    report(error.message);
    if (error.hint !== undefined) report(error.hint);
    if (isDebugging) report(error.stack ?? '');
    return error.code === 'NM_USAGE' ? 2 : 1;
  }
  // A defect of nmcap's own: one line for the user, the stack for who asks for it.
  report(`internal error: ${error instanceof Error ? error.message : String(error)}`);
  if (isDebugging && error instanceof Error) report(error.stack ?? '');
  else report('please report it, with the output of the same command behind NMCAP_DEBUG=1');
  return 1;
}
