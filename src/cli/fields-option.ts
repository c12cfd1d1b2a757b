import { NmcapError } from '../errors.js';
import { namesAlike } from './nearest.js';

/**
 * The names in a comma-separated list of fields. `names`: of all fields that there are.
 *
 * @throws NmcapError NM_USAGE, with similar names
 */
export function parseFieldList(text: string, names: readonly string[]): readonly string[] {
  const known = new Set(names);
  return text.split(',').map((part) => {
    const name = part.trim();
    if (known.has(name)) return name;
    throw new NmcapError('NM_USAGE', `--fields: there is no field '${name}'`, {
      hint: `${nearNames(name, names)}; docs/json.md lists all fields`,
    });
  });
}

/** Names that may have been meant; if none is similar, the names that there are. */
function nearNames(name: string, names: readonly string[]): string {
  const members = (layer: string) => names.filter((field) => field.startsWith(`${layer}.`));
  const listed = (layer: string) => `fields of ${layer}: ${members(layer).join(', ')}`;
  if (members(name).length > 0) return listed(name);
  const alike = namesAlike(name, names);
  if (alike.length > 0) return `similar names: ${alike.join(', ')}`;
  const layer = layerOf(name);
  if (members(layer).length > 0) return listed(layer);
  const ofPackets = names.filter((field) => !field.includes('.'));
  const layers = new Set(names.filter((candidate) => candidate.includes('.')).map(layerOf));
  return `fields of packets: ${ofPackets.join(', ')}; fields of layers begin with the layer (as in ip.src): ${[...layers].join(', ')}`;
}

function layerOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
