import type { NativeDrain, NativePortStatus } from '../binding.js';
import { NmcapError } from '../errors.js';
import { isInNetmapMode } from './attach.js';
import type { Device } from './device.js';
import type { MonitoredPort } from './monitored-port.js';
import type { MonitorOptions } from './options.js';
import { Reattachment } from './reattachment.js';

/**
 * Follows what becomes of the ports of a capture, and reports it as soon as the drain knows it: ports
 * that leave are closed and, where the user wants that, attached again.
 */
export class PortWatch {
  readonly #ports: readonly MonitoredPort[];
  readonly #drain: NativeDrain;
  readonly #options: Pick<MonitorOptions, 'ports' | 'reattach'>;
  readonly #device: Device;
  readonly #report: (line: string) => void;
  readonly #reattachment: Reattachment;
  /** When ports left that are away, by their places; performance.now(). */
  readonly #leftAt = new Map<number, number>();
  readonly #reset = new Set<MonitoredPort>();
  #failure: NmcapError | undefined;

  constructor(
    ports: readonly MonitoredPort[],
    drain: NativeDrain,
    options: Pick<MonitorOptions, 'ports' | 'reattach'>,
    device: Device,
    report: (line: string) => void,
  ) {
    this.#ports = ports;
    this.#drain = drain;
    this.#options = options;
    this.#device = device;
    this.#report = report;
    this.#reattachment = new Reattachment(ports, drain, (place) => {
      this.#isBack(place);
    });
  }

  /** The first monitor that ended although its port is still there. */
  get failure(): NmcapError | undefined {
    return this.#failure;
  }

  /** Whether a port has left for good. */
  get hasLost(): boolean {
    return this.#leftAt.size > 0 && !this.#options.reattach;
  }

  /** Once the drain has started: for ports that were not there by then. */
  start(): void {
    for (const [place, { monitor, name }] of this.#ports.entries()) {
      if (monitor !== undefined) continue;
      this.#report(`${name.text}: not in netmap mode yet; waiting for its application`);
      this.#reattachment.await(place);
    }
  }

  /** The switch of the port at that place has it again. */
  returned(place: number): void {
    if (this.#options.reattach) this.#reattachment.await(place);
  }

  /** A port has been added to those of the capture. */
  appeared({ name }: MonitoredPort): void {
    this.#report(`${name.text}: attached at ${clock()}`);
  }

  stop(): void {
    this.#reattachment.stop();
  }

  update(statuses: readonly NativePortStatus[]): void {
    for (const [place, port] of this.#ports.entries()) {
      const { left = false, resets = 0 } = statuses[place] ?? {};
      if (resets > 0) this.#wasReset(port);
      if (left && port.monitor !== undefined) {
        this.#hasLeft(port, place, this.#isWaiting || statuses.some(isThere));
      }
    }
    // Where ports are awaited, the drain does not end by itself.
    if (!statuses.some(isThere) && !this.#isWaiting) this.#drain.requestStop();
  }

  get #isWaiting(): boolean {
    const { ports, reattach } = this.#options;
    return this.#reattachment.isWaiting || (reattach && ports.some(({ isSwitch }) => isSwitch));
  }

  #wasReset(port: MonitoredPort): void {
    if (this.#reset.has(port)) return;
    this.#reset.add(port);
    this.#report(
      `${port.name.text}: another program has damaged a ring of the monitor: frames may be missing`,
    );
  }

  #hasLeft(port: MonitoredPort, place: number, goesOn: boolean): void {
    const { text, kernelName } = port.name;
    this.#drain.detach(place);
    port.close();
    this.#leftAt.set(place, performance.now());
    if (this.#options.reattach) {
      this.#report(`${text}: its application left netmap mode at ${clock()}; waiting for it`);
      // Others were found on their switches, and are found there again.
      if (this.#options.ports.includes(port.name)) this.#reattachment.await(place);
    } else if (isInNetmapMode(port.name, this.#device)) {
      const failure = new NmcapError(
        'NM_DRAIN_FAILED',
        `${text}: the monitor has ended, though the port is in netmap mode`,
        {
          hint: 'its application has come back, or another program keeps damaging the rings: use --reattach, or start nmcap again',
          port: kernelName,
        },
      );
      this.#failure ??= failure;
      // At the end it is the error of the capture.
      if (goesOn) this.#report(failure.message);
    } else {
      this.#report(`${text}: its application left netmap mode (--reattach waits for it)`);
    }
  }

  #isBack(place: number): void {
    const port = this.#ports[place];
    if (port === undefined) return;
    const leftAt = this.#leftAt.get(place);
    this.#leftAt.delete(place);
    const { text } = port.name;
    if (leftAt === undefined) {
      this.#report(`${text}: attached at ${clock()}`);
    } else {
      const seconds = ((performance.now() - leftAt) / 1000).toFixed(1);
      this.#report(`${text}: attached again at ${clock()}, after ${seconds} s`);
    }
  }
}

function isThere({ left }: NativePortStatus): boolean {
  return !left;
}

/** The local time, hours to seconds. */
function clock(): string {
  return new Date().toTimeString().slice(0, 'HH:MM:SS'.length);
}
