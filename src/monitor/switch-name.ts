import { NmcapError } from '../errors.js';
import type { Device } from './device.js';
import { portsOfSwitch } from './port-list.js';
import type { PortName } from './port-name.js';

/** Rings, flags and options of the whole switch's name are those of each of its ports. */
export function namesOfPorts(valeSwitch: PortName, device: Device): PortName[] {
  const prefix = valeSwitch.device === 'simulated' ? 'sim:' : '';
  return portsOfSwitch(switchName(valeSwitch), device).map((kernelName) => ({
    ...valeSwitch,
    text: `${prefix}${kernelName}`,
    kernelName,
    isSwitch: false,
  }));
}

/** The error for a switch of which no port can be captured from. */
export function emptySwitch(valeSwitch: PortName): NmcapError {
  const name = switchName(valeSwitch);
  return new NmcapError('NM_NO_SUCH_PORT', `${name}: no application has a port of this switch`, {
    hint: "start one, or wait for it with --wait; 'nmcap -D' lists the ports of all switches",
    port: valeSwitch.kernelName,
  });
}

/** Without the colon. */
function switchName({ kernelName }: PortName): string {
  return kernelName.slice(0, -1);
}
