import type { NativeDevice, NativePort } from '../binding.js';

/** The netmap device that a port is on. */
export interface Device {
  /** To be passed to native code; undefined: the kernel's /dev/netmap. */
  readonly native: NativeDevice | undefined;
  /** Called once the monitors are attached and being drained: traffic may begin. */
  start(): void;
  /** What really passed through a port's rings, by ring number; not known on the kernel's device. */
  truth(monitor: NativePort): ReadonlyMap<number, RingTruth>;
  close(): void;
}

export const KERNEL_DEVICE: Device = {
  native: undefined,
  start() {
    // The applications of the kernel's ports need no start.
  },
  truth() {
    return new Map();
  },
  close() {
    // Only descriptors are open, and they belong to the ports.
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
