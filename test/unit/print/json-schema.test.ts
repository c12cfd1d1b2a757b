import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { format, resolveConfig } from 'prettier';

import { ALL_FIELDS, FIELDS, LAYERS } from '../../../src/decode/fields.js';
import { FIELDS_BY_NAME } from '../../../src/decode/wireshark-names.js';
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
    const rows = `${sectionOf('Fields of every packet')}${sectionOf('Layers')}`;
    const listed = [...rows.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
    const bare = LAYERS.filter((layer) => !FIELDS.some((field) => field.layer === layer));
    const expected = [...FIELDS, ...bare].map(({ name }) => name);
    assert.deepEqual(listed.toSorted(), expected.toSorted());
  });

  it("lists every one of Wireshark's names that columns have, and what it stands for", () => {
    const rows = [...sectionOf('Columns').matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)];
    const columnsOnly = new Set(ALL_FIELDS.filter((field) => !FIELDS.includes(field)));
    const expected = [...FIELDS_BY_NAME].filter(
      ([name, [field]]) => field?.name !== name || columnsOnly.has(field),
    );
    assert.deepEqual(
      rows.map(([, name]) => name).toSorted(),
      expected.map(([name]) => name).toSorted(),
    );
    for (const [, name = '', text = ''] of rows) {
      const fields = FIELDS_BY_NAME.get(name) ?? [];
      if (fields.some((field) => columnsOnly.has(field))) continue;
      const named = [...text.matchAll(/`([^`]+)`/g)].map(([, field]) => field);
      assert.deepEqual(
        named,
        fields.map((field) => field.name),
        name,
      );
    }
  });
});

/** What is below a heading of the page, up to the next one of that rank. */
function sectionOf(heading: string): string {
  const [, rest = ''] = readFileSync(PAGE, 'utf8').split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}
