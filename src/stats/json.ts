import type { Section } from '../pcapng/section.js';
import { LineBuffer } from '../text/line.js';
import { Rfc3339 } from '../text/rfc3339.js';
import { type CaptureStats, delivered, type DirectionStats, totals } from './stats.js';

/**
 * The statistics of a capture as JSON text, as described in docs/stats-json.md. What is not known is
 * left out. `written`: the number of packets that have reached every output.
 */
export function statsJson(section: Section, stats: CaptureStats, written: number): string {
  return jsonText(documentOf(section, stats, written), 2);
}

/** The same on one line, with the time of the figures: microseconds since 1970. */
export function statsJsonLine(
  section: Section,
  stats: CaptureStats,
  written: number,
  time: number,
): string {
  return jsonText({ time: rfc3339(time), ...documentOf(section, stats, written) });
}

function documentOf(section: Section, stats: CaptureStats, written: number): object {
  const isComplete = written === delivered(totals(stats.rings).total);
  // JSON.stringify drops members that are undefined.
  const direction = (counters: DirectionStats) => ({
    seen: counters.seen,
    bytes: counters.bytes,
    passed: counters.passed,
    written: isComplete ? delivered(counters) : undefined,
    discarded: counters.discarded,
    ring_full: counters.ringFull,
    incomplete: counters.incomplete,
    lost: counters.lost,
    sent: counters.sent,
  });
  return {
    started: rfc3339(stats.startedAt),
    ended: rfc3339(stats.endedAt),
    written,
    passed_over: stats.passedOver,
    writer:
      stats.writer === undefined
        ? undefined
        : { in_place: stats.writer.inPlace, stand_ins: stats.writer.standIns },
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
}

function jsonText(document: object, indentation?: number): string {
  return `${escapeInvisible(JSON.stringify(document, undefined, indentation))}\n`;
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
