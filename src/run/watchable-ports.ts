import { binding } from '../binding.js';
import { KERNEL_DEVICE } from '../monitor/device.js';
import { type ListedPort, listPorts, type PortKind } from '../monitor/port-list.js';
import { parsePortName } from '../monitor/port-name.js';

/** A port that can be watched, with its name on the command line. */
export interface WatchablePort extends ListedPort {
  readonly simulated: boolean;
}

const KINDS: Record<PortKind, string> = { nic: 'NIC', vale: 'VALE port', pipe: 'pipe' };

/** Any name may follow `sim:`; these show what there is. */
const SIMULATED = ['sim:em0', 'sim:em0{1', 'sim:vale0:a'];

/**
 * The system's ports.
 *
 * @throws NmcapError why they cannot be listed
 */
export function kernelPorts(): WatchablePort[] {
  const ports = listPorts(binding().interfaceNames(), KERNEL_DEVICE);
  return ports.map((port) => ({ ...port, simulated: false }));
}

export async function simulatedPorts(): Promise<WatchablePort[]> {
  const { openSimulation } = await import('../sim/simulation.js');
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
      .map((port) => ({ ...port, name: `sim:${port.name}`, simulated: true }));
  } finally {
    device.close();
  }
}

/** As in "simulated VALE port". */
export function kindOf({ kind, simulated }: WatchablePort): string {
  return simulated ? `simulated ${KINDS[kind]}` : KINDS[kind];
}
