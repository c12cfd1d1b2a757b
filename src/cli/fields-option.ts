import type { Field } from '../decode/field.js';
import { FIELDS } from '../decode/fields.js';
import { NmcapError } from '../errors.js';

/** Names of similar spelling that a message lists. */
const MAX_ALIKE = 8;
/** Names are spelt alike when at most one letter in so many differs. */
const LETTERS_PER_MISTAKE = 3;

/**
 * The fields that a comma-separated list names.
 *
 * @throws NmcapError NM_USAGE, with similar names
 */
export function parseFieldList(text: string): readonly Field[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const field = FIELDS.find((candidate) => candidate.name === name);
    if (field !== undefined) return field;
    throw new NmcapError('NM_USAGE', `--fields: there is no field '${name}'`, {
      hint: `${nearNames(name)}; docs/json.md lists all fields`,
    });
  });
}

/** Names that may have been meant; if none is similar, the names that there are. */
function nearNames(name: string): string {
  const names = FIELDS.map((field) => field.name);
  const members = (layer: string) => names.filter((field) => field.startsWith(`${layer}.`));
  const listed = (layer: string) => `fields of ${layer}: ${members(layer).join(', ')}`;
  if (members(name).length > 0) return listed(name);
  const alike = namesAlike(name, names);
  if (alike.length > 0) return `similar names: ${alike.join(', ')}`;
  const layer = layerOf(name);
  if (members(layer).length > 0) return listed(layer);
  const ofPackets = names.filter((candidate) => !candidate.includes('.'));
  const layers = new Set(names.filter((candidate) => candidate.includes('.')).map(layerOf));
  return `fields of packets: ${ofPackets.join(', ')}; fields of layers begin with the layer (as in ip.src): ${[...layers].join(', ')}`;
}

function layerOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function namesAlike(name: string, names: readonly string[]): string[] {
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const limit = Math.min(
    Math.floor(name.length / LETTERS_PER_MISTAKE),
    (ranked[0]?.distance ?? 0) + 1,
  );
  return ranked
    .filter(({ distance }) => distance <= limit)
    .slice(0, MAX_ALIKE)
    .map(({ candidate }) => candidate);
}

/** Characters to insert, delete or replace to turn `from` into `to` (Levenshtein distance). */
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
