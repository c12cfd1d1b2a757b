import { isAbsence } from './attach.js';
import type { Device } from './device.js';
import { MonitoredPort } from './monitored-port.js';
import type { MonitorOptions } from './options.js';
import type { PortName } from './port-name.js';
import { emptySwitch, namesOfPorts } from './switch-name.js';

/**
 * Attaches monitors to the ports of a capture, those of whole switches one by one. Where ports are
 * waited for, one of them is enough: the others have no monitor yet.
 *
 * @throws NmcapError that explains why a monitor could not be attached; none is, then
 */
export function openPorts(options: MonitorOptions, device: Device): MonitoredPort[] {
  const opened: MonitoredPort[] = [];
  try {
    let absence: unknown;
    for (const name of options.ports) {
      try {
        if (name.isSwitch) openSwitch(name, options, device, opened);
        else openPort(name, options, device, opened);
      } catch (error) {
        if (!options.wait || !isAbsence(error)) throw error;
        absence ??= error;
      }
    }
    if (opened.every(({ monitor }) => monitor === undefined)) throw absence;
    return opened;
  } catch (error) {
    for (const port of opened) port.close();
    throw error;
  }
}

function openPort(
  name: PortName,
  options: MonitorOptions,
  device: Device,
  opened: MonitoredPort[],
): void {
  const port = new MonitoredPort(name, options, device);
  opened.push(port);
  port.attach();
}

/** Ports of the switch that no application has in netmap mode are passed over. */
function openSwitch(
  valeSwitch: PortName,
  options: MonitorOptions,
  device: Device,
  opened: MonitoredPort[],
): void {
  const given = new Set(options.ports.map(({ kernelName }) => kernelName));
  let isEmpty = true;
  for (const name of namesOfPorts(valeSwitch, device)) {
    const port = new MonitoredPort(name, options, device);
    try {
      if (!given.has(name.kernelName)) port.attach();
      isEmpty = false;
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
    if (port.monitor !== undefined) opened.push(port);
  }
  if (isEmpty) throw emptySwitch(valeSwitch);
}
