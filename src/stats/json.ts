import type { Section } from '../pcapng/section.js';
import { LineBuffer } from '../text/line.js';
import { Rfc3339 } from '../text/rfc3339.js';
import { type CaptureStats, delivered, type DirectionStats, totals } from './stats.js';

/**
 * The statistics of a capture as JSON text, as described in docs/stats-json.md. What is not known is
 * left out. `written`: the number of packets that have reached every output.
 */
export function statsJson(section: Section, stats: CaptureStats, written: number): string {
  const isComplete = written === delivered(totals(stats.rings).total);
  // JSON.stringify drops members that are undefined.
  const direction = (counters: DirectionStats) => ({
    seen: counters.seen,
    passed: counters.passed,
    written: isComplete ? delivered(counters) : undefined,
    discarded: counters.discarded,
    ring_full: counters.ringFull,
    incomplete: counters.incomplete,
    lost: counters.lost,
    sent: counters.sent,
  });
  const document = {
    started: rfc3339(stats.startedAt),
    ended: rfc3339(stats.endedAt),
    written,
    interfaces: section.interfaces.map(({ name, description, filter }, id) => ({
      name,
      description,
      filter,
      rings: stats.rings
        .filter(({ interfaceId }) => interfaceId === id)
        .map(({ ring, inbound, outbound }) => ({
          ring,
          in: direction(inbound),
          out: direction(outbound),
        })),
    })),
  };
  return `${escapeInvisible(JSON.stringify(document, undefined, 2))}\n`;
}

/**
 * Of the characters that could do harm on a terminal, JSON.stringify escapes only the C0 controls; names
 * and filters may also contain DEL, C1 controls, format characters and line separators.
 */
function escapeInvisible(json: string): string {
  return json.replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(character.split(''), (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}

/** Microseconds since 1970 in UTC, to the microsecond. */
function rfc3339(microseconds: number | undefined): string | undefined {
  if (microseconds === undefined) return undefined;
  const seconds = Math.floor(microseconds / 1e6);
  const text = new LineBuffer();
  new Rfc3339().write(text, seconds, (microseconds - seconds * 1e6) * 1000, 6);
  return Buffer.from(text.take()).toString('latin1');
}
