import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { CaptureStats } from '../../../src/stats/stats.js';
import { RateMeter } from '../../../src/status/rates.js';
import { directionStats } from '../../support/stats.js';

/** Of two rings together: so many frames received, and ten times as many sent, of 100 bytes each. */
function after(frames: number): CaptureStats {
  const way = (seen: number) => ({ ...directionStats(0), seen, bytes: 100 * seen });
  const ring = { interfaceId: 0, inbound: way(frames / 2), outbound: way(5 * frames) };
  return {
    rings: [
      { ...ring, ring: 0 },
      { ...ring, ring: 1 },
    ],
    startedAt: undefined,
    endedAt: undefined,
  };
}

describe('rates', () => {
  it('are those since the look before', () => {
    const meter = new RateMeter();
    const nothing = { framesPerSecond: 0, bitsPerSecond: 0, history: [] };
    assert.deepEqual(meter.sample(after(50), 7), { inbound: nothing, outbound: nothing });
    const { inbound, outbound } = meter.sample(after(150), 9);
    assert.deepEqual(inbound, { framesPerSecond: 50, bitsPerSecond: 40_000, history: [40_000] });
    assert.deepEqual(outbound, { framesPerSecond: 500, bitsPerSecond: 4e5, history: [4e5] });
    const later = meter.sample(after(150), 10).inbound;
    assert.deepEqual(later, { framesPerSecond: 0, bitsPerSecond: 0, history: [40_000, 0] });
  });

  it('have a history of a minute', () => {
    const meter = new RateMeter();
    for (let second = 0; second <= 100; second++) meter.sample(after(second ** 2), second);
    const { history } = meter.sample(after(101 ** 2), 101).inbound;
    assert.equal(history.length, 60);
    assert.equal(history.at(-1), (101 ** 2 - 100 ** 2) * 800);
    assert.equal(history[0], (42 ** 2 - 41 ** 2) * 800);
  });
});
