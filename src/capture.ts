import type { Sink } from './sink/sink.js';
import type { Source } from './source.js';

/**
 * Carries a source's batches to the sinks until the source ends or `signal` is aborted. Whatever
 * happens, every sink is ended with the accounts and the source is closed; the first error is thrown
 * after that.
 */
export async function capture(
  source: Source,
  sinks: readonly Sink[],
  signal: AbortSignal,
): Promise<void> {
  const errors: unknown[] = [];
  const ending = new AbortController();
  const stop = () => {
    ending.abort();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const attempt = async (step: () => Promise<void> | void): Promise<void> => {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  };
  await attempt(async () => {
    for (const sink of sinks) await sink.begin(source.section, stop);
    for await (const batch of source.batches(ending.signal)) {
      try {
        for (const sink of sinks) await sink.write(batch);
      } finally {
        batch.release();
      }
    }
  });
  await attempt(() => {
    source.close();
  });
  const stats = source.stats();
  for (const sink of sinks) await attempt(() => sink.end(stats));
  signal.removeEventListener('abort', stop);
  if (errors.length > 0) throw errors[0];
}
