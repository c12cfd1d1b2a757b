/** The longest that a timer of Node.js waits; a longer one would fire at once. */
const MAX_TIMER_MS = 0x7fffffff;

/** When a capture is to end before its source does: aborted, closed, or after its time. */
export class Limits {
  /** Of whoever opened the source. */
  readonly signal: AbortSignal | undefined;
  readonly #controller = new AbortController();
  readonly #duration: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `duration`: seconds from begin(); undefined: no limit. */
  constructor(signal: AbortSignal | undefined, duration: number | undefined) {
    this.signal = signal;
    this.#duration = duration;
  }

  /** Aborted when it is time to end. The time counts from now on; end() belongs to it. */
  begin(): AbortSignal {
    this.signal?.addEventListener('abort', this.abort);
    if (this.signal?.aborted === true) this.abort();
    if (this.#duration !== undefined) this.#abortAt(performance.now() + this.#duration * 1000);
    return this.#controller.signal;
  }

  readonly abort = (): void => {
    this.end();
    this.#controller.abort();
  };

  /** Waits for nothing any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.signal?.removeEventListener('abort', this.abort);
  }

  #abortAt(time: number): void {
    const left = time - performance.now();
    if (left <= 0) {
      this.abort();
      return;
    }
    this.#timer = setTimeout(
      () => {
        this.#abortAt(time);
      },
      Math.min(left, MAX_TIMER_MS),
    );
    // The capture is what keeps the process alive.
    this.#timer.unref();
  }
}
