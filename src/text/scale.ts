const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];

/** At most three digits and a decimal prefix: 1.23 and M, 999 and nothing. */
export function scale(value: number): readonly [digits: string, prefix: string] {
  let thousands = 0;
  let rest = value;
  while (rest >= 999.5 && thousands < PREFIXES.length - 1) {
    rest /= 1000;
    thousands++;
  }
  const decimals = thousands === 0 || rest >= 99.95 ? 0 : rest >= 9.995 ? 1 : 2;
  return [rest.toFixed(decimals), PREFIXES[thousands] ?? ''];
}

/** For the name of a unit to follow: "1.23 M", "999 ". */
export function scaled(value: number): string {
  return scale(value).join(' ');
}
