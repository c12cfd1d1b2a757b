import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than a loaded machine takes for anything that a test waits for. */
export const PATIENCE_MS = 60_000;
/**
 * After that long a second signal is another one, and kills nmcap: within a second it counts as the
 * same (src/run/signals.ts, for timeout(1)). Nothing can be observed meanwhile, so tests sleep.
 */
export const DISTINCT_SIGNAL_MS = 1500;

const POLL_MS = 10;

/** Waits until `condition` holds, and fails with `explanation` if it never does. */
export async function until(
  condition: () => boolean,
  explanation: () => string = () => 'the condition never held',
): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !condition();) {
    assert.ok(Date.now() < deadline, explanation());
    await sleep(POLL_MS);
  }
}
