import {
  binding,
  type NativeDevice,
  type NativePort,
  type NativeTraffic,
  type TrafficOptions,
} from '../../../src/binding.js';

/** How long the application is away after each stay, in turn, milliseconds. */
const AWAY_MS = [200, 700, 2500];
/** After its last frame, until it has left: more than its farewell (native/sim/traffic.cc). */
const LEAVING_MS = 500;
const LOOK_MS = 50;

/** What one stay of an application has sent, for each ring. */
export interface Stay {
  readonly port: string;
  readonly counts: ReturnType<NativeTraffic['counts']>;
}

/**
 * The application of a simulated port that leaves after `count` frames, as always, but comes back
 * again and again until it is told to stay away. It sends once a monitor is attached: frames before
 * that are nobody's, and nobody could account for them.
 */
class ReturningTraffic implements NativeTraffic {
  readonly port: string;
  readonly #create: () => NativeTraffic;
  readonly #count: number;
  readonly #onStay: (stay: Stay, isLast: boolean) => void;
  readonly #sums: ReturnType<NativeTraffic['counts']> = [];
  #native: NativeTraffic | undefined;
  #stays = 0;
  #isBack = false;
  #isLast = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    port: string,
    count: number,
    create: () => NativeTraffic,
    onStay: (stay: Stay, isLast: boolean) => void,
  ) {
    this.port = port;
    this.#count = count;
    this.#create = create;
    this.#onStay = onStay;
    this.#native = create();
  }

  start(): void {
    this.#native?.start();
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_MS);
  }

  /** A monitor has been attached to its port. */
  attached(): void {
    if (!this.#isBack) return;
    this.#isBack = false;
    this.#timer = setTimeout(() => {
      this.start();
    }, LOOK_MS);
  }

  /** This stay is the last one. */
  dismiss(): void {
    this.#isLast = true;
  }

  counts(): ReturnType<NativeTraffic['counts']> {
    const now = this.#native?.counts() ?? [];
    return Array.from({ length: Math.max(now.length, this.#sums.length) }, (_, ring) => ({
      inbound: (this.#sums[ring]?.inbound ?? 0) + (now[ring]?.inbound ?? 0),
      outbound: (this.#sums[ring]?.outbound ?? 0) + (now[ring]?.outbound ?? 0),
    }));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#native?.close();
  }

  #look(): void {
    const counts = this.#native?.counts() ?? [];
    if (counts.reduce((sum, ring) => sum + ring.inbound + ring.outbound, 0) < this.#count) return;
    clearInterval(this.#timer);
    this.#timer = setTimeout(() => {
      this.#leave(counts);
    }, LEAVING_MS);
  }

  #leave(counts: Stay['counts']): void {
    this.#sums.splice(0, Infinity, ...this.counts());
    this.#native?.close();
    this.#native = undefined;
    this.#stays++;
    this.#onStay({ port: this.port, counts }, this.#isLast);
    if (this.#isLast) return;
    this.#timer = setTimeout(
      () => {
        this.#native = this.#create();
        this.#isBack = true;
      },
      AWAY_MS[this.#stays % AWAY_MS.length],
    );
  }
}

/**
 * From now on the applications of simulated ports come back when they have left. `onStay` is told what
 * each has sent before it left, and whether that was the last time. Returns what ends their returning.
 */
export function makeApplicationsReturn(onStay: (stay: Stay, isLast: boolean) => void): () => void {
  const all = binding();
  const { Port, SimulatedTraffic } = all;
  const everybody: ReturningTraffic[] = [];
  all.SimulatedTraffic = class extends ReturningTraffic {
    constructor(device: NativeDevice, options: TrafficOptions, frames: Uint8Array) {
      const create = () => new SimulatedTraffic(device, options, frames);
      super(options.port, options.count, create, onStay);
      everybody.push(this);
    }
  };
  all.Port = class extends Port implements NativePort {
    constructor(...args: ConstructorParameters<typeof Port>) {
      super(...args);
      for (const traffic of everybody) if (traffic.port === args[0].name) traffic.attached();
    }
  };
  return () => {
    for (const traffic of everybody) traffic.dismiss();
  };
}
