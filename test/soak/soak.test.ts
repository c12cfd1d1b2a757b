import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PASSES_ALL, PASSES_FEW, soak } from './soak.js';

// 'npm run soak' does it with a hundred times as many.
const FRAMES = 5_000_000;
const RUNS = [
  { filter: PASSES_ALL, rate: 'max' },
  { filter: PASSES_FEW, rate: 2_000_000 },
] as const;

describe('ten million frames', () => {
  for (const { filter, rate } of RUNS) {
    it(`never repeat, change places or vanish uncounted: '${filter.expression}', rate ${rate}`, async () => {
      const { sent, delivered, faults } = await soak(FRAMES, rate, filter);
      assert.deepEqual(faults, []);
      assert.equal(sent, FRAMES);
      assert.ok(delivered > 0);
    });
  }
});
