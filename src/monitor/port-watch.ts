import type { NativePortStatus } from '../binding.js';
import { NmcapError } from '../errors.js';
import { isInNetmapMode } from './attach.js';
import type { Device } from './device.js';
import type { PortName } from './port-name.js';

/** Reports what becomes of the ports of a capture, once each, as soon as the drain knows it. */
export class PortWatch {
  readonly #ports: readonly PortName[];
  readonly #device: Device;
  readonly #report: (line: string) => void;
  readonly #left = new Set<PortName>();
  readonly #reset = new Set<PortName>();
  #failure: NmcapError | undefined;

  constructor(ports: readonly PortName[], device: Device, report: (line: string) => void) {
    this.#ports = ports;
    this.#device = device;
    this.#report = report;
  }

  /** The first monitor that ended although its port is still there. */
  get failure(): NmcapError | undefined {
    return this.#failure;
  }

  update(statuses: readonly NativePortStatus[]): void {
    const goesOn = statuses.some(({ left }) => !left);
    this.#ports.forEach((port, i) => {
      const { left = false, resets = 0 } = statuses[i] ?? {};
      if (resets > 0) this.#wasReset(port);
      if (left) this.#hasLeft(port, goesOn);
    });
  }

  #wasReset(port: PortName): void {
    if (this.#reset.has(port)) return;
    this.#reset.add(port);
    this.#report(
      `${port.text}: another program has damaged a ring of the monitor: frames may be missing`,
    );
  }

  #hasLeft(port: PortName, goesOn: boolean): void {
    if (this.#left.has(port)) return;
    this.#left.add(port);
    if (!isInNetmapMode(port, this.#device)) {
      this.#report(`${port.text}: its application left netmap mode`);
      return;
    }
    const failure = new NmcapError(
      'NM_DRAIN_FAILED',
      `${port.text}: the monitor has ended, though the port is in netmap mode`,
      {
        hint: 'its application has come back, or another program keeps damaging the rings: start nmcap again',
        port: port.kernelName,
      },
    );
    this.#failure ??= failure;
    // At the end it is the error of the capture.
    if (goesOn) this.#report(failure.message);
  }
}
