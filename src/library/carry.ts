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
export async function carry(source: Source, sinks: Sinks, signal: AbortSignal): Promise<void> {
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
  const file = source.writer === undefined ? undefined : onlyCopy(sinks.packets);
  // First: it may fail for want of a thread, and sinks truncate their files when they begin.
  await attempt(() => {
    if (file !== undefined) source.writer?.prepare();
  });
  if (errors.length === 0) {
    // Every one of them, as every one is ended: the statistics are written whatever became of the rest.
    for (const sink of all) await attempt(() => sink.begin(source.section, stop));
  }
  await attempt(async () => {
    if (errors.length > 0) return;
    if (source.writer !== undefined && file !== undefined) {
      debug(() => 'the file is the only output: the source writes it itself');
      file.handOver?.(source.writer);
    }
    const reportQuiet =
      file === undefined && sinks.packets.some((sink) => sink.quiet !== undefined);
    for await (const batch of source.batches(ending.signal, reportQuiet)) {
      switch (batch.kind) {
        case 'written':
          file?.addWritten?.(batch.packetCount);
          break;
        case 'segment-ended':
          await file?.segmentEnded?.(batch);
          break;
        case 'triggered':
          for (const sink of sinks.packets) sink.triggered?.(batch);
          break;
        case 'recording-ended':
          for (const sink of sinks.packets) await sink.recordingEnded?.(batch);
          break;
        case 'quiet':
          for (const sink of sinks.packets) await sink.quiet?.(batch.until);
          break;
        case 'packets':
          try {
            for (const sink of sinks.packets) await sink.write(batch);
          } finally {
            batch.release();
          }
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
 * The sink of the only file that packets go to, where the source may write that itself, so that no
 * batch passes through JavaScript.
 */
function onlyCopy(sinks: readonly PacketSink[]): PacketSink | undefined {
  const [sink, ...others] = sinks;
  return others.length === 0 && sink?.copiesBatches === true ? sink : undefined;
}
