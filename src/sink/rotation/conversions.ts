/** The conversions of strftime(3) that a name may have: those of the package that expands them. */
const CONVERSIONS = new Set('AaBbCcDdeFHIjkLlMmPpRSsTUuWwXxYyZz%');

/** The first conversion that is not known, as `%Q`; undefined where all are. */
export function unknownConversion(template: string): string | undefined {
  for (const [conversion, letter = ''] of template.matchAll(/%(.?)/gsu)) {
    if (!CONVERSIONS.has(letter)) return conversion;
  }
  return undefined;
}
