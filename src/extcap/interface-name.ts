import { DEFAULT_SIMULATED_RATE } from '../index.js';

/**
 * The names that ports have in Wireshark. A system's interface has the prefix `netmap:`, as Wireshark
 * lists the interface itself under the bare name; and the closing brace that a pipe's name may have
 * would end the value of an extcap sentence, and is written as in a URL.
 */

/** `name`: that of the port on the command line. */
export function interfaceName(name: string): string {
  const prefix = /^(?:sim:|vale)/.test(name) ? '' : 'netmap:';
  return prefix + name.replaceAll(/[%}]/g, encodeURIComponent);
}

/** The port's name on the command line, with its prefix. */
export function portOf(interfaceName: string): string {
  return interfaceName.replaceAll(/%(?:25|7D)/gi, decodeURIComponent);
}

/** The port's name with what is chosen in Wireshark, but has no option on the command line. */
export function chosenPort(
  interfaceName: string,
  { ring, rate }: { readonly ring: string | undefined; readonly rate: string | undefined },
): string {
  const rings = ring === undefined ? '' : `-${ring}`;
  const simulation =
    rate === undefined || rate === String(DEFAULT_SIMULATED_RATE) ? '' : `@rate=${rate}`;
  return portOf(interfaceName) + rings + simulation;
}
