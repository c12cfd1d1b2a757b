import { interfaceStatistics, sectionPreamble } from '../pcapng/writer.js';
import type { ByteOrder, Section } from '../pcapng/section.js';
import type { Batch } from '../source/source.js';
import type { CaptureStats, RingStats } from '../source/stats.js';
import { FileOutput, type Output } from './output.js';
import type { Sink } from './sink.js';

/** Writes pcapng: the batches as they are, between the section's description and its statistics. */
export class SavefileSink implements Sink {
  readonly #output: Output;
  #section: Section | undefined;
  #failed = false;

  constructor(output: Output) {
    this.#output = output;
  }

  async begin(section: Section): Promise<void> {
    await this.#put(sectionPreamble(section), section);
    this.#section = section;
  }

  write(batch: Batch): Promise<void> {
    return this.#put(batch.bytes, batch.section);
  }

  async end(stats: CaptureStats): Promise<void> {
    try {
      if (this.#section !== undefined && !this.#failed) {
        for (const block of statisticsBlocks(this.#section, stats)) {
          await this.#put(block, this.#section);
        }
      }
    } finally {
      await this.#output.close();
    }
  }

  /** Writes whole blocks; where not all of them fit, the file keeps those that do. */
  async #put(blocks: Uint8Array, { byteOrder }: Section): Promise<void> {
    const output = this.#output;
    const before = output instanceof FileOutput ? output.written : 0;
    try {
      await output.write(blocks);
    } catch (error) {
      this.#failed = true;
      if (output instanceof FileOutput) {
        const fitted = output.written - before;
        output.cutBack(fitted - wholeBlocks(blocks, fitted, byteOrder));
      }
      throw error;
    }
  }
}

/** Bytes of the whole blocks among the first `limit` bytes. */
function wholeBlocks(blocks: Uint8Array, limit: number, byteOrder: ByteOrder): number {
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  let end = 0;
  while (end < limit) {
    const next = end + view.getUint32(end + 4, byteOrder === 'little');
    if (next > limit) break;
    end = next;
  }
  return end;
}

/** One interface statistics block for each interface. */
function* statisticsBlocks(section: Section, stats: CaptureStats): Generator<Uint8Array> {
  for (const [interfaceId, { ticksPerSecond }] of section.interfaces.entries()) {
    const rings = stats.rings.filter((ring) => ring.interfaceId === interfaceId);
    if (rings.length === 0) continue;
    const ticks = (microseconds: number) => (BigInt(microseconds) * ticksPerSecond) / 1_000_000n;
    const { startedAt, endedAt } = stats;
    const passed = sum(rings, 'passed');
    yield interfaceStatistics(section, {
      interfaceId,
      timestamp: ticks(endedAt ?? Date.now() * 1000),
      startTime: startedAt === undefined ? undefined : ticks(startedAt),
      endTime: endedAt === undefined ? undefined : ticks(endedAt),
      received: sum(rings, 'seen'),
      filterAccepted: passed,
      delivered: passed - sum(rings, 'discarded'),
    });
  }
}

function sum(rings: readonly RingStats[], field: 'seen' | 'passed' | 'discarded'): number {
  return rings.reduce(
    (total, { inbound, outbound }) => total + inbound[field] + outbound[field],
    0,
  );
}
