/**
 * The names of all fields that {@link ColumnsFormat} may have: those that docs/json.md lists, and
 * Wireshark's names for them.
 */
export async function fieldNames(): Promise<string[]> {
  // The list of all fields brings the decoders.
  const { FIELDS_BY_NAME } = await import('../decode/wireshark-names.js');
  return [...FIELDS_BY_NAME.keys()];
}
