import { type Field, FIELDS } from '../decode/field.js';
// Makes the fields: FIELDS is empty before it is loaded.
import '../decode/fields.js';
import { NmcapError } from '../errors.js';

/** Names that a message about an unknown one lists. */
const MAX_NEAR = 8;

/**
 * The fields of a list of names with commas between them.
 *
 * @throws NmcapError NM_USAGE, with the names that come near
 */
export function parseFieldList(text: string): readonly Field[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const field = FIELDS.find((candidate) => candidate.name === name);
    if (field !== undefined) return field;
    throw new NmcapError('NM_USAGE', `--fields: there is no field '${name}'`, {
      hint: `near it: ${nearNames(name).join(', ')}; docs/json.md has all`,
    });
  });
}

/** The fields of the layer or group of that name; if there is none, those that are spelt alike. */
function nearNames(name: string): string[] {
  const names = FIELDS.map((field) => field.name);
  const members = names.filter((candidate) => candidate.startsWith(`${name}.`));
  if (members.length > 0) return members.slice(0, MAX_NEAR);
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const limit = (ranked[0]?.distance ?? 0) + 1;
  return ranked
    .filter(({ distance }) => distance <= limit)
    .slice(0, MAX_NEAR)
    .map(({ candidate }) => candidate);
}

/** Characters to insert, delete or replace to make the one of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
