import assert from 'node:assert/strict';

import { openDevice } from '../../src/library/open-device.js';
import { parsePortName } from '../../src/monitor/port-name.js';
import type { PacketBatch } from '../../src/pcapng/batch.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import { Direction } from '../../src/pcapng/direction.js';
import type { CaptureStats, DirectionStats } from '../../src/stats/stats.js';
import { monitorOptions } from '../support/monitor-options.js';
import { monitorSource } from '../support/monitor-source.js';

const RINGS = 2;

/** Where a frame of the simulation's load carries its number, a big-endian u64 (native/sim/load.cc). */
const SEQUENCE_OFFSET = 42;

/** A filter, and which sequence numbers it passes. */
export interface SoakFilter {
  readonly expression: string;
  /** Passed are the numbers n with n % every === every - 1. */
  readonly every: number;
}

/** The load is UDP; of each ring and direction, every hundredth frame goes to port 53. */
export const PASSES_ALL: SoakFilter = { expression: 'udp', every: 1 };
export const PASSES_FEW: SoakFilter = { expression: 'udp port 53', every: 100 };

export interface SoakResult {
  /** Sums of all rings and directions, frames. */
  readonly sent: number;
  readonly delivered: number;
  readonly discarded: number;
  readonly lost: number;
  /** What is wrong, a line for each finding; at most the first of each ring and direction's packets. */
  readonly faults: readonly string[];
}

/** The packets of one ring and direction as they come. */
class Sequence {
  readonly name: string;
  readonly #every: number;
  #next = 0;
  delivered = 0;
  fault: string | undefined;

  constructor(name: string, every: number) {
    this.name = name;
    this.#every = every;
  }

  take(number: number): void {
    this.delivered++;
    if (number < this.#next) {
      this.fault ??= `${this.name}: frame ${number} after frame ${this.#next - 1}`;
    } else if ((number + 1) % this.#every !== 0) {
      this.fault ??= `${this.name}: frame ${number}, which the filter does not pass`;
    }
    this.#next = number + 1;
  }

  /** Compares what came with the statistics. */
  *faults(account: DirectionStats): Generator<string> {
    const { seen, passed, discarded, incomplete } = account;
    const { sent = NaN, lost = NaN } = account;
    if (this.fault !== undefined) yield this.fault;
    if (this.#next > sent) yield `${this.name}: frame ${this.#next - 1} of ${sent}`;
    if (seen + lost !== sent) yield `${this.name}: ${sent} sent, but ${seen} seen + ${lost} lost`;
    if (passed !== this.delivered + discarded) {
      yield `${this.name}: ${passed} passed, but ${this.delivered} delivered + ${discarded} discarded`;
    }
    // Of the frames that are not there, each was lost or discarded.
    const wanting = Math.floor(sent / this.#every) - this.delivered;
    const explained = lost + discarded;
    if (this.#every === 1 ? wanting !== explained : wanting < discarded || wanting > explained) {
      yield `${this.name}: ${wanting} frames are not there, ${explained} are accounted for`;
    }
    if (incomplete !== 0) yield `${this.name}: ${incomplete} frames incomplete`;
  }
}

/**
 * Captures `frames` frames of 60 bytes from a simulated port with two rings, sent in both directions,
 * and checks every packet and the statistics.
 *
 * @param rate frames a second, or `max`, at which full rings lose many
 */
export async function soak(
  frames: number,
  rate: number | 'max',
  filter: SoakFilter,
): Promise<SoakResult> {
  const port = parsePortName(`sim:em0@rate=${rate},length=60,rings=${RINGS},count=${frames}`);
  const source = monitorSource(
    monitorOptions([port.text], { filter: filter.expression }),
    await openDevice([port]),
    () => {
      // That the application leaves at the end.
    },
  );
  const rings = Array.from({ length: RINGS }, (_, ring) => ({
    inbound: new Sequence(`ring ${ring} rx`, filter.every),
    outbound: new Sequence(`ring ${ring} tx`, filter.every),
  }));
  const cursor = new PacketCursor();
  const check = ({ bytes, section }: PacketBatch): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    cursor.reset(bytes, section);
    while (cursor.next()) {
      const at = cursor.dataOffset + SEQUENCE_OFFSET;
      const ring = rings[cursor.ring ?? NaN];
      const sequence = cursor.direction === Direction.Outbound ? ring?.outbound : ring?.inbound;
      sequence?.take(view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4));
    }
  };
  try {
    for await (const batch of source.batches(new AbortController().signal)) {
      assert.ok(batch.kind === 'packets', 'nothing was handed over to be written');
      check(batch);
      batch.release();
    }
  } finally {
    source.close();
  }
  return result(source.stats(), rings);
}

function result(
  stats: CaptureStats,
  rings: readonly { inbound: Sequence; outbound: Sequence }[],
): SoakResult {
  const sums = { sent: 0, delivered: 0, discarded: 0, lost: 0 };
  const faults: string[] = [];
  for (const [number, sequences] of rings.entries()) {
    const account = stats.rings.find(({ ring }) => ring === number);
    for (const way of ['inbound', 'outbound'] as const) {
      const of = account?.[way];
      if (of === undefined) {
        faults.push(`${sequences[way].name}: no account`);
        continue;
      }
      sums.sent += of.sent ?? NaN;
      sums.delivered += sequences[way].delivered;
      sums.discarded += of.discarded;
      sums.lost += of.lost ?? NaN;
      faults.push(...sequences[way].faults(of));
    }
  }
  return { ...sums, faults };
}
