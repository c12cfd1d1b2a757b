import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Tally } from '../../../../src/sink/rotation/tally.js';

const counts = (seen: number, passed: number, discarded: number) => ({ seen, passed, discarded });

describe('the tally of a series', () => {
  it('gives each file what came since the one before', () => {
    const tally = new Tally();
    tally.reach([counts(10, 8, 1)]);
    assert.deepEqual(tally.take(1), [{ interfaceId: 0, seen: 10, passed: 8, delivered: 7 }]);
    tally.add(0);
    tally.add(0);
    assert.deepEqual(tally.take(1), [{ interfaceId: 0, seen: 2, passed: 2, delivered: 2 }]);
    assert.deepEqual(tally.take(1), [{ interfaceId: 0, seen: 0, passed: 0, delivered: 0 }]);
  });

  it('has figures of an interface of which nothing has come yet', () => {
    const tally = new Tally();
    tally.reach([counts(3, 3, 0)]);
    const nothing = { interfaceId: 1, seen: 0, passed: 0, delivered: 0 };
    assert.deepEqual(tally.take(2), [
      { interfaceId: 0, seen: 3, passed: 3, delivered: 3 },
      nothing,
    ]);
    tally.reach([counts(3, 3, 0), counts(5, 4, 4)]);
    assert.deepEqual(tally.take(2), [
      { interfaceId: 0, seen: 0, passed: 0, delivered: 0 },
      { interfaceId: 1, seen: 5, passed: 4, delivered: 0 },
    ]);
  });
});
