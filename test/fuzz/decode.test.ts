import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import type { SummaryOptions } from '../../src/print/summary.js';
import { longestText } from '../support/bounds.js';
import { anyFrame } from '../support/frames/any-frame.js';
import { PLAIN_OPTIONS, summaryText } from '../support/tcpdump.js';
import { VARIANTS } from '../support/variants.js';

/** `npm run fuzz` asks for a million. */
const RUNS = Number(process.env['NMCAP_FUZZ_RUNS'] ?? 10_000);

const LINK_TYPES = [1, 1, 1, 0, 101, 113, 276, 9999];

const OPTIONS: readonly SummaryOptions[] = [
  ...Object.values(VARIANTS),
  { dump: 'ascii' as const },
  { dump: 'hex-ascii+link' as const, verbosity: 2 as const },
].map((options) => ({ ...PLAIN_OPTIONS, ...options }));

describe('Any packet', () => {
  it(`makes a bounded text of harmless characters (${RUNS} packets)`, () => {
    const property = fc.property(
      anyFrame,
      fc.nat(),
      fc.constantFrom(...LINK_TYPES),
      fc.constantFrom(...OPTIONS),
      (bytes, cut, linkType, options) => {
        const captured = bytes.subarray(0, bytes.length === 0 ? 0 : 1 + (cut % bytes.length));
        const packet = { bytes: captured, originalLength: bytes.length };
        const text = summaryText([packet], options, linkType);
        assert.ok(text.length <= longestText(captured.length), `${text.length} characters`);
        // Printable ASCII, and the tabs and newlines that the printer itself writes.
        assert.match(text, /^[\x20-\x7e\t\n]*\n$/);
      },
    );
    fc.assert(property, { numRuns: RUNS });
  });
});
