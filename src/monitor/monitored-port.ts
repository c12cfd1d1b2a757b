import type { NativePort } from '../binding.js';
import { attach } from './attach.js';
import type { Device, DirectionTruth, RingTruth } from './device.js';
import type { MonitorOptions } from './options.js';
import type { PortName } from './port-name.js';

/** A port of a capture, and its monitor while there is one. */
export class MonitoredPort {
  readonly name: PortName;
  readonly #options: MonitorOptions;
  readonly #device: Device;
  #monitor: NativePort | undefined;
  /** What earlier monitors have left behind. */
  #past: ReadonlyMap<number, RingTruth> = new Map();

  constructor(name: PortName, options: MonitorOptions, device: Device) {
    this.name = name;
    this.#options = options;
    this.#device = device;
  }

  get monitor(): NativePort | undefined {
    return this.#monitor;
  }

  /** @throws NmcapError that explains why a monitor could not be attached */
  attach(): NativePort {
    this.#monitor = attach(this.name, this.#options, this.#device);
    return this.#monitor;
  }

  /** Closes the monitor, which nobody may be draining. */
  close(): void {
    this.#past = this.truth();
    this.#monitor?.close();
    this.#monitor = undefined;
  }

  /** What really passed through its rings, as far as the device knows. */
  truth(): ReadonlyMap<number, RingTruth> {
    if (this.#monitor === undefined) return this.#past;
    const truth = new Map(this.#past);
    for (const [ring, { inbound, outbound }] of this.#device.truth(this.#monitor)) {
      const past = this.#past.get(ring);
      truth.set(ring, {
        inbound: sum(inbound, past?.inbound),
        outbound: sum(outbound, past?.outbound),
      });
    }
    return truth;
  }
}

/** The device counts what was sent from the beginning, and what was lost for each monitor. */
function sum({ sent, lost }: DirectionTruth, past: DirectionTruth | undefined): DirectionTruth {
  return { sent, lost: lost + (past?.lost ?? 0) };
}
