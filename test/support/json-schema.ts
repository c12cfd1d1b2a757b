import type { Field } from '../../src/decode/field.js';
import { FIELDS, LAYERS } from '../../src/decode/fields.js';

/** A JSON Schema, as far as nmcap needs one. */
export type Schema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<Field['kind'], Schema>> = {
  number: { type: 'integer', minimum: 0 },
  text: { type: 'string' },
  boolean: { type: 'boolean' },
};

const ENVELOPE: Readonly<Record<string, Schema>> = {
  time: {
    description: 'RFC 3339, UTC, with as many decimals as the clock of the interface has',
    type: 'string',
    pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$`,
  },
  interface: { description: 'Name of the port or interface', type: 'string' },
  direction: { description: 'As the application sees it', enum: ['in', 'out'] },
  ring: { description: 'Number of the ring, if the port has several', ...TYPES.number },
  length: { description: 'Bytes on the wire, without FCS', ...TYPES.number },
  captured: { description: 'How many of these bytes were captured', ...TYPES.number },
  comment: { description: 'Comment of the packet in the file', type: 'string' },
  layers: {
    description: 'From the outside in, each an object with one member: its name',
    type: 'array',
    items: { $ref: '#/$defs/layer' },
  },
  summary: { description: 'The line that is printed without --json', type: 'string' },
};

function object(properties: Schema, rest: Schema = {}): Schema {
  return { type: 'object', properties, additionalProperties: false, ...rest };
}

/** The fields' own schemas, by what follows `prefix` in their names. */
function members(fields: readonly Field[], prefix: string): Schema {
  return Object.fromEntries(
    fields.map(({ name, kind }) => [name.slice(prefix.length + 1), TYPES[kind]]),
  );
}

function layerSchema(name: string): Schema {
  const fields = FIELDS.filter(({ layer }) => layer?.name === name);
  const groups = new Set(fields.map(({ group }) => group).filter((group) => group !== undefined));
  const inGroups = [...groups].map((group) => {
    const schema = object(
      members(
        fields.filter((field) => field.group === group),
        `${name}.${group.name}`,
      ),
    );
    return [group.name, group.isList ? { type: 'array', items: schema } : schema] as const;
  });
  const ownFields = fields.filter(({ group }) => group === undefined);
  return object({ ...members(ownFields, name), ...Object.fromEntries(inGroups) });
}

/** The schema of what --json prints, made from the fields that the decoders record. */
export function packetSchema(): Schema {
  const layers = Object.fromEntries(LAYERS.map(({ name }) => [name, layerSchema(name)]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A packet as nmcap --json prints it',
    ...object(ENVELOPE, { required: ['length', 'captured', 'layers', 'summary'] }),
    $defs: { layer: object(layers, { minProperties: 1, maxProperties: 1 }) },
  };
}
