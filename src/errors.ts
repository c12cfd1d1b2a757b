/**
 * Every error that nmcap reports deliberately. The codes are stable: programs may match on them.
 *
 * Native code throws `NM_SYSTEM_CALL`; the caller, who knows what the system call was for, replaces
 * it by one of the others.
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

export interface ErrorDetails {
  /** What to do next: the command to type, where there is one. */
  hint?: string;
  cause?: unknown;
  /** The system call or netmap request that failed: "open", "REGISTER", "mmap", ... */
  systemCall?: string;
  /** The name of errno, such as "EINVAL". */
  errno?: string;
  /** The port's name as it was passed to the kernel. */
  port?: string;
}

/** The only error class, native code included. `message` names the port or file and the cause. */
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
 * The system's reason in plain words: Node's message, such as
 * "ENOENT: no such file or directory, open 'name'", without error code and system call.
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EISDIR') return 'is a directory, not a file';
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}
