import type { NativeDevice, NativePort } from '../binding.js';

/** The netmap device that a port is on. */
export interface Device {
  /** For the native calls; undefined: the kernel's /dev/netmap. */
  readonly native: NativeDevice | undefined;
  /** The monitors are attached and being drained: frames may come. */
  start(): void;
  /** What really went through the rings of a port, by ring number; unknown on the kernel's device. */
  truth(monitor: NativePort): ReadonlyMap<number, RingTruth>;
  close(): void;
}

export const KERNEL_DEVICE: Device = {
  native: undefined,
  start() {
    // The kernel's ports are used by others, whenever they like.
  },
  truth() {
    return new Map();
  },
  close() {
    // The descriptors are all there is to close, and they belong to the ports.
  },
};

export interface RingTruth {
  readonly inbound: DirectionTruth;
  readonly outbound: DirectionTruth;
}

export interface DirectionTruth {
  readonly sent: number;
  readonly lost: number;
}
