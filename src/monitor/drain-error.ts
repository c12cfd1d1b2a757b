import { NmcapError } from '../errors.js';
import { explainFilterError } from '../filter/error.js';

/** Explains to the user why the drain thread could not be created. */
export function explainDrainError(error: unknown, filter: string | undefined): unknown {
  if (!(error instanceof NmcapError) || error.code !== 'NM_SYSTEM_CALL') {
    return explainFilterError(error, filter);
  }
  const { errno = '?', systemCall = '?' } = error;
  return new NmcapError('NM_NO_PERMISSION', `--realtime is not permitted (${errno})`, {
    cause: error,
    systemCall,
    errno,
    hint: "run nmcap as root or with the capability CAP_SYS_NICE, or raise 'ulimit -r'",
  });
}
