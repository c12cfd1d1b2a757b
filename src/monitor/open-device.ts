import type { Device } from './device.js';
import type { PortName } from './port-name.js';

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
