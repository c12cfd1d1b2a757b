/**
 * Every error that nmcap reports deliberately. The codes are stable: programs may match on them.
 *
 * Native code throws `NM_SYSTEM_CALL`; the caller, who knows what the system call was for, replaces
 * it with one of the others.
 */
export type ErrorCode =
  | 'NM_USAGE'
  | 'NM_BAD_PORT_NAME'
  | 'NM_BAD_FILTER'
  | 'NM_NO_DEVICE'
  | 'NM_NO_PERMISSION'
  | 'NM_NO_SUCH_PORT'
  | 'NM_NOT_NETMAP_MODE'
  | 'NM_NO_SUCH_RING'
  | 'NM_API_MISMATCH'
  | 'NM_ATTACH_FAILED'
  | 'NM_DRAIN_FAILED'
  | 'NM_NO_RESOURCES'
  | 'NM_SYSTEM_CALL'
  | 'NM_NATIVE_MISSING'
  | 'NM_OUTPUT'
  | 'NM_OUTPUT_IS_TERMINAL'
  | 'NM_DISK_FULL'
  | 'NM_BROKEN_PIPE'
  | 'NM_INPUT'
  | 'NM_BAD_SAVEFILE';

/** What is known of an error beside its code and message. */
export interface ErrorDetails {
  /** What to do next: the command to type, where there is one. */
  hint?: string;
  /** The text that the message is about, and the place in it. */
  excerpt?: Excerpt;
  /** The error behind it, of the system or of native code. */
  cause?: unknown;
  /** The system call or netmap request that failed: "open", "REGISTER", "mmap", ... */
  systemCall?: string;
  /** The name of errno, such as "EINVAL". */
  errno?: string;
  /** The port's name as it was passed to the kernel. */
  port?: string;
}

/** Shown below the message, with a caret under the place. */
export interface Excerpt {
  /** As it was given: a port name. */
  readonly text: string;
  /** Index of a character of `text`. */
  readonly at: number;
}

/** The one error class, of the native code too. `message` names the port or file and the cause. */
export class NmcapError extends Error {
  /** What kind of error it is; stable. */
  readonly code: ErrorCode;
  /** What to do next, in terms of the command line: the command to type, where there is one. */
  readonly hint: string | undefined;
  /** The text that the message is about, and the place in it. */
  readonly excerpt: Excerpt | undefined;
  /** The system call or netmap request that failed: `open`, `REGISTER`, `mmap`, … */
  readonly systemCall: string | undefined;
  /** The name of errno, such as `EINVAL`. */
  readonly errno: string | undefined;
  /** The port's name as it was passed to the kernel. */
  readonly port: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'NmcapError';
    this.code = code;
    this.hint = details.hint;
    this.excerpt = details.excerpt;
    this.systemCall = details.systemCall;
    this.errno = details.errno;
    this.port = details.port;
  }
}

/**
 * The system's reason in plain words: Node's message, such as
 * "ENOENT: no such file or directory, open 'name'", without error code and system call.
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EISDIR') return 'is a directory, not a file';
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}

/** Errors that mean that the process, or the system, has run out of something. */
const SHORTAGES: Record<string, readonly [message: string, hint: string]> = {
  EMFILE: ['this process has too many open files', "raise 'ulimit -n'"],
  ENFILE: ['the system has too many open files', 'end other processes'],
  ENOMEM: ['the system has no more memory', "raise 'ulimit -v', or end other processes"],
};

/**
 * Why there was no thread, descriptor or memory, for the port `name` where one is named; undefined for
 * errors of any other kind.
 */
export function explainShortage(error: unknown, name?: string): NmcapError | undefined {
  if (!(error instanceof Error)) return undefined;
  const shortage = ([message, hint]: readonly [string, string]) =>
    new NmcapError('NM_NO_RESOURCES', name === undefined ? message : `${name}: ${message}`, {
      cause: error,
      hint,
    });
  if (!(error instanceof NmcapError)) {
    const known = 'code' in error ? SHORTAGES[String(error.code)] : undefined;
    return known && shortage(known);
  }
  if (error.code === 'NM_NO_RESOURCES') {
    return shortage([
      'there is not enough memory for the packet buffer',
      "ask for a smaller one with -B, or raise 'ulimit -v'",
    ]);
  }
  if (error.code !== 'NM_SYSTEM_CALL') return undefined;
  if (error.systemCall === 'pthread_create') {
    return shortage([
      `the system has no more threads for this user (${error.errno ?? '?'})`,
      "raise 'ulimit -u', or end other processes",
    ]);
  }
  const known = SHORTAGES[error.errno ?? ''];
  return known && shortage(known);
}
