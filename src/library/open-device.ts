import { type Device, KERNEL_DEVICE } from '../monitor/device.js';
import type { PortName } from '../monitor/port-name.js';

/** The device of all these ports; simulated ones, and their applications, are created with it. */
export async function openDevice(ports: readonly PortName[]): Promise<Device> {
  if (ports.every(({ device }) => device === 'kernel')) return KERNEL_DEVICE;
  const { openSimulation } = await import('../sim/simulation.js');
  return openSimulation(ports);
}
