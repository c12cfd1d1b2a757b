import type { Subject } from '../check.js';

/**
 * The network interface that is examined, by its name; undefined where the port is another one, or
 * simulated, or none is named. Of a NIC on a switch, `vale0:em0`, the NIC.
 */
export function nicOf({ port, world }: Subject): string | undefined {
  if (port === undefined || port.device === 'simulated') return undefined;
  const [, name = ''] = /^(?:vale[^:]*:)?([^{}]*)$/.exec(port.kernelName) ?? [];
  return name !== '' && world.findLink(name) !== undefined ? name : undefined;
}
