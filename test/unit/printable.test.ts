import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { printable } from '../../src/printable.js';
import { statsJson } from '../../src/stats/json.js';

/** Every character of the categories that do harm on a terminal. */
const HARMFUL = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]$/u.test(character));

describe('what is quoted', () => {
  it('has no control, format or line separating characters', () => {
    assert.ok(HARMFUL.length > 200);
    for (const character of HARMFUL) assert.equal(printable(`a${character}b`), 'a?b');
    for (const text of ['plain', 'müßig', '漢字', 'a b']) assert.equal(printable(text), text);
  });

  it('has them escaped in JSON, from which the same text is read', () => {
    const name = HARMFUL.join('');
    const section = {
      byteOrder: 'little' as const,
      interfaces: [
        {
          linkType: 1,
          snapshotLength: 0,
          name,
          ticksPerSecond: 1_000_000n,
          secondsOffset: 0n,
        },
      ],
    };
    const json = statsJson(section, { rings: [], startedAt: undefined, endedAt: undefined }, 0);
    assert.doesNotMatch(json, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
    const read = JSON.parse(json) as { interfaces: { name: string }[] };
    assert.equal(read.interfaces[0]?.name, name);
  });
});
