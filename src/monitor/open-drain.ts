import { binding, type NativeDrain } from '../binding.js';
import { explainDrainError } from './drain-error.js';
import type { MonitorOptions } from './options.js';
import { bytesKept } from './recorder.js';

/**
 * Large enough that a write costs more than handing the batch over, small enough that several stay
 * in the processor's cache; a packet of the largest snapshot length fits.
 */
export const BATCH_SIZE = 1 << 20;

/**
 * Makes a drain that has no ports yet. `name`: the ports', for messages; `onReady` is called when the
 * drain has something new.
 *
 * @throws NmcapError NM_BAD_FILTER, NM_NO_PERMISSION for real-time priority, NM_NO_RESOURCES
 */
export function openDrain(name: string, options: MonitorOptions, onReady: () => void): NativeDrain {
  const { Drain } = binding();
  const { direction, filter } = options;
  try {
    return new Drain(
      {
        inbound: direction !== 'tx',
        outbound: direction !== 'rx',
        snapshotLength: options.snapshotLength,
        packetLimit: options.packetLimit,
        ...(filter === undefined ? {} : { filter }),
        batchSize: BATCH_SIZE,
        batchCount: batchCount(options),
        realtime: options.realtime,
        awaitsPorts: options.wait || options.reattach,
      },
      onReady,
    );
  } catch (error) {
    throw explainDrainError(error, name, filter);
  }
}

/** A recorder has two more than it keeps and the buffer has: the one being filled, and the next to go. */
function batchCount({ bufferSize, recorder }: MonitorOptions): number {
  const buffer = Math.max(2, Math.floor(bufferSize / BATCH_SIZE));
  if (recorder === undefined) return buffer;
  return buffer + Math.ceil(bytesKept(recorder, bufferSize) / BATCH_SIZE) + 2;
}
