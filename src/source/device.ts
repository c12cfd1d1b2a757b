import type { NativeDevice, NativePort } from '../binding.js';
import type { PortName } from './port-name.js';

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

const KERNEL: Device = {
  native: undefined,
  start() {
    // The kernel's ports are used by others, whenever they like.
  },
  truth() {
    return new Map();
  },
  close() {
    // The descriptors are all that is held, and they belong to the ports.
  },
};

/** The device that all these ports are on; for simulated ones, the ports and their applications too. */
export async function openDevice(ports: readonly PortName[]): Promise<Device> {
  if (ports.every(({ device }) => device === 'kernel')) return KERNEL;
  const { openSimulation } = await import('../sim/simulation.js');
  return openSimulation(ports);
}
