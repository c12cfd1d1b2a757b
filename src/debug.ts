import { printable } from './printable.js';

/** NMCAP_DEBUG in the environment: nmcap describes what it does, and shows where errors came from. */
export const isDebugging = (process.env['NMCAP_DEBUG'] ?? '') !== '';

const startedAt = performance.now();

/** Writes what `describe` returns to stderr, with the milliseconds since the start, when debugging. */
export function debug(describe: () => string): void {
  if (!isDebugging) return;
  const milliseconds = (performance.now() - startedAt).toFixed(1).padStart(8);
  process.stderr.write(`nmcap: [${milliseconds} ms] ${printable(describe())}\n`);
}

/** A number of flags or a mode as the kernel's headers write it. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
