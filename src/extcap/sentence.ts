/**
 * A line of extcap's protocol: `arg {number=0}{call=--direction}`. Undefined values are left out.
 *
 * Wireshark takes a value to end at the first closing brace (extcap_parser.c), so that none may have
 * one; what is typed into a filter or named by the system may not begin another line either.
 */
export function sentence(
  kind: 'extcap' | 'interface' | 'control' | 'dlt' | 'arg' | 'value',
  fields: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const pairs = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : `{${key}=${String(value).replaceAll(/[}\r\n]/g, ')')}}`,
  );
  return `${kind} ${pairs.join('')}\n`;
}
