import type { PortInfo } from '../binding.js';
import { explainShortage, NmcapError } from '../errors.js';
import type { PortName } from './port-name.js';

/**
 * Says in a person's words why a monitor could not be attached. `portInfo` asks the kernel about the
 * port, whether or not it is in netmap mode: REGISTER answers EINVAL for several reasons, and only
 * that tells them apart.
 */
export function explainAttachError(
  error: unknown,
  port: PortName,
  portInfo: () => PortInfo,
): unknown {
  if (!(error instanceof NmcapError) || error.code !== 'NM_SYSTEM_CALL') return error;
  const { systemCall = '?', errno = '?' } = error;
  const name = port.kernelName;
  const details = { cause: error, systemCall, errno, port: name };

  if (systemCall === 'open') return explainShortage(error, port.text) ?? explainOpen(error, port);
  if (errno === 'ENXIO' || errno === 'ENODEV') {
    return new NmcapError('NM_NO_SUCH_PORT', `${port.text}: there is no port '${name}'`, {
      ...details,
      hint: name.includes(':')
        ? 'a VALE port exists from when its application has opened it'
        : "'ip link' (FreeBSD: 'ifconfig') lists the interfaces; VALE ports are named like vale0:a",
    });
  }
  if (errno === 'EBUSY') {
    return new NmcapError('NM_ATTACH_FAILED', `${port.text}: the port is busy`, {
      ...details,
      hint: 'its application holds it exclusively, or the rings are in use by another program',
    });
  }
  if (errno === 'ENOMEM') {
    return new NmcapError('NM_ATTACH_FAILED', `${port.text}: the kernel has no memory for it`, {
      ...details,
      hint: 'ask for smaller rings, as in netmap:em0@conf:slots=512, or drop -z',
    });
  }
  if (systemCall === 'REGISTER' && errno === 'EINVAL') return explainInvalid(error, port, portInfo);
  return new NmcapError('NM_ATTACH_FAILED', `${port.text}: ${error.message}`, details);
}

function explainOpen(error: NmcapError, port: PortName): NmcapError {
  const { errno = '?' } = error;
  const details = { cause: error, systemCall: 'open', errno, port: port.kernelName };
  if (errno === 'ENOENT' || errno === 'ENXIO' || errno === 'ENODEV') {
    return new NmcapError('NM_NO_DEVICE', `${port.text}: this system has no /dev/netmap`, {
      ...details,
      hint: "load the kernel module ('modprobe netmap', FreeBSD: 'kldload netmap'), or try the simulated port sim:em0",
    });
  }
  if (errno === 'EACCES' || errno === 'EPERM') {
    return new NmcapError('NM_NO_PERMISSION', `${port.text}: /dev/netmap may not be opened`, {
      ...details,
      hint: "run nmcap as root, for example 'sudo nmcap …'",
    });
  }
  return new NmcapError('NM_ATTACH_FAILED', `${port.text}: /dev/netmap: ${error.message}`, details);
}

/** EINVAL: no netmap mode, no such ring, or another version of the interface. */
function explainInvalid(error: NmcapError, port: PortName, portInfo: () => PortInfo): NmcapError {
  const name = port.kernelName;
  const details = { cause: error, systemCall: 'REGISTER', errno: 'EINVAL', port: name };
  let info: PortInfo;
  try {
    info = portInfo();
  } catch (second) {
    if (second instanceof NmcapError && second.errno === 'EINVAL') {
      return new NmcapError(
        'NM_API_MISMATCH',
        `${port.text}: unsupported netmap API version (need 14)`,
        { ...details, hint: "'dmesg' shows the version of the netmap module: update it" },
      );
    }
    return new NmcapError('NM_NO_SUCH_PORT', `${port.text}: there is no port '${name}'`, {
      ...details,
      hint: "'ip link' (FreeBSD: 'ifconfig') lists the interfaces; VALE ports are named like vale0:a",
    });
  }
  const missing = missingRings(port, info);
  if (missing !== undefined) {
    return new NmcapError('NM_NO_SUCH_RING', `${port.text}: ${missing}`, {
      ...details,
      hint: `watch all of its rings with '${name}'`,
    });
  }
  return new NmcapError(
    'NM_NOT_NETMAP_MODE',
    `${port.text}: '${name}' is not in netmap mode: no application has opened it through netmap`,
    {
      ...details,
      hint: 'start the netmap application first, then nmcap; for other traffic use tcpdump',
    },
  );
}

function missingRings(port: PortName, info: PortInfo): string | undefined {
  const { rings } = port;
  const nic = Math.max(info.rxRings, info.txRings);
  const host = Math.max(info.hostRxRings, info.hostTxRings);
  if (rings.kind === 'one-nic' && rings.ring >= nic) {
    return `the port has no NIC ring ${rings.ring}: it has ${nic}`;
  }
  if (rings.kind === 'one-host' && rings.ring >= host) {
    return `the port has no host ring ${rings.ring}: it has ${host}`;
  }
  if ((rings.kind === 'host' || rings.kind === 'nic+host') && host === 0) {
    return 'the port has no host rings';
  }
  return undefined;
}
