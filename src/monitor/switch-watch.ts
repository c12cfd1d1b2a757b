import { debug } from '../debug.js';
import { isAbsence } from './attach.js';
import type { Device } from './device.js';
import { MonitoredPort } from './monitored-port.js';
import type { MonitorOptions } from './options.js';
import type { PortName } from './port-name.js';
import { namesOfPorts } from './switch-name.js';

/** How often the ports of a switch are listed. */
const LOOK_MS = 500;

/** What is done about ports that are found. */
export interface SwitchEvents {
  /** The port is new, and has a monitor. */
  appeared(port: MonitoredPort): void;
  /** The port at that place has no monitor, but is on the switch again. */
  returned(place: number): void;
  report(line: string): void;
}

/** Finds the ports that appear on switches that are captured from as a whole. */
export class SwitchWatch {
  readonly #ports: readonly MonitoredPort[];
  readonly #options: MonitorOptions;
  readonly #device: Device;
  readonly #events: SwitchEvents;
  readonly #switches: readonly PortName[];
  readonly #refused = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `ports`: all that have ever been attached; it grows. */
  constructor(
    ports: readonly MonitoredPort[],
    options: MonitorOptions,
    device: Device,
    events: SwitchEvents,
  ) {
    this.#ports = ports;
    this.#options = options;
    this.#device = device;
    this.#events = events;
    this.#switches = options.ports.filter(({ isSwitch }) => isSwitch);
  }

  start(): void {
    const { wait, reattach } = this.#options;
    if (this.#switches.length === 0 || !(wait || reattach)) return;
    this.#timer = setInterval(() => {
      for (const valeSwitch of this.#switches) this.#look(valeSwitch);
    }, LOOK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(valeSwitch: PortName): void {
    for (const name of this.#list(valeSwitch)) {
      const place = this.#ports.findIndex((port) => port.name.kernelName === name.kernelName);
      if (place < 0) this.#attach(name);
      else if (this.#ports[place]?.monitor === undefined) this.#events.returned(place);
    }
  }

  #list(valeSwitch: PortName): PortName[] {
    try {
      return namesOfPorts(valeSwitch, this.#device);
    } catch (error) {
      // For want of descriptors, say; that may pass.
      debug(() => `${valeSwitch.text}: its ports cannot be listed: ${String(error)}`);
      return [];
    }
  }

  #attach(name: PortName): void {
    const port = new MonitoredPort(name, this.#options, this.#device);
    try {
      port.attach();
    } catch (error) {
      // The application may not be there yet.
      if (!isAbsence(error)) this.#reportOnce(name, error);
      return;
    }
    this.#refused.delete(name.kernelName);
    this.#events.appeared(port);
  }

  #reportOnce({ kernelName }: PortName, error: unknown): void {
    if (this.#refused.has(kernelName)) return;
    this.#refused.add(kernelName);
    this.#events.report(error instanceof Error ? error.message : String(error));
  }
}
