import { binding } from '../binding.js';
import type { ListedPort } from '../monitor/port-list.js';

/** Any name may follow `sim:`; these show what there is. */
const SIMULATED = ['sim:em0', 'sim:em0{1', 'sim:vale0:a'];

/**
 * The ports that can be watched, now or once an application has opened them: those of the system, or
 * examples of simulated ones, whose names begin with `sim:`. Nothing is changed by asking.
 *
 * @throws NmcapError NM_NO_DEVICE where there is no netmap; NM_NO_PERMISSION, NM_API_MISMATCH,
 *   NM_NO_RESOURCES, NM_NATIVE_MISSING
 */
export async function listPorts(device: 'kernel' | 'simulated' = 'kernel'): Promise<ListedPort[]> {
  return device === 'kernel' ? listKernelPorts() : listSimulatedPorts();
}

async function listKernelPorts(): Promise<ListedPort[]> {
  const { KERNEL_DEVICE } = await import('../monitor/device.js');
  const { listPorts } = await import('../monitor/port-list.js');
  return listPorts(binding().interfaceNames(), KERNEL_DEVICE);
}

async function listSimulatedPorts(): Promise<ListedPort[]> {
  const { openSimulation } = await import('../sim/simulation.js');
  const { parsePortName } = await import('../monitor/port-name.js');
  const { listPorts } = await import('../monitor/port-list.js');
  const ports = SIMULATED.map(parsePortName);
  const device = await openSimulation(ports);
  try {
    const names = ports.map(({ kernelName }) => kernelName);
    const listed = listPorts(
      names.filter((name) => !name.includes(':')),
      device,
    );
    // Without the ports that the simulation's own peers have.
    return listed
      .filter(({ name }) => names.includes(name))
      .map((port) => ({ ...port, name: `sim:${port.name}` }));
  } finally {
    device.close();
  }
}
