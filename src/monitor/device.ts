import type { NativeDevice, NativePort } from '../binding.js';

/** The netmap device that a port is on. */
export interface Device {
  /** For the native calls; undefined: the kernel's /dev/netmap. */
  readonly native: NativeDevice | undefined;
  /** The monitor is attached and drained: frames may come. */
  start(): void;
  /** What really went over the rings of a port, by ring number; unknown on the kernel's device. */
  truth(monitor: NativePort): ReadonlyMap<number, RingTruth>;
  close(): void;
}

export interface RingTruth {
  readonly inbound: DirectionTruth;
  readonly outbound: DirectionTruth;
}

export interface DirectionTruth {
  readonly sent: number;
  readonly lost: number;
}
