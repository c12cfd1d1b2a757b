/** Names are spelt alike when about one letter in so many differs, or less. */
const LETTERS_PER_MISTAKE = 3;
/** As many names as a message has room for. */
const MAX_ALIKE = 8;

/** The names that may have been meant, the nearest first; none where nothing is similar. */
export function namesAlike(name: string, names: readonly string[]): string[] {
  const ranked = names
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const limit = Math.min(
    Math.round(name.length / LETTERS_PER_MISTAKE),
    (ranked[0]?.distance ?? 0) + 1,
  );
  return ranked
    .filter(({ distance }) => distance <= limit)
    .slice(0, MAX_ALIKE)
    .map(({ candidate }) => candidate);
}

/**
 * Characters to insert, delete or replace, and neighbours to swap, to turn `from` into `to` (optimal
 * string alignment distance).
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwapped = from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwapped ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
