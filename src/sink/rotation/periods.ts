const MICROSECONDS = 1_000_000;
const MICROSECONDS_A_MINUTE = 60 * MICROSECONDS;

/** Minutes that local time is ahead of UTC at a moment, microseconds since 1970. */
export type UtcOffset = (time: number) => number;

const localOffset: UtcOffset = (time) => -new Date(time / 1000).getTimezoneOffset();

/**
 * When files that are switched by the clock begin and end. Periods follow one another without gaps
 * from where they were counted first; packets do not move them. Times: microseconds since 1970.
 */
export class Periods {
  readonly #length: number;
  readonly #aligned: boolean;
  readonly #offset: UtcOffset;
  #origin: number | undefined;

  /**
   * @param seconds of each period
   * @param aligned they begin at the multiples of their length in local time, such as full hours
   */
  constructor(seconds: number, aligned: boolean, offset = localOffset) {
    this.#length = seconds * MICROSECONDS;
    this.#aligned = aligned;
    this.#offset = offset;
  }

  /** The end of the period that `time` is in; the first call defines where periods begin. */
  endOf(time: number): number {
    if (this.#aligned) return this.#alignedEnd(time);
    this.#origin ??= time;
    return this.#nextMultiple(time - this.#origin) + this.#origin;
  }

  /**
   * The end in local time of the moment itself: where the clocks are changed within a period, it is
   * that much longer or shorter, and the next one begins as the clock on the wall says.
   */
  #alignedEnd(time: number): number {
    const before = this.#offset(time) * MICROSECONDS_A_MINUTE;
    const end = this.#nextMultiple(time + before) - before;
    const after = this.#offset(end) * MICROSECONDS_A_MINUTE;
    const corrected = end + before - after;
    return corrected > time ? corrected : end;
  }

  #nextMultiple(time: number): number {
    return (Math.floor(time / this.#length) + 1) * this.#length;
  }

  /** Where the period that `time` is in begins. */
  startOf(time: number): number {
    return Math.min(this.endOf(time) - this.#length, time);
  }
}
