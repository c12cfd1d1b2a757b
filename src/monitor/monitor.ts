import os from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';

import { binding, type NativeBatch, type NativeDrain, type NativePort } from '../binding.js';
import { debug } from '../debug.js';
import { NmcapError } from '../errors.js';
import type { Batch, PacketBatch } from '../pcapng/batch.js';
import type { Interface, Section } from '../pcapng/section.js';
import type { SegmentWriter, Source } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';
import { VERSION } from '../version.js';
import { describeInterface, limitations } from './describe.js';
import type { Device } from './device.js';
import { explainDrainError } from './drain-error.js';
import type { MonitoredPort } from './monitored-port.js';
import { openPorts } from './open-ports.js';
import type { MonitorOptions } from './options.js';
import { PortWatch } from './port-watch.js';
import { bytesKept, Recorder } from './recorder.js';
import { SwitchWatch } from './switch-watch.js';
import { DrainWriter } from './writer.js';

/**
 * Large enough that a write costs more than handing the batch over, small enough that several stay
 * in the processor's cache; a packet of the largest snapshot length fits.
 */
const BATCH_SIZE = 1 << 20;

/** How long batches may follow one another without a turn of the event loop. */
const MAX_WITHOUT_TURN_MS = 20;

/** How soon it is reported that no packets come. */
const QUIET_AFTER_MS = 100;

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
  #wake: (() => void) | undefined;
  /** Whether the section has interfaces that no batch has announced. */
  #hasGrown = false;
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
      this.#drain = createDrain(monitors, this.name, options, () => this.#wake?.());
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
    let turnedAt = performance.now();
    let quietUntil = 0;
    try {
      for (;;) {
        // Signals would go unnoticed if the sinks never waited and the rings never ran dry.
        if (performance.now() - turnedAt > MAX_WITHOUT_TURN_MS) {
          await turn();
          turnedAt = performance.now();
        }
        // Checked before take(): after its end the drain hands over nothing new.
        const end = this.#drain.end();
        this.#watch.update(this.#drain.statuses());
        if (this.#hasGrown) {
          this.#hasGrown = false;
          if (!this.#writer.isUsed) yield this.#announcement();
        }
        const written = this.#drain.takeWritten();
        if (written > 0) {
          debug(() => `the writer thread has written ${written} packets`);
          yield { kind: 'written', packetCount: written };
          continue;
        }
        const ended = this.#writer.ended();
        if (ended !== undefined) {
          yield ended;
          continue;
        }
        const asksForTime = this.#recorder?.isRecording ?? reportQuiet;
        const until = asksForTime ? this.#drain.handedOverUntil() : 0;
        const next = this.#recorder === undefined ? this.#take() : this.#recorder.next(until);
        if (next !== undefined) {
          yield next;
        } else if (end.reason === 'failed') {
          throw new NmcapError('NM_DRAIN_FAILED', `draining the monitor failed: ${end.message}`);
        } else if (end.reason !== 'running') {
          debug(() => `the drain has ended: ${end.reason}`);
          this.#recorder?.passOverRest();
          if (this.#watch.failure !== undefined) throw this.#watch.failure;
          return;
        } else if (until > quietUntil && this.#recorder === undefined) {
          quietUntil = until;
          yield { kind: 'quiet', until };
        } else {
          await this.#news(asksForTime ? QUIET_AFTER_MS : undefined);
        }
      }
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
    this.#hasGrown = true;
    this.#wake?.();
  }

  /** A batch without packets. */
  #announcement(): PacketBatch {
    return {
      kind: 'packets',
      bytes: new Uint8Array(0),
      packetCount: 0,
      section: this.section,
      release() {
        // It has no memory of the drain's.
      },
    };
  }

  /** Settles when the drain has something new, or the time is up. */
  #news(most: number | undefined): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = most === undefined ? undefined : setTimeout(resolve, most);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #createRecorder(
    { recorder, bufferSize }: MonitorOptions,
    report: (line: string) => void,
  ): Recorder | undefined {
    if (recorder === undefined) return undefined;
    const toBatch = (taken: NativeBatch) => this.#batch(taken);
    try {
      return new Recorder(this.#drain, recorder, bufferSize, toBatch, (line) => {
        report(`${this.name}: ${line}`);
      });
    } catch (error) {
      this.#drain.close();
      throw error;
    }
  }

  #take(): PacketBatch | undefined {
    const taken = this.#drain.take();
    return taken && this.#batch(taken);
  }

  #batch({ index, start, length, packetCount, counts }: NativeBatch): PacketBatch {
    debug(() => `batch ${index}: ${packetCount} packets, ${length} bytes`);
    return {
      kind: 'packets',
      bytes: new Uint8Array(this.#drain.memory, index * BATCH_SIZE + start, length),
      packetCount,
      section: this.section,
      counts,
      release: () => {
        this.#drain.release(index);
      },
    };
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

function createDrain(
  ports: readonly (NativePort | undefined)[],
  name: string,
  options: MonitorOptions,
  onReady: () => void,
): NativeDrain {
  const { Drain } = binding();
  const { direction, filter } = options;
  try {
    return new Drain(
      ports,
      {
        inbound: direction !== 'tx',
        outbound: direction !== 'rx',
        snapshotLength: options.snapshotLength,
        packetLimit: options.packetLimit,
        ...(filter === undefined ? {} : { filter }),
        batchSize: BATCH_SIZE,
        batchCount: batchCount(options),
        realtime: options.realtime,
        awaitsPorts: options.wait || options.reattach,
      },
      onReady,
    );
  } catch (error) {
    throw explainDrainError(error, name, filter);
  }
}

/** A recorder has two more than it keeps and the buffer has: the one being filled, and the next to go. */
function batchCount({ bufferSize, recorder }: MonitorOptions): number {
  const buffer = Math.max(2, Math.floor(bufferSize / BATCH_SIZE));
  if (recorder === undefined) return buffer;
  return buffer + Math.ceil(bytesKept(recorder, bufferSize) / BATCH_SIZE) + 2;
}
