import type { Triggered } from '../../pcapng/batch.js';
import type { Section } from '../../pcapng/section.js';
import type { InterfaceFigures } from '../statistics-blocks.js';

/** How a flight recorder's files are written: each begins with the packets that led to a trigger. */
export interface RecordingOptions {
  /** Reports what happens to the user, a line each. */
  readonly announce: (line: string) => void;
}

export function triggerLine({ time, bySignal }: Triggered): string {
  return `triggered${bySignal ? ' by a signal' : ''} at ${localTime(time)}`;
}

/**
 * What is known of a recording's figures: not how many of the frames that a filter refused came between
 * its packets, as these left no trace in the batches.
 */
export function recordingFigures(
  figures: readonly InterfaceFigures[],
  { interfaces }: Section,
): InterfaceFigures[] {
  return figures.map((each) => {
    return interfaces[each.interfaceId]?.filter === undefined ? each : { ...each, seen: undefined };
  });
}

/** The local time, to the microsecond. */
function localTime(microseconds: number): string {
  const seconds = new Date(microseconds / 1000).toTimeString().slice(0, 'HH:MM:SS'.length);
  return `${seconds}.${String(microseconds % 1e6).padStart(6, '0')}`;
}
