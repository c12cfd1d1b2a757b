import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { delivered, totals } from '../../../src/stats/stats.js';
import { directionStats } from '../../support/stats.js';

describe('totals', () => {
  const rings = [
    { interfaceId: 0, ring: 0, inbound: directionStats(1), outbound: directionStats(100) },
    { interfaceId: 0, ring: 1, inbound: directionStats(2), outbound: directionStats(200) },
    { interfaceId: 1, ring: 0, inbound: directionStats(4), outbound: directionStats(400) },
  ];

  it('adds every figure of every ring, by direction and together', () => {
    const { inbound, outbound, total } = totals(rings);
    assert.deepEqual(inbound, directionStats(7));
    assert.deepEqual(outbound, directionStats(700));
    assert.deepEqual(total, directionStats(707));
  });

  it('does not know what one of the rings does not know', () => {
    const [first, ...others] = rings;
    assert.ok(first);
    const partly = { ...first, outbound: { ...first.outbound, lost: undefined } };
    const { inbound, outbound, total } = totals([partly, ...others]);
    assert.deepEqual(inbound, directionStats(7));
    assert.deepEqual(outbound, { ...directionStats(700), lost: undefined });
    assert.deepEqual(total, { ...directionStats(707), lost: undefined });
  });

  it('are all 0 of no rings', () => {
    assert.deepEqual(totals([]).total, directionStats(0));
  });
});

describe('delivered', () => {
  it('is what passed the filter and was not discarded', () => {
    assert.equal(delivered({ ...directionStats(1), passed: 10, discarded: 3 }), 7);
  });
});
