import type { DirectionStats } from '../../src/stats/stats.js';

/** Statistics of a direction in which every figure is another multiple of `factor`. */
export function directionStats(factor: number): DirectionStats {
  return {
    seen: 19 * factor,
    bytes: 1900 * factor,
    passed: 17 * factor,
    discarded: 5 * factor,
    ringFull: 3 * factor,
    incomplete: 2 * factor,
    sent: 23 * factor,
    lost: 4 * factor,
  };
}
