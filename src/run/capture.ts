import { debug } from '../debug.js';
import type { PacketSink, Sink } from '../sink/sink.js';
import type { Source } from '../source.js';

/** The destinations of a source's batches. */
export interface Sinks {
  /** At least one. */
  readonly packets: readonly PacketSink[];
  /** Sinks that need only the statistics, not the packets. */
  readonly others: readonly Sink[];
}

/**
 * Passes a source's batches to the sinks until the source ends or `signal` is aborted. Whatever
 * happens, the source is closed and every sink is ended with the statistics; the first error is
 * thrown after that.
 */
export async function capture(source: Source, sinks: Sinks, signal: AbortSignal): Promise<void> {
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
  const all = [...sinks.packets, ...sinks.others];
  let file: PacketSink | undefined;
  // First: it may fail for want of a thread, and sinks truncate their files when they begin.
  await attempt(() => {
    file = handOverFile(source, sinks.packets);
  });
  if (errors.length === 0) {
    // Every one of them, as every one is ended: the statistics are written whatever became of the rest.
    for (const sink of all) await attempt(() => sink.begin(source.section, stop));
  }
  await attempt(async () => {
    if (errors.length > 0) return;
    for await (const batch of source.batches(ending.signal)) {
      if (batch.kind === 'written') {
        file?.addWritten?.(batch.packetCount);
        continue;
      }
      try {
        for (const sink of sinks.packets) await sink.write(batch);
      } finally {
        batch.release();
      }
    }
  });
  await attempt(() => {
    source.close();
  });
  const stats = source.stats();
  for (const sink of all) await attempt(() => sink.end(stats));
  signal.removeEventListener('abort', stop);
  if (errors.length > 0) throw errors[0];
}

/**
 * Where packets go to one file only, a source that can write files itself is given it, so that no
 * batch passes through JavaScript. Returns the sink that the file belongs to.
 */
function handOverFile(source: Source, sinks: readonly PacketSink[]): PacketSink | undefined {
  const [sink, ...others] = sinks;
  if (source.writeTo === undefined || sink?.descriptor === undefined || others.length > 0) {
    return undefined;
  }
  source.writeTo(sink.descriptor);
  debug(() => 'the file is the only output: the source writes it itself');
  return sink;
}
