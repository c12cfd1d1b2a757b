import type { PortInfo } from '../binding.js';
import { type ErrorCode, explainShortage, NmcapError } from '../errors.js';
import { splitPipe } from './pipe-name.js';
import type { PortName } from './port-name.js';

/** What the kernel can be asked once it has refused. */
export interface Probe {
  /** PORT_INFO_GET, which also works for ports that are not in netmap mode. */
  portInfo(kernelName: string): PortInfo;
  /** The error of the same REGISTER without its memory id; undefined where that one succeeds. */
  errorWithoutMemoryId(): unknown;
}

/** A port that could not be attached, and how that was tried. */
export interface Refused {
  readonly port: PortName;
  readonly zeroCopy: boolean;
}

export const UNSUPPORTED_API = 'unsupported netmap API version (need 14)';
export const UPDATE_MODULE = "'dmesg' shows the version of the netmap module: update it";

/**
 * Explains to the user why a monitor could not be attached. The kernel returns the same errno for many
 * reasons; this follows the table of measurements in docs/attach-errors.md.
 */
export function explainAttachError(error: unknown, refused: Refused, probe: Probe): unknown {
  if (!(error instanceof NmcapError)) return error;
  const explain = explanation(error, refused.port);
  if (error.code === 'NM_ATTACH_FAILED') {
    return explain('NM_ATTACH_FAILED', error.message, memoryHint(refused));
  }
  if (error.code !== 'NM_SYSTEM_CALL') return error;
  const { systemCall, errno } = error;
  if (systemCall === 'open') return explainOpenError(error, refused.port);
  if (errno === 'ENOMEM') return explainNoMemory(error, refused, probe, explain);
  if (systemCall !== 'REGISTER') return explain('NM_ATTACH_FAILED', error.message);
  switch (errno) {
    case 'EINVAL':
      return explainInvalid(refused, probe, explain);
    case 'ENXIO':
    case 'ENODEV':
      return noSuchPort(refused.port, explain);
    case 'EBUSY':
      return explainBusy(refused.port, explain);
    case 'EOPNOTSUPP':
    case 'ENOTSUP':
      return explain(
        'NM_NOT_NETMAP_MODE',
        `the driver of '${refused.port.kernelName}' does not support netmap, and netmap's admode allows no other driver`,
        "allow emulation with 'echo 0 > /sys/module/netmap/parameters/admode' (FreeBSD: 'sysctl dev.netmap.admode=0'), then start the application",
      );
    default:
      return explain('NM_ATTACH_FAILED', error.message);
  }
}

type Explain = (code: ErrorCode, reason: string, hint?: string) => NmcapError;

/** Without a port the message begins with the reason. */
function explanation(cause: NmcapError, port?: PortName): Explain {
  const { systemCall, errno } = cause;
  return (code, reason, hint) =>
    new NmcapError(code, port === undefined ? reason : `${port.text}: ${reason}`, {
      cause,
      ...(port === undefined ? {} : { port: port.kernelName }),
      ...(systemCall === undefined ? {} : { systemCall }),
      ...(errno === undefined ? {} : { errno }),
      ...(hint === undefined ? {} : { hint }),
    });
}

/** The memory is not laid out as netmap's interface has it. */
function memoryHint({ zeroCopy }: Refused): string {
  return zeroCopy
    ? 'a program that shares this memory may be damaging it: restart the application, or try without -z'
    : 'try again; if it happens again, please report it with the version of the netmap module';
}

/** Why the netmap device could not be opened, for a port or to ask about all of them. */
export function explainOpenError(error: NmcapError, port?: PortName): NmcapError {
  const explain = explanation(error, port);
  const shortage = explainShortage(error, port?.text);
  if (shortage !== undefined) return shortage;
  switch (error.errno) {
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
      return explain(
        'NM_NO_DEVICE',
        'this system has no /dev/netmap',
        "load the kernel module ('modprobe netmap', FreeBSD: 'kldload netmap'), or try the simulated port sim:em0",
      );
    case 'EACCES':
    case 'EPERM':
      return explain(
        'NM_NO_PERMISSION',
        '/dev/netmap may not be opened',
        "run nmcap as root, for example 'sudo nmcap em0'",
      );
    default:
      return explain('NM_ATTACH_FAILED', `/dev/netmap: ${error.message}`);
  }
}

function noSuchPort({ kernelName }: PortName, explain: Explain): NmcapError {
  return explain(
    'NM_NO_SUCH_PORT',
    `there is no port '${kernelName}'`,
    "'ip link' (FreeBSD: 'ifconfig') lists the interfaces; VALE ports are named like vale0:a",
  );
}

/** EBUSY: of all ports that can be monitored, only the pipes of a NIC on a switch are refused. */
function explainBusy({ kernelName }: PortName, explain: Explain): NmcapError {
  const { parent, otherEnd } = splitPipe(kernelName);
  if (otherEnd === undefined) {
    return explain('NM_ATTACH_FAILED', 'the port is busy', "'vale-ctl' lists what switches use");
  }
  return explain(
    'NM_ATTACH_FAILED',
    `'${parent}' is attached to a VALE switch, so that its pipes cannot be used`,
    `watch '${parent}' itself, or detach it with 'vale-ctl -d'`,
  );
}

function explainNoMemory(
  error: NmcapError,
  { port, zeroCopy }: Refused,
  probe: Probe,
  explain: Explain,
): NmcapError {
  const { kernelName } = port;
  if (error.systemCall === 'mmap') {
    return explain(
      'NM_ATTACH_FAILED',
      "the port's memory cannot be mapped",
      `raise the limit of the address space ('ulimit -v')${zeroCopy ? ', or drop -z' : ''}`,
    );
  }
  // The kernel makes a VALE port when it is asked for one, unless it has no room for another.
  if (kernelName.startsWith('vale') && errnoOf(() => probe.portInfo(kernelName)) === 'ENOMEM') {
    return explain(
      'NM_NO_SUCH_PORT',
      `no application has opened '${kernelName}', and netmap has no room for another switch or port`,
      "start the netmap application first; 'vale-ctl' lists the ports of all switches",
    );
  }
  return zeroCopy
    ? explain(
        'NM_ATTACH_FAILED',
        "the application's memory has no room for the rings of a zero-copy monitor",
        'drop -z, or ask for smaller rings with @conf:slots=64',
      )
    : explain(
        'NM_ATTACH_FAILED',
        'the kernel has no memory for the rings of the monitor',
        'ask for smaller rings with @conf:slots=512',
      );
}

/** The kernel returns EINVAL for nearly everything, another version of the interface included. */
function explainInvalid(refused: Refused, probe: Probe, explain: Explain): unknown {
  const { port } = refused;
  const { kernelName, memoryId } = port;
  if (memoryId !== undefined) {
    const error = probe.errorWithoutMemoryId();
    if (error !== undefined) {
      return explainAttachError(
        error,
        { ...refused, port: { ...port, memoryId: undefined } },
        probe,
      );
    }
    return explain(
      'NM_ATTACH_FAILED',
      `there is no memory with the id ${memoryId}`,
      `leave out '@${memoryId}': a monitor finds the memory of its port by itself`,
    );
  }
  let info: PortInfo;
  try {
    info = probe.portInfo(kernelName);
  } catch (error) {
    if (!(error instanceof NmcapError) || error.errno !== 'EINVAL') {
      return noSuchPort(port, explain);
    }
    return explainRefusedName(kernelName, probe, explain);
  }
  const missing = missingRings(port, info);
  if (missing !== undefined) {
    return explain('NM_NO_SUCH_RING', missing, `watch all of its rings with '${kernelName}'`);
  }
  return explain(
    'NM_NOT_NETMAP_MODE',
    `'${kernelName}' is not in netmap mode: no application has opened it through netmap`,
    notOpenedHint(kernelName),
  );
}

/** Why even PORT_INFO_GET refuses the name. */
function explainRefusedName(kernelName: string, probe: Probe, explain: Explain): NmcapError {
  // netmap_get_bdg_na refuses vale0:NIC unless the switch has a port of that very name. A persistent
  // VALE port is such a NIC to it, even where an application has opened it by the switch's name.
  const [, valeSwitch = '', rest = ''] = /^(vale[^:]*):(.*)$/.exec(kernelName) ?? [];
  const { parent } = splitPipe(rest);
  if (parent !== '' && errnoOf(() => probe.portInfo(parent)) === undefined) {
    return explain(
      'NM_NO_SUCH_PORT',
      `'${parent}' is a network interface, and not known as a port of switch '${valeSwitch}'`,
      `try 'nmcap ${rest}'`,
    );
  }
  return explain('NM_API_MISMATCH', UNSUPPORTED_API, UPDATE_MODULE);
}

function notOpenedHint(kernelName: string): string {
  const { otherEnd } = splitPipe(kernelName);
  if (otherEnd !== undefined) {
    return `start the netmap application first; if it has opened the other end, watch '${otherEnd}'`;
  }
  return kernelName.includes(':')
    ? "start the netmap application first, then nmcap; 'vale-ctl' lists the ports of all switches"
    : 'start the netmap application first, then nmcap; for other traffic use tcpdump';
}

function missingRings({ rings }: PortName, info: PortInfo): string | undefined {
  const nic = Math.max(info.rxRings, info.txRings);
  const host = Math.max(info.hostRxRings, info.hostTxRings);
  if (rings.kind === 'one-nic' && rings.ring >= nic) {
    return `the port has no NIC ring ${rings.ring}: it has ${nic}`;
  }
  if (rings.kind.includes('host') && host === 0) return 'the port has no host rings';
  if (rings.kind === 'one-host' && rings.ring >= host) {
    return `the port has no host ring ${rings.ring}: it has ${host}`;
  }
  return undefined;
}

/** The errno of the refusal; undefined if there is none. */
function errnoOf(ask: () => unknown): string | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    return error instanceof NmcapError ? (error.errno ?? '?') : '?';
  }
}
