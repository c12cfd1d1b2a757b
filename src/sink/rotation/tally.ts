import type { InterfaceCounts } from '../../pcapng/batch.js';
import type { CaptureStats } from '../../stats/stats.js';
import { totals } from '../../stats/stats.js';
import type { InterfaceFigures } from '../statistics-blocks.js';

interface Counts {
  seen: number;
  passed: number;
  discarded: number;
}

/**
 * Divides what a capture has counted among its files, so that the figures of all files add up to those
 * of the capture, and each file's match the packets in it.
 */
export class Tally {
  /** What earlier files have. */
  #given: Counts[] = [];
  /** Where the current file has got to. */
  #reached: Counts[] = [];

  /** The file has all packets up to where the capture had counted so much. */
  reach(counts: readonly InterfaceCounts[]): void {
    this.#reached = counts.map(({ seen, passed, discarded }) => ({ seen, passed, discarded }));
  }

  /** Packets up to where the capture had counted so much are in no file. */
  passOver(counts: readonly InterfaceCounts[]): void {
    this.reach(counts);
    this.#given = this.#reached.map((reached) => ({ ...reached }));
  }

  /** The file has one more packet. */
  add(interfaceId: number): void {
    const counts = (this.#reached[interfaceId] ??= { seen: 0, passed: 0, discarded: 0 });
    counts.seen++;
    counts.passed++;
  }

  /** The figures of the file that ends, for each of so many interfaces; the next one begins. */
  take(interfaceCount: number): InterfaceFigures[] {
    const figures = Array.from({ length: interfaceCount }, (_, interfaceId) => {
      const given = this.#given[interfaceId];
      return difference(interfaceId, this.#reached[interfaceId] ?? given ?? NONE, given);
    });
    this.#given = this.#reached.map((counts) => ({ ...counts }));
    return figures;
  }

  /** The figures of the last file: everything that other files do not have. */
  takeRest(stats: CaptureStats): InterfaceFigures[] {
    const ids = new Set(stats.rings.map(({ interfaceId }) => interfaceId));
    return [...ids]
      .sort((a, b) => a - b)
      .map((interfaceId) => {
        const { total } = totals(stats.rings.filter((ring) => ring.interfaceId === interfaceId));
        const given = this.#given[interfaceId];
        const { delivered } = difference(interfaceId, this.#reached[interfaceId] ?? NONE, given);
        return { ...difference(interfaceId, total, given), delivered };
      });
  }
}

const NONE: Counts = { seen: 0, passed: 0, discarded: 0 };

function difference(interfaceId: number, to: Counts, from = NONE): InterfaceFigures {
  const passed = to.passed - from.passed;
  return {
    interfaceId,
    seen: to.seen - from.seen,
    passed,
    delivered: passed - (to.discarded - from.discarded),
  };
}
