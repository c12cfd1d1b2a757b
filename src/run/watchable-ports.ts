import { type ListedPort, listPorts, type PortKind } from '../index.js';

/** A port that can be watched, with its name on the command line. */
export interface WatchablePort extends ListedPort {
  readonly simulated: boolean;
}

const KINDS: Record<PortKind, string> = { nic: 'NIC', vale: 'VALE port', pipe: 'pipe' };

/**
 * The system's ports.
 *
 * @throws NmcapError why they cannot be listed
 */
export async function kernelPorts(): Promise<WatchablePort[]> {
  return (await listPorts()).map((port) => ({ ...port, simulated: false }));
}

export async function simulatedPorts(): Promise<WatchablePort[]> {
  return (await listPorts('simulated')).map((port) => ({ ...port, simulated: true }));
}

/** As in "simulated VALE port". */
export function kindOf({ kind, simulated }: WatchablePort): string {
  return simulated ? `simulated ${KINDS[kind]}` : KINDS[kind];
}
