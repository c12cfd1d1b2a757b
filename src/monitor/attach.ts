import { binding, type NativeDevice, type NativePort, type RegisterRequest } from '../binding.js';
import { debug, hex } from '../debug.js';
import { NmcapError } from '../errors.js';
import { explainAttachError, type Probe } from './attach-error.js';
import type { Device } from './device.js';
import type { MonitorOptions } from './options.js';
import { MAX_SLOTS, type PortName, type RingSelection } from './port-name.js';

/** netmap's nr_mode. */
const MODE: Record<RingSelection['kind'], number> = {
  nic: 1,
  host: 2,
  'nic+host': 3,
  'one-nic': 4,
  'one-host': 8,
};

/** netmap's nr_flags. */
const MONITOR_TX = 0x100;
const MONITOR_RX = 0x200;
const ZERO_COPY_MONITOR = 0x400;
const EXCLUSIVE = 0x800;
const RX_RINGS_ONLY = 0x2000;
const TX_RINGS_ONLY = 0x4000;

/**
 * Attaches a monitor to a port.
 *
 * @throws NmcapError that explains why it could not be attached
 */
export function attach(port: PortName, options: MonitorOptions, device: Device): NativePort {
  const request = registerRequest(port, options);
  try {
    const monitor = register(request, device.native);
    debug(() => describeGrant(port, monitor));
    return monitor;
  } catch (error) {
    const { zeroCopy } = options;
    throw explainAttachError(error, { port, zeroCopy }, probe(request, device.native));
  }
}

/** For NMCAP_DEBUG. */
function describeGrant({ text }: PortName, { granted }: NativePort): string {
  const rings = granted.rxRings.map(({ number, host, slots, bufferSize }) => {
    return `${host ? 'host ' : ''}ring ${number}: ${slots} slots of ${bufferSize} bytes`;
  });
  return (
    `${text}: attached as ${granted.interfaceName}, flags ${hex(granted.flags)}, ` +
    `memory ${granted.memoryId} (${granted.memorySize} bytes); ${rings.join(', ')}`
  );
}

function probe(request: RegisterRequest, device: NativeDevice | undefined): Probe {
  return {
    portInfo: (kernelName) => binding().portInfo(kernelName, device),
    errorWithoutMemoryId() {
      const other = { ...request };
      delete other.memoryId;
      try {
        register(other, device).close();
        return undefined;
      } catch (error) {
        return error;
      }
    },
  };
}

export function isInNetmapMode({ kernelName }: PortName, device: Device): boolean {
  return netmapMode(kernelName, device) === true;
}

/**
 * Whether the port is in netmap mode; undefined where netmap refuses to answer.
 *
 * To ask for a monitor is the one way to find out: EINVAL if not (netmap.c, netmap_get_monitor_na).
 * This monitor is bound to none of the port's rings, as both directions are excluded
 * (netmap_interp_ringid): no ring is stopped, and no frame copied (netmap_monitor_reg_common).
 */
export function netmapMode(kernelName: string, device: Device): boolean | undefined {
  const { Port } = binding();
  const flags = MONITOR_RX | RX_RINGS_ONLY | TX_RINGS_ONLY;
  const request = { name: kernelName, mode: MODE.nic, flags, txSlots: 2, rxSlots: 2 };
  try {
    new Port(request, device.native).close();
    return true;
  } catch (error) {
    if (!(error instanceof NmcapError)) throw error;
    const isRefusal = error.systemCall === 'REGISTER';
    return isRefusal && (error.errno === 'EINVAL' || error.errno === 'ENXIO') ? false : undefined;
  }
}

/** Whether an error of attach() says that the port is not there, but may come. */
export function isAbsence(error: unknown): boolean {
  return (
    error instanceof NmcapError &&
    (error.code === 'NM_NOT_NETMAP_MODE' || error.code === 'NM_NO_SUCH_PORT')
  );
}

/** With rings as large as the kernel allows; where it lacks the memory, as large as the parent's. */
function register(request: RegisterRequest, device: NativeDevice | undefined): NativePort {
  const { Port } = binding();
  debug(() => {
    const { name, mode, flags, ringId = 0, memoryId = 0 } = request;
    return `REGISTER ${name}: mode ${mode}, ring ${ringId}, flags ${hex(flags)}, memory ${memoryId}`;
  });
  // A zero-copy monitor takes its buffers from the application's own memory.
  if (request.rxSlots !== undefined || (request.flags & ZERO_COPY_MONITOR) !== 0) {
    return new Port(request, device);
  }
  try {
    return new Port({ ...request, rxSlots: MAX_SLOTS }, device);
  } catch (error) {
    if (!(error instanceof NmcapError) || error.errno !== 'ENOMEM') throw error;
    return new Port(request, device);
  }
}

/** Asks for a monitor, whatever the port name's suffix. */
function registerRequest(port: PortName, { direction, zeroCopy }: MonitorOptions): RegisterRequest {
  const { rings } = port;
  let flags = zeroCopy ? ZERO_COPY_MONITOR : 0;
  if (direction !== 'tx') flags |= MONITOR_RX;
  if (direction !== 'rx') flags |= MONITOR_TX;
  if (port.flags.exclusive) flags |= EXCLUSIVE;
  return {
    name: port.kernelName,
    mode: MODE[rings.kind],
    flags,
    ...('ring' in rings ? { ringId: rings.ring } : {}),
    ...(port.memoryId === undefined ? {} : { memoryId: port.memoryId }),
    ...(port.slots === undefined ? {} : { rxSlots: port.slots }),
  };
}
