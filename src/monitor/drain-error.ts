import { explainShortage, NmcapError } from '../errors.js';
import { explainFilterError } from '../filter/error.js';

/** Explains to the user why the drain of the ports of that name could not be created. */
export function explainDrainError(
  error: unknown,
  name: string,
  filter: string | undefined,
): unknown {
  const shortage = explainShortage(error, name);
  if (shortage !== undefined) return shortage;
  if (!(error instanceof NmcapError) || error.code !== 'NM_SYSTEM_CALL') {
    return explainFilterError(error, filter);
  }
  const { errno = '?', systemCall = '?' } = error;
  const details = { cause: error, systemCall, errno };
  if (systemCall === 'realtime') {
    return new NmcapError('NM_NO_PERMISSION', `--realtime is not permitted (${errno})`, {
      ...details,
      hint: "run nmcap as root or with the capability CAP_SYS_NICE, or raise 'ulimit -r'",
    });
  }
  return new NmcapError('NM_DRAIN_FAILED', `${name}: ${error.message}`, details);
}
