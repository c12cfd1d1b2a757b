import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseFieldList } from '../../../src/cli/fields-option.js';
import { fieldNames, NmcapError } from '../../../src/index.js';

describe('parseFieldList', () => {
  it('names the fields that come near', async () => {
    const names = await fieldNames();
    for (const [list, near] of [
      ['time,ip.scr', 'ip.src'],
      ['tcp.prot', 'tcp.port'],
      ['dns.flags', 'dns.flags.response'],
      ['', 'time'],
    ] as const) {
      assert.throws(
        () => parseFieldList(list, names),
        (error) =>
          error instanceof NmcapError &&
          error.code === 'NM_USAGE' &&
          (error.hint ?? '').includes(near),
      );
    }
  });
});
