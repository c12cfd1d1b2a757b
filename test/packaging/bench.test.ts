import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { buildPrograms, drainBench } from '../../bench/programs.js';

describe('the benchmark', () => {
  // Its programs are compiled against native/; no other test would notice that they no longer are.
  it('builds, and measures the drain', async () => {
    buildPrograms();
    const [round, ...others] = await drainBench('alone', 60, 1, 200, 'tcp');
    assert.deepEqual(others, []);
    assert.ok(round !== undefined && round.plain > 0 && round.drain > 0);
    assert.ok(round.filtered !== undefined && round.filtered > 0);
  });
});
