import { isDebugging } from './debug.js';
import { type ErrorCode, NmcapError } from './errors.js';
import { printable } from './printable.js';

/** Mistakes in the command line; all other errors come from what it names. */
const USAGE: ReadonlySet<ErrorCode> = new Set(['NM_USAGE', 'NM_BAD_FILTER', 'NM_BAD_PORT_NAME']);

/** Prints a message of nmcap's own on stderr, on one line, after its name. */
export function report(message: string): void {
  process.stderr.write(`nmcap: ${printable(message)}\n`);
}

/** Prints an error for the user and returns the exit status: 2 for wrong usage, otherwise 1. */
export function reportError(error: unknown): 1 | 2 {
  if (error instanceof NmcapError) {
    const { message, excerpt, hint, code } = error;
    report(message);
    if (excerpt !== undefined) {
      const before = printable(excerpt.text.slice(0, excerpt.at));
      process.stderr.write(`    ${printable(excerpt.text)}\n    ${' '.repeat(before.length)}^\n`);
    }
    if (hint !== undefined) report(hint);
    if (isDebugging) reportStack(error);
    return USAGE.has(code) ? 2 : 1;
  }
  // A bug in nmcap: one line for the user, the stack trace for those who ask for it.
  report(`internal error: ${error instanceof Error ? error.message : String(error)}`);
  if (isDebugging && error instanceof Error) reportStack(error);
  else report('please report it, with the output of the same command run with NMCAP_DEBUG=1');
  return 1;
}

function reportStack({ stack = '' }: Error): void {
  for (const line of stack.split('\n')) report(line);
}
