import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { describeWholeAsTcpdump } from '../../../support/compare.js';
import { DENSE_OSPF_FRAMES, OVERLAPPING_OSPF_FRAMES } from '../../../support/frames/ospf-long.js';
import { PLAIN_OPTIONS, summaryText } from '../../../support/tcpdump.js';

// Each is long, and has as much text for its bytes as a packet can have that does not read anything
// twice.
describeWholeAsTcpdump(DENSE_OSPF_FRAMES);

/** Characters a byte: those at which no more is shown, and one more advertisement. */
const MAX_TEXT_PER_BYTE = 64 + 32;

describe('OSPF advertisements that continue past their end', () => {
  for (const [name, bytes] of Object.entries(OVERLAPPING_OSPF_FRAMES)) {
    it(name, () => {
      const text = summaryText([{ bytes }], { ...PLAIN_OPTIONS, verbosity: 2 });
      assert.match(text, / \[\|ospf[23]\]\n$/);
      assert.ok(text.length > 64 * bytes.length, `${text.length} characters`);
      assert.ok(text.length < MAX_TEXT_PER_BYTE * bytes.length, `${text.length} characters`);
    });
  }
});
