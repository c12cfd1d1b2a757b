import { FIELDS } from '../decode/fields.js';
import { FIELDS_BY_NAME } from '../decode/wireshark-names.js';
import { NmcapError } from '../errors.js';
import type { Column } from '../print/columns.js';
import { namesAlike } from './nearest.js';

/**
 * The columns that a comma-separated list of fields names, each under the name that it was given.
 *
 * @throws NmcapError NM_USAGE, with similar names
 */
export function parseFieldList(text: string): readonly Column[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const fields = FIELDS_BY_NAME.get(name);
    if (fields !== undefined) return { name, fields };
    throw new NmcapError('NM_USAGE', `--fields: there is no field '${name}'`, {
      hint: `${nearNames(name)}; docs/json.md lists all fields`,
    });
  });
}

/** Names that may have been meant; if none is similar, the names that there are. */
function nearNames(name: string): string {
  const names = [...FIELDS_BY_NAME.keys()];
  const members = (layer: string) => names.filter((field) => field.startsWith(`${layer}.`));
  const listed = (layer: string) => `fields of ${layer}: ${members(layer).join(', ')}`;
  if (members(name).length > 0) return listed(name);
  const alike = namesAlike(name, names);
  if (alike.length > 0) return `similar names: ${alike.join(', ')}`;
  const layer = layerOf(name);
  if (members(layer).length > 0) return listed(layer);
  const ofPackets = FIELDS.map((field) => field.name).filter((field) => !field.includes('.'));
  const layers = new Set(names.filter((candidate) => candidate.includes('.')).map(layerOf));
  return `fields of packets: ${ofPackets.join(', ')}; fields of layers begin with the layer (as in ip.src): ${[...layers].join(', ')}`;
}

function layerOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
