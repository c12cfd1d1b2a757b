/**
 * Why the system refused, in a person's words: the message of a system error, which node writes as
 * "ENOENT: no such file or directory, open 'name'", without code and call.
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EISDIR') return 'it is a folder, not a file';
  return /^E[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.message;
}
