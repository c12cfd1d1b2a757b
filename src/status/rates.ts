import { type CaptureStats, type DirectionStats, totals } from '../index.js';

/** How long a sparkline looks back, in samples of a second. */
export const HISTORY = 60;

/** A direction between the last two samples. */
export interface Rate {
  readonly framesPerSecond: number;
  readonly bitsPerSecond: number;
  /** Bits per second of the latest samples, the newest last. */
  readonly history: readonly number[];
}

export interface Rates {
  readonly inbound: Rate;
  readonly outbound: Rate;
}

/** Makes rates of counters that are looked at again and again. */
export class RateMeter {
  readonly #inbound = new DirectionMeter();
  readonly #outbound = new DirectionMeter();
  #sampledAt: number | undefined;

  /** `time`: of a clock that does not jump, in seconds; every call is later than the one before. */
  sample({ rings }: CaptureStats, time: number): Rates {
    const seconds = this.#sampledAt === undefined ? 0 : time - this.#sampledAt;
    this.#sampledAt = time;
    const { inbound, outbound } = totals(rings);
    return {
      inbound: this.#inbound.sample(inbound, seconds),
      outbound: this.#outbound.sample(outbound, seconds),
    };
  }
}

class DirectionMeter {
  #frames = 0;
  #bytes = 0;
  readonly #history: number[] = [];

  sample({ seen, bytes }: DirectionStats, seconds: number): Rate {
    const frames = seen - this.#frames;
    const bits = (bytes - this.#bytes) * 8;
    this.#frames = seen;
    this.#bytes = bytes;
    // The first look is where counting begins.
    if (seconds === 0) return { framesPerSecond: 0, bitsPerSecond: 0, history: [] };
    const bitsPerSecond = bits / seconds;
    this.#history.push(bitsPerSecond);
    if (this.#history.length > HISTORY) this.#history.shift();
    return { framesPerSecond: frames / seconds, bitsPerSecond, history: [...this.#history] };
  }
}
