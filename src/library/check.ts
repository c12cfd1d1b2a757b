import { NmcapError } from '../errors.js';

/** A mistake of the program that uses nmcap. */
export function misuse(message: string): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint: 'docs/library.md describes the interface' });
}

/** @throws NmcapError NM_USAGE where an option is neither left out nor a whole number in this range */
export function checkWhole(
  name: string,
  value: number | undefined,
  from: number,
  to = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && value >= from && value <= to) return;
  const limit = to === Number.MAX_SAFE_INTEGER ? 'up' : `to ${to}`;
  throw misuse(`${name}: expected a whole number from ${from} ${limit}, not ${String(value)}`);
}

/** @throws NmcapError NM_USAGE where an option is neither left out nor a time */
export function checkSeconds(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return;
  throw misuse(`${name}: expected a number of seconds, not ${String(value)}`);
}
