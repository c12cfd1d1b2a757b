import type { LineBuffer } from '../text/line.js';

const UNITS = [
  [31_536_000, 'y'],
  [604_800, 'w'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
  [1, 's'],
] as const;

/** Seconds in the largest possible units, leaving out those that are zero: `1d1m30s`. */
export function writeDuration(line: LineBuffer, seconds: number): void {
  if (seconds === 0) line.text('0s');
  let rest = seconds;
  for (const [size, name] of UNITS) {
    if (rest < size) continue;
    line.decimal(Math.floor(rest / size));
    line.text(name);
    rest %= size;
  }
}
