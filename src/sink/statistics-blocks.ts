import type { Section } from '../pcapng/section.js';
import { interfaceStatistics } from '../pcapng/writer.js';

/** One interface's statistics in a file. */
export interface InterfaceFigures {
  readonly interfaceId: number;
  /** Frames taken from its rings; undefined: not known. */
  readonly seen: number | undefined;
  /** Of these, the ones that the filter passed. */
  readonly passed: number;
  /** Of these, the ones in the file. */
  readonly delivered: number;
}

/** The period that statistics cover; microseconds since 1970. */
export interface TimeSpan {
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** One interface statistics block for each interface. */
export function statisticsBlocks(
  section: Section,
  figures: readonly InterfaceFigures[],
  { startedAt, endedAt }: TimeSpan,
): Uint8Array[] {
  return figures.map(({ interfaceId, seen, passed, delivered }) => {
    const { ticksPerSecond = 1_000_000n } = section.interfaces[interfaceId] ?? {};
    const ticks = (microseconds: number) => (BigInt(microseconds) * ticksPerSecond) / 1_000_000n;
    return interfaceStatistics(section, {
      interfaceId,
      timestamp: ticks(endedAt ?? Date.now() * 1000),
      startTime: startedAt === undefined ? undefined : ticks(startedAt),
      endTime: endedAt === undefined ? undefined : ticks(endedAt),
      received: seen,
      filterAccepted: passed,
      delivered,
    });
  });
}
