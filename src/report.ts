import { isDebugging } from './debug.js';
import { type ErrorCode, NmcapError } from './errors.js';
import { printable } from './printable.js';

/** A line that stays below all that is printed on the terminal. */
export interface StandingLine {
  /** Takes it away, until show() was called as often. */
  hide(): void;
  show(): void;
}

let standing: StandingLine | undefined;

/** Has the line out of the way of whatever is printed from now on; undefined: there is none any more. */
export function printAbove(line: StandingLine | undefined): void {
  standing = line;
}

/** Does something that prints on the terminal by itself. */
export async function withoutStandingLine<T>(step: () => Promise<T>): Promise<T> {
  const line = standing;
  line?.hide();
  try {
    return await step();
  } finally {
    line?.show();
  }
}

let receive: ((text: string) => void) | undefined;

/** Gives all messages from now on to `receiver`; undefined: to stderr again. */
export function redirectMessages(receiver: ((text: string) => void) | undefined): void {
  receive = receiver;
}

/** Writes to stderr, or to where messages go instead. */
export function printMessage(text: string): void {
  if (receive !== undefined) {
    receive(text);
    return;
  }
  standing?.hide();
  process.stderr.write(text);
  standing?.show();
}

/** Mistakes in the command line; all other errors come from what it names. */
const USAGE: ReadonlySet<ErrorCode> = new Set(['NM_USAGE', 'NM_BAD_FILTER', 'NM_BAD_PORT_NAME']);

/** Prints a message of nmcap's own on stderr, on one line, after its name. */
export function report(message: string): void {
  printMessage(`nmcap: ${printable(message)}\n`);
}

/** Prints an error for the user and returns the exit status: 2 for wrong usage, otherwise 1. */
export function reportError(error: unknown): 1 | 2 {
  if (error instanceof NmcapError) {
    const { message, excerpt, hint, code } = error;
    report(message);
    if (excerpt !== undefined) {
      const before = printable(excerpt.text.slice(0, excerpt.at));
      printMessage(`    ${printable(excerpt.text)}\n    ${' '.repeat(before.length)}^\n`);
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
