import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { FIELDS_BY_NAME } from '../../src/decode/wireshark-names.js';
import { ColumnFormat } from '../../src/print/columns.js';
import { JsonFormat } from '../../src/print/json.js';
import { fieldText } from '../support/fields.js';
import { anyFrame } from '../support/frames/any-frame.js';
import { PLAIN_OPTIONS, summaryText } from '../support/tcpdump.js';

/** `npm run fuzz` asks for a million. */
const RUNS = Number(process.env['NMCAP_FUZZ_RUNS'] ?? 10_000);

const LINK_TYPES = [1, 1, 1, 0, 101, 113, 276, 9999];

const COLUMNS = [...FIELDS_BY_NAME].map(([name, fields]) => ({ name, fields }));

/** A dump of what nothing decodes is in the summary that is printed alone, not in that of JSON. */
const DUMPED = '\n\t0x';

/** As JSON.stringify() has it, with escapes for all that is not printable ASCII. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

describe("Any packet's fields", () => {
  it(`are one line of JSON, and of columns, of harmless characters (${RUNS} packets)`, () => {
    const property = fc.property(
      anyFrame,
      fc.nat(),
      fc.constantFrom(...LINK_TYPES),
      (bytes, cut, linkType) => {
        const captured = bytes.subarray(0, bytes.length === 0 ? 0 : 1 + (cut % bytes.length));
        const packets = [{ bytes: captured, originalLength: bytes.length }];
        const json = fieldText(new JsonFormat(), packets, linkType);
        assert.match(json, /^[\x20-\x7e]*\n$/);
        const packet = JSON.parse(json) as { summary: string };
        // No member twice, and nothing escaped without need.
        assert.equal(`${asciiJson(packet)}\n`, json);

        const alone = summaryText(packets, { ...PLAIN_OPTIONS, timeStyle: 'none' }, linkType);
        if (!alone.includes(DUMPED)) assert.equal(`${packet.summary}\n`, alone);

        const columns = fieldText(new ColumnFormat(COLUMNS), packets, linkType);
        assert.match(columns, /^[\x20-\x7e\t]*\n$/);
        assert.equal(columns.split('\t').length, COLUMNS.length);
      },
    );
    fc.assert(property, { numRuns: RUNS });
  });
});
