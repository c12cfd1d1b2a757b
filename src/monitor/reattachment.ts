import type { NativeDrain } from '../binding.js';
import { debug } from '../debug.js';
import type { MonitoredPort } from './monitored-port.js';

/** Time between attempts, doubled each time: soon at first, for an application that restarts. */
export const FIRST_DELAY_MS = 50;
const MAX_DELAY_MS = 2000;

export function nextDelay(delay: number): number {
  return Math.min(2 * delay, MAX_DELAY_MS);
}

/** Attaches monitors to ports that are away, as soon as they are there. */
export class Reattachment {
  readonly #ports: readonly MonitoredPort[];
  readonly #drain: NativeDrain;
  readonly #attached: (place: number) => void;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  /** `attached` is called with the port's place once it has a monitor again. */
  constructor(
    ports: readonly MonitoredPort[],
    drain: NativeDrain,
    attached: (place: number) => void,
  ) {
    this.#ports = ports;
    this.#drain = drain;
    this.#attached = attached;
  }

  /** Whether any port is being awaited. */
  get isWaiting(): boolean {
    return this.#timers.size > 0;
  }

  /** From now on, for the port at that place. */
  await(place: number): void {
    if (this.#timers.has(place)) return;
    this.#tryAfter(FIRST_DELAY_MS, place);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #tryAfter(delay: number, place: number): void {
    const timer = setTimeout(() => {
      const port = this.#ports[place];
      if (port === undefined) return;
      try {
        this.#drain.attach(place, port.attach());
      } catch (error) {
        // Nearly always that the application is not there yet; whatever it is may pass.
        debug(() => `${port.name.text}: not attached yet: ${String(error)}`);
        this.#tryAfter(nextDelay(delay), place);
        return;
      }
      this.#timers.delete(place);
      this.#attached(place);
    }, delay);
    this.#timers.set(place, timer);
  }
}
