import { binding, type PortInfo } from '../binding.js';
import { NmcapError } from '../errors.js';
import { netmapMode } from './attach.js';
import { explainOpenError, UNSUPPORTED_API, UPDATE_MODULE } from './attach-error.js';
import type { Device } from './device.js';
import { splitPipe } from './pipe-name.js';
import { parsePortName } from './port-name.js';

export type { PortInfo } from '../binding.js';

/** A NIC, a port of a VALE switch, or one end of a pipe. */
export type PortKind = 'nic' | 'vale' | 'pipe';

/** A port that can be captured from, now or once an application has opened it. */
export interface ListedPort {
  /** As the kernel knows it. */
  readonly name: string;
  /** What it is. */
  readonly kind: PortKind;
  /** Undefined where asking would change something. */
  readonly info: PortInfo | undefined;
  /** Whether it is in netmap mode, so that a monitor can attach; undefined: not known. */
  readonly inNetmapMode: boolean | undefined;
}

/**
 * The ports of a VALE switch, given as `vale0`, under the names that a monitor attaches by; none where
 * there is no such switch.
 *
 * @throws NmcapError NM_SYSTEM_CALL; NM_NO_DEVICE, NM_NO_PERMISSION, NM_NO_RESOURCES
 */
export function portsOfSwitch(valeSwitch: string, device: Device): string[] {
  return askingDevice(() => {
    const index = binding().valeSwitchIndex(valeSwitch, device.native);
    return binding()
      .valePorts(device.native)
      .filter(({ name, switchIndex }) => switchIndex === index && canBeNamed(name))
      .map(({ name }) => name);
  });
}

/**
 * Of `names`, which are interfaces or pipes, those that netmap knows, and the ports of all VALE
 * switches. Nothing is changed by asking.
 *
 * @throws NmcapError NM_API_MISMATCH, NM_NO_DEVICE, NM_NO_PERMISSION, NM_NO_RESOURCES
 */
export function listPorts(names: readonly string[], device: Device): ListedPort[] {
  return askingDevice(() => {
    const onSwitches = valePortNames(device);
    const interfaces = new Set(names);
    const unopened = unopenedPersistentPorts(onSwitches ?? [], interfaces, device);
    const found: ListedPort[] = [];
    for (const name of names) {
      if (!canBeNamed(name)) continue;
      if (unopened.has(name)) found.push(unaskedPort(name));
      else found.push(...describePort(name, device));
    }
    for (const name of onSwitches ?? []) {
      const isListed = interfaces.has(name) || unopened.has(afterSwitch(name));
      if (canBeNamed(name) && !isListed) found.push(...describePort(name, device));
    }
    // There is always an interface that a netmap of the right version knows.
    if (onSwitches === undefined && found.length === 0) {
      throw new NmcapError('NM_API_MISMATCH', UNSUPPORTED_API, { hint: UPDATE_MODULE });
    }
    return found;
  });
}

/**
 * The persistent VALE ports, by their interfaces' names, that still have the name vale0:p. Such a name
 * may also be that of a NIC on a switch, but the kernel keeps those in netmap mode.
 */
function unopenedPersistentPorts(
  onSwitches: readonly string[],
  interfaces: ReadonlySet<string>,
  device: Device,
): ReadonlySet<string> {
  return new Set(
    onSwitches
      .filter((name) => interfaces.has(afterSwitch(name)) && netmapMode(name, device) === false)
      .map(afterSwitch),
  );
}

/** What follows the colon; empty where there is none. */
function afterSwitch(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(colon + 1);
}

/**
 * An unopened persistent port. PORT_INFO_GET would rename it from vale0:p to p (netmap_update_config);
 * an application could then no longer open it as vale0:p, nor anybody detach it (netmap_get_bdg_na).
 */
function unaskedPort(name: string): ListedPort {
  return { name, kind: 'vale', info: undefined, inNetmapMode: false };
}

/** Nothing where netmap does not know the port, or no longer does, or cannot use it. */
function describePort(name: string, device: Device): ListedPort[] {
  const info = portInfo(name, device);
  if (info === undefined) return [];
  const inNetmapMode = netmapMode(name, device);
  return [{ name, kind: kindOf(name, info), info, inNetmapMode }];
}

function portInfo(name: string, device: Device): PortInfo | undefined {
  try {
    return binding().portInfo(name, device.native);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Of all adapters netmap gives host rings to those of NICs alone. */
function kindOf(name: string, { hostRxRings, hostTxRings }: PortInfo): PortKind {
  if (splitPipe(name).otherEnd !== undefined) return 'pipe';
  return name.includes(':') || hostRxRings + hostTxRings === 0 ? 'vale' : 'nic';
}

/** Undefined where netmap was built without VALE, or has another version of the interface. */
function valePortNames(device: Device): string[] | undefined {
  try {
    return binding()
      .valePorts(device.native)
      .map(({ name }) => name);
  } catch (error) {
    if (isRefusal(error) && error.errno === 'EINVAL') return undefined;
    throw error;
  }
}

/** Of the request, not for want of a device. */
function isRefusal(error: unknown): error is NmcapError {
  return (
    error instanceof NmcapError && error.code === 'NM_SYSTEM_CALL' && error.systemCall !== 'open'
  );
}

/**
 * Whether a port name of nmcap's can mean it. None means an interface such as br-lan, or the host side
 * of a NIC on a switch, vale0:em0^.
 */
function canBeNamed(kernelName: string): boolean {
  try {
    const port = parsePortName(kernelName);
    return port.kernelName === kernelName && port.rings.kind === 'nic';
  } catch {
    return false;
  }
}

function askingDevice<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof NmcapError && error.systemCall === 'open') throw explainOpenError(error);
    throw error;
  }
}
