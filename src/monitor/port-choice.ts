import { NmcapError } from '../errors.js';
import type { MonitoredDirection } from './options.js';
import { parsePortName, type PortName } from './port-name.js';

/** Ports that are watched together, and how. */
export interface MonitoredPorts {
  /** All on one device, none twice. */
  readonly ports: readonly PortName[];
  /** Which frames are seen. */
  readonly direction: MonitoredDirection;
  /** Whether frames are seen without a copy, once the application is done with them. */
  readonly zeroCopy: boolean;
}

/**
 * Parses the names of ports that are to be watched together. What is not asked for is as the flags after
 * their slashes have it.
 *
 * @throws NmcapError NM_BAD_PORT_NAME, with the place of the mistake; NM_USAGE for ports that cannot be
 *   watched together
 */
export function parsePorts(
  names: readonly string[],
  asked: {
    readonly direction?: MonitoredDirection | undefined;
    readonly zeroCopy?: boolean | undefined;
  } = {},
): MonitoredPorts {
  const ports = names.map((name) => parsePortName(name));
  if (ports.length === 0) throw misuse('no port given');
  refuseMixture(ports);
  return {
    ports,
    direction: asked.direction ?? common(ports, suffixDirection, '-d'),
    zeroCopy: asked.zeroCopy ?? common(ports, (port) => port.flags.zeroCopy, '-z'),
  };
}

function refuseMixture(ports: readonly PortName[]): void {
  if (new Set(ports.map(({ device }) => device)).size > 1) {
    throw misuse("simulated ports and the kernel's cannot be watched together");
  }
  const watched = ports.map(({ kernelName, rings }) => `${kernelName} ${JSON.stringify(rings)}`);
  const twice = ports.find((_, i) => watched.indexOf(watched[i] ?? '') < i);
  if (twice !== undefined) throw misuse(`${twice.text}: this port is given twice`);
}

/** What the names of all ports ask for. */
function common<T>(ports: readonly PortName[], of: (port: PortName) => T, option: string): T {
  const [first, ...others] = new Set(ports.map(of));
  if (first !== undefined && others.length === 0) return first;
  throw misuse(`the ports' names ask for different things: use ${option} instead`);
}

/** The direction that the flags after the slash of a port name ask for. */
function suffixDirection({ flags }: PortName): MonitoredDirection {
  if (flags.monitorRx === flags.monitorTx) return 'both';
  return flags.monitorRx ? 'rx' : 'tx';
}

function misuse(message: string): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint: "'nmcap --help' lists the options" });
}
