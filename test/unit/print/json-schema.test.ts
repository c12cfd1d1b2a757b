import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';

import { FIELDS, LAYERS } from '../../../src/decode/fields.js';
import { JsonFormat } from '../../../src/print/json.js';
import { fieldText } from '../../support/fields.js';
import { ALL_FRAMES } from '../../support/frames/all.js';
import { packetSchema, type Schema } from '../../support/json-schema.js';
import { nmcap } from '../../support/nmcap.js';
import { cutAtEveryLength } from '../../support/tcpdump.js';

const SCHEMA = new URL('../../../docs/json.schema.json', import.meta.url);
const PAGE = new URL('../../../docs/json.md', import.meta.url);
const DECODERS = new URL('../../../src/decode/', import.meta.url);

const validate = new Ajv2020({ strict: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema,
);

/** Asserts that every line is an object of the schema. */
function assertValid(text: string): void {
  for (const line of text.split('\n').slice(0, -1)) {
    assert.ok(validate(JSON.parse(line)), `${JSON.stringify(validate.errors)}\n${line}`);
  }
}

describe('docs/json.schema.json', () => {
  it('is what the fields make (NMCAP_UPDATE_GOLDEN=1 renews it)', async () => {
    const options = await resolveConfig(SCHEMA);
    const text = await format(JSON.stringify(packetSchema()), { ...options, parser: 'json' });
    if (process.env['NMCAP_UPDATE_GOLDEN'] === '1') writeFileSync(SCHEMA, text);
    assert.equal(text, readFileSync(SCHEMA, 'utf8'));
  });

  it('takes what the program prints', () => {
    const { stdout } = nmcap(['sim:em0@rate=max,rings=2', '-c', '1000', '--json']);
    assert.equal(stdout.split('\n').length, 1001);
    assertValid(stdout);
  });

  for (const { title, frames, linkType } of ALL_FRAMES) {
    it(`takes frames, whole and cut at every length: ${title}`, () => {
      assertValid(fieldText(new JsonFormat(), cutAtEveryLength(Object.values(frames)), linkType));
    });
  }

  it('refuses what is not in it', () => {
    const packet = { length: 60, captured: 60, layers: [], summary: '' };
    assert.ok(validate(packet));
    assert.ok(!validate({ ...packet, length: '60' }));
    assert.ok(!validate({ ...packet, ring: null }));
    assert.ok(!validate({ ...packet, layers: [{ eth: {}, ip: {} }] }));
    assert.ok(!validate({ ...packet, layers: [{ ip: { source: '10.0.0.1' } }] }));
  });
});

describe('The table of fields', () => {
  it('has every layer that a decoder makes, and numbers the fields in order', () => {
    const made = readdirSync(DECODERS, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(new URL(name, DECODERS), 'utf8'))
      .flatMap((source) => [...source.matchAll(/new Layer\('([^']+)'\)/g)])
      .map(([, name = '']) => name);
    assert.deepEqual(made.toSorted(), LAYERS.map(({ name }) => name).toSorted());
    assert.deepEqual(
      FIELDS.map(({ index }) => index),
      FIELDS.map((_, index) => index),
    );
  });
});

describe('docs/json.md', () => {
  it('lists every layer and field, and no other', () => {
    // Before that heading there is a table of what -D prints.
    const [, packets = ''] = readFileSync(PAGE, 'utf8').split('\n## Fields of every packet\n');
    const rows = packets.matchAll(/^\| `([^`]+)`/gm);
    const listed = [...rows].map(([, name = '']) => name);
    const bare = LAYERS.filter((layer) => !FIELDS.some((field) => field.layer === layer));
    const expected = [...FIELDS, ...bare].map(({ name }) => name);
    assert.deepEqual(listed.toSorted(), expected.toSorted());
  });
});
