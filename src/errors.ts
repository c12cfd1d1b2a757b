/**
 * Every way in which nmcap fails on purpose. The codes are stable: scripts may match on them.
 *
 * `NM_SYSTEM_CALL` is what the native code throws; whoever knows what the call was for turns it into
 * one of the others.
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
  | 'NM_SYSTEM_CALL'
  | 'NM_NATIVE_MISSING'
  | 'NM_OUTPUT'
  | 'NM_OUTPUT_IS_TERMINAL'
  | 'NM_DISK_FULL'
  | 'NM_BROKEN_PIPE'
  | 'NM_INPUT'
  | 'NM_BAD_SAVEFILE';

export interface ErrorDetails {
  /** The next step, in the words of a command where there is one. */
  hint?: string;
  cause?: unknown;
  /** The system call or netmap request that failed: "open", "REGISTER", "mmap", … */
  systemCall?: string;
  /** errno's name, "EINVAL". */
  errno?: string;
  /** The port's name as the kernel was given it. */
  port?: string;
}

/** The one error class, of the native code too. `message` names the port or file and the cause. */
export class NmcapError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly systemCall: string | undefined;
  readonly errno: string | undefined;
  readonly port: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'NmcapError';
    this.code = code;
    this.hint = details.hint;
    this.systemCall = details.systemCall;
    this.errno = details.errno;
    this.port = details.port;
  }
}

/**
 * Why the system refused, in a person's words: the message of a system error, which node writes as
 * "ENOENT: no such file or directory, open 'name'", without code and call.
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EISDIR') return 'it is a folder, not a file';
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}
