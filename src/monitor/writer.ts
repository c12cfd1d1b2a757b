import { getSystemErrorName } from 'node:util';

import type { NativeDrain } from '../binding.js';
import { debug } from '../debug.js';
import type { SegmentEnded, SegmentFigures } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import { interfaceDescriptions, interfaceStatisticsLength } from '../pcapng/writer.js';
import type { Segment, SegmentWriter } from '../source.js';
import { explainDrainError } from './drain-error.js';

/** Has a drain's thread write files. */
export class DrainWriter implements SegmentWriter {
  readonly #drain: NativeDrain;
  readonly #name: string;
  #isUsed = false;

  /** `name`: the ports', for messages. */
  constructor(drain: NativeDrain, name: string) {
    this.#drain = drain;
    this.#name = name;
  }

  /** Whether it was given a file. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  prepare(): void {
    try {
      this.#drain.prepareWriter();
    } catch (error) {
      throw explainDrainError(error, this.#name, undefined);
    }
  }

  writeTo({ descriptor, bytesLeft, endsAt, compressor, interfaceCount }: Segment): void {
    this.#isUsed = true;
    this.#drain.writeTo({
      descriptor,
      interfaces: interfaceCount,
      ...(bytesLeft === undefined ? {} : { bytesLeft: Math.max(0, bytesLeft) }),
      ...(endsAt === undefined ? {} : { endsAt }),
      ...(compressor === undefined ? {} : { compressor }),
    });
  }

  /** The section has one more interface, and none of its packets has been captured yet. */
  describeLast(section: Section): void {
    const interfaceId = section.interfaces.length - 1;
    const block = interfaceDescriptions(section, interfaceId);
    this.#drain.describe(interfaceId, block, interfaceStatisticsLength(section));
  }

  endSegment(): void {
    this.#drain.endSegment();
  }

  stop(): void {
    this.#drain.stopWriting();
  }

  /** What has become of a file that has ended and is to be followed by another one. */
  ended(): SegmentEnded | undefined {
    const reason = this.#drain.segmentEnd();
    const figures = reason === undefined ? undefined : this.figures();
    if (reason === undefined || figures === undefined) return undefined;
    debug(() => `the writer thread is done with a file: ${reason}`);
    return { kind: 'segment-ended', reason, figures };
  }

  figures(): SegmentFigures | undefined {
    const figures = this.#drain.segmentFigures();
    if (figures === undefined) return undefined;
    // They are among the figures.
    this.#drain.takeWritten();
    const { packets, bytes, firstTime, lastTime, nextTime } = figures;
    const { compressing, writing, error, counts, interfaces } = figures;
    return {
      packets,
      bytes,
      first: known(firstTime),
      last: known(lastTime),
      next: known(nextTime),
      compressing,
      writing,
      error: error === 0 ? undefined : getSystemErrorName(-error),
      interfaceCount: interfaces,
      counts,
    };
  }
}

function known(time: number): number | undefined {
  return time === 0 ? undefined : time;
}
