import os from 'node:os';

import type { NativeBatch, NativeDrain } from '../binding.js';
import type { Batch } from '../pcapng/batch.js';
import type { Interface, Section } from '../pcapng/section.js';
import type { SegmentWriter, Source } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';
import { VERSION } from '../version.js';
import { describeInterface, limitations } from './describe.js';
import type { Device } from './device.js';
import { HandOver } from './hand-over.js';
import type { MonitoredPort } from './monitored-port.js';
import { openDrain } from './open-drain.js';
import { openPorts } from './open-ports.js';
import type { MonitorOptions } from './options.js';
import { PortWatch } from './port-watch.js';
import { Recorder } from './recorder.js';
import { SwitchWatch } from './switch-watch.js';
import { DrainWriter } from './writer.js';

/** Monitors attached to netmap ports, and the thread that drains them. */
export class MonitorSource implements Source {
  readonly section: Section;
  /** What netmap is known not to do for these monitors, a line each. */
  readonly limitations: readonly string[];
  /** The ports' names as the user gave them. */
  readonly name: string;
  readonly #options: MonitorOptions;
  readonly #device: Device;
  /** By interface id. */
  readonly #ports: MonitoredPort[];
  readonly #interfaces: Interface[];
  readonly #drain: NativeDrain;
  readonly #watch: PortWatch;
  readonly #switches: SwitchWatch;
  readonly #writer: DrainWriter;
  readonly #recorder: Recorder | undefined;
  readonly #handOver: HandOver;
  #closed = false;

  /**
   * Attaches the monitors; draining starts with batches(). The source owns the device from now on: it
   * is closed with the source, or at once where the source cannot be made. While batches() is read,
   * `report` is given what becomes of the ports, a line each.
   *
   * @throws NmcapError that explains why a monitor could not be attached; NM_BAD_FILTER, also of the
   *   recorder's trigger; NM_NO_PERMISSION for real-time priority; NM_NO_RESOURCES
   */
  constructor(options: MonitorOptions, device: Device, report: (line: string) => void) {
    this.#options = options;
    this.#device = device;
    this.name = options.ports.map(({ text }) => text).join(', ');
    const ports: MonitoredPort[] = [];
    try {
      ports.push(...openPorts(options, device));
      this.limitations = limitations(options, ports);
      this.#interfaces = ports.map(({ name, monitor }) =>
        describeInterface(options, name, monitor),
      );
      this.section = describeSection(this.#interfaces);
      const monitors = ports.map(({ monitor }) => monitor);
      this.#drain = openDrain(monitors, this.name, options, () => {
        this.#handOver.wake();
      });
      this.#handOver = new HandOver(this.#drain, this.section);
      this.#recorder = this.#createRecorder(options, report);
    } catch (error) {
      for (const port of ports) port.close();
      device.close();
      throw error;
    }
    this.#ports = ports;
    this.#watch = new PortWatch(ports, this.#drain, options, device, report);
    this.#writer = new DrainWriter(this.#drain, this.name);
    this.#switches = new SwitchWatch(ports, options, device, {
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
    const parties = { watch: this.#watch, writer: this.#writer, recorder: this.#recorder };
    try {
      yield* this.#handOver.batches(parties, reportQuiet);
    } finally {
      signal.removeEventListener('abort', stop);
      this.#watch.stop();
      this.#switches.stop();
      this.#drain.requestStop();
    }
  }

  /** Whether packets are handed on only around what triggers. */
  get isRecorder(): boolean {
    return this.#recorder !== undefined;
  }

  /** Triggers the flight recorder. */
  trigger(): void {
    this.#recorder?.trigger();
  }

  /** Frames so far that took the trigger's filter too many steps, and so did not trigger. */
  get triggerOverruns(): number {
    return this.#recorder?.overruns ?? 0;
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
      passedOver: this.#recorder?.passedOver,
      writer: this.#writer.isUsed ? { inPlace: writtenInPlace, standIns } : undefined,
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#drain.close();
    for (const port of this.#ports) port.close();
    this.#device.close();
  }

  #add(port: MonitoredPort): void {
    const { name, monitor } = port;
    if (monitor === undefined) return;
    const place = this.#ports.push(port) - 1;
    this.#interfaces.push(describeInterface(this.#options, name, monitor));
    this.#writer.describeLast(this.section);
    this.#drain.attach(place, monitor);
    this.#watch.appeared(port);
    this.#handOver.announce();
  }

  #createRecorder(
    { recorder, bufferSize }: MonitorOptions,
    report: (line: string) => void,
  ): Recorder | undefined {
    if (recorder === undefined) return undefined;
    const toBatch = (taken: NativeBatch) => this.#handOver.packets(taken);
    try {
      return new Recorder(this.#drain, recorder, bufferSize, toBatch, (line) => {
        report(`${this.name}: ${line}`);
      });
    } catch (error) {
      this.#drain.close();
      throw error;
    }
  }
}

function describeSection(interfaces: readonly Interface[]): Section {
  return {
    byteOrder: os.endianness() === 'LE' ? 'little' : 'big',
    hardware: os.machine(),
    os: `${os.type()} ${os.release()}`,
    application: `nmcap ${VERSION}`,
    interfaces,
  };
}
