/**
 * Makes text safe to print: names, filters and arguments quoted in messages could move the cursor,
 * forge a line or reverse the order of letters. All control and format characters (Cc, Cf) and line and
 * paragraph separators (Zl, Zp) are replaced, one by one, so that carets keep their position.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
