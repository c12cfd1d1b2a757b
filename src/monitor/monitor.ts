import type { NativeDrain } from '../binding.js';
import type { Batch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { SegmentWriter, Source } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';
import { describeInterface, limitations } from './describe.js';
import type { Device } from './device.js';
import type { MonitoredPort } from './monitored-port.js';
import { openPorts } from './open-ports.js';
import { PortWatch } from './port-watch.js';
import type { PreparedCapture } from './prepared-capture.js';
import { SwitchWatch } from './switch-watch.js';
import { DrainWriter } from './writer.js';

/** Monitors attached to netmap ports, and the thread that drains them. */
export class MonitorSource implements Source {
  readonly section: Section;
  /** What netmap is known not to do for these monitors, a line each. */
  readonly limitations: readonly string[];
  /** The ports' names as the user gave them. */
  readonly name: string;
  readonly #prepared: PreparedCapture;
  readonly #device: Device;
  /** By interface id. */
  readonly #ports: MonitoredPort[];
  readonly #drain: NativeDrain;
  readonly #watch: PortWatch;
  readonly #switches: SwitchWatch;
  readonly #writer: DrainWriter;
  #closed = false;

  /**
   * Attaches the monitors; draining starts with batches(). The source owns what is prepared and the
   * device from now on: they are closed with the source. Where it cannot be made, the device is closed
   * at once, and what is prepared can be used again.
   *
   * @throws NmcapError that explains why a monitor could not be attached
   */
  constructor(prepared: PreparedCapture, device: Device) {
    const { options, report, drain } = prepared;
    this.#prepared = prepared;
    this.#device = device;
    this.name = prepared.name;
    this.section = prepared.section;
    this.#ports = attach(prepared, device);
    this.limitations = limitations(options, this.#ports);
    this.#drain = drain;
    this.#watch = new PortWatch(this.#ports, drain, options, device, report);
    this.#writer = new DrainWriter(drain, this.name);
    this.#switches = new SwitchWatch(this.#ports, options, device, {
      appeared: (port) => {
        this.#add(port);
      },
      returned: (place) => {
        this.#watch.returned(place);
      },
      report,
    });
  }

  get writer(): SegmentWriter {
    return this.#writer;
  }

  async *batches(signal: AbortSignal, reportQuiet = false): AsyncGenerator<Batch> {
    const stop = () => {
      this.#drain.requestStop();
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#drain.start();
    if (signal.aborted) stop();
    this.#watch.start();
    this.#switches.start();
    this.#device.start();
    const { handOver, recorder } = this.#prepared;
    const parties = { watch: this.#watch, writer: this.#writer, recorder };
    try {
      yield* handOver.batches(parties, reportQuiet);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#watch.stop();
      this.#switches.stop();
      this.#drain.requestStop();
    }
  }

  /** Whether packets are handed on only around what triggers. */
  get isRecorder(): boolean {
    return this.#prepared.recorder !== undefined;
  }

  /** Triggers the flight recorder. */
  trigger(): void {
    this.#prepared.recorder?.trigger();
  }

  /** Frames so far that took the trigger's filter too many steps, and so did not trigger. */
  get triggerOverruns(): number {
    return this.#prepared.recorder?.overruns ?? 0;
  }

  /** Whether an application has left for good while others, or nobody, went on. */
  get hasLostPorts(): boolean {
    return this.#watch.hasLost;
  }

  filterOverruns(): number {
    return this.#drain.counters().filterOverruns;
  }

  stats(): CaptureStats {
    const { rings, startedAt, endedAt, writtenInPlace, standIns } = this.#drain.counters();
    const truth = this.#ports.map((port) => port.truth());
    const unknown = { sent: undefined, lost: undefined };
    return {
      rings: rings.map((counters) => {
        const { inbound = unknown, outbound = unknown } =
          truth[counters.interfaceId]?.get(counters.ring) ?? {};
        return {
          ...counters,
          inbound: { ...counters.inbound, sent: inbound.sent, lost: inbound.lost },
          outbound: { ...counters.outbound, sent: outbound.sent, lost: outbound.lost },
        };
      }),
      startedAt: startedAt === 0 ? undefined : startedAt,
      endedAt: endedAt === 0 ? undefined : endedAt,
      passedOver: this.#prepared.recorder?.passedOver,
      writer: this.#writer.isUsed ? { inPlace: writtenInPlace, standIns } : undefined,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#prepared.close();
    for (const port of this.#ports) port.close();
    this.#device.close();
  }

  #add(port: MonitoredPort): void {
    const { name, monitor } = port;
    if (monitor === undefined) return;
    const place = this.#ports.push(port) - 1;
    const { options, interfaces, handOver } = this.#prepared;
    interfaces.push(describeInterface(options, name, monitor));
    this.#writer.describeLast(this.section);
    this.#drain.attach(place, monitor);
    this.#watch.appeared(port);
    handOver.announce();
  }
}

/** Attaches the monitors, describes them in the section, and gives them to the drain. */
function attach({ options, interfaces, drain }: PreparedCapture, device: Device): MonitoredPort[] {
  const ports: MonitoredPort[] = [];
  try {
    ports.push(...openPorts(options, device));
    const described = ports.map(({ name, monitor }) => describeInterface(options, name, monitor));
    drain.setPorts(ports.map(({ monitor }) => monitor));
    interfaces.push(...described);
    return ports;
  } catch (error) {
    for (const port of ports) port.close();
    device.close();
    throw error;
  }
}
