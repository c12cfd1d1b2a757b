import os from 'node:os';

import {
  binding,
  type NativeBatch,
  type NativeDevice,
  type NativeDrain,
  type NativePort,
  type RegisterRequest,
} from '../binding.js';
import { NmcapError } from '../errors.js';
import { type Interface, LINKTYPE_ETHERNET, type Section } from '../pcapng/section.js';
import { VERSION } from '../version.js';
import { explainAttachError } from './attach-error.js';
import type { Device, RingTruth } from './device.js';
import { explainDrainError } from './drain-error.js';
import type { PortName, RingSelection } from './port-name.js';
import type { Batch, Source } from './source.js';
import type { CaptureStats } from './stats.js';

export type MonitoredDirection = 'rx' | 'tx' | 'both';

export interface MonitorOptions {
  /** All on one device. */
  readonly ports: readonly PortName[];
  readonly direction: MonitoredDirection;
  readonly zeroCopy: boolean;
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** End after that many packets; 0: no limit. */
  readonly packetLimit: number;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Bytes for all batches together. */
  readonly bufferSize: number;
  /** The drain thread runs before all ordinary ones. */
  readonly realtime: boolean;
}

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

/** The largest ring that the kernel gives a monitor (netmap_monitor.c, NM_MONITOR_MAXSLOTS). */
const MOST_SLOTS = 4096;

/**
 * Large enough that a write costs more than handing the batch over, small enough that several stay
 * in the processor's cache; a packet of the largest snapshot length fits.
 */
const BATCH_SIZE = 1 << 20;

const NOTHING = new Uint8Array(0);

/** ring->ts is a struct timeval: microseconds. */
const TICKS_PER_SECOND = 1_000_000n;

/** Monitors on netmap ports, and the thread that drains them. */
export class MonitorSource implements Source {
  readonly section: Section;
  /** The ports' names as the user gave them. */
  readonly name: string;
  readonly #device: Device;
  readonly #ports: readonly NativePort[];
  readonly #drain: NativeDrain;
  #wake: (() => void) | undefined;
  #closed = false;
  /** By interface; kept when the ports are closed. */
  #truth: readonly ReadonlyMap<number, RingTruth>[] | undefined;

  /**
   * Attaches the monitor; frames are taken once batches() is read.
   *
   * @throws NmcapError that says why it could not be attached; NM_BAD_FILTER; NM_NO_PERMISSION for
   *   real-time priority
   */
  constructor(options: MonitorOptions, device: Device) {
    const { Drain } = binding();
    const { direction } = options;
    this.#device = device;
    this.name = options.ports.map(({ text }) => text).join(', ');
    this.#ports = attach(options, device);
    try {
      this.#drain = new Drain(
        this.#ports,
        {
          inbound: direction !== 'tx',
          outbound: direction !== 'rx',
          snapshotLength: options.snapshotLength,
          packetLimit: options.packetLimit,
          ...(options.filter === undefined ? {} : { filter: options.filter }),
          batchSize: BATCH_SIZE,
          batchCount: Math.max(2, Math.floor(options.bufferSize / BATCH_SIZE)),
          realtime: options.realtime,
        },
        () => this.#wake?.(),
      );
    } catch (error) {
      closeAll(this.#ports);
      throw explainDrainError(error, options.filter);
    }
    this.section = {
      byteOrder: os.endianness() === 'LE' ? 'little' : 'big',
      hardware: os.machine(),
      os: `${os.type()} ${os.release()}`,
      application: `nmcap ${VERSION}`,
      interfaces: this.#ports.map((native, i) => {
        const port = options.ports[i];
        if (port === undefined) throw new RangeError('more monitors than ports');
        return describeInterface(options, port, native);
      }),
    };
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    const stop = () => {
      this.#drain.requestStop();
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#drain.start();
    if (signal.aborted) stop();
    this.#device.start();
    try {
      for (;;) {
        // Asked for before take(): after its end the drain hands nothing over any more.
        const end = this.#drain.end();
        const written = this.#drain.takeWritten();
        if (written > 0) yield this.#written(written);
        const taken = this.#drain.take();
        if (taken !== undefined) {
          yield this.#batch(taken);
        } else if (end.reason === 'failed') {
          throw new NmcapError('NM_DRAIN_FAILED', `polling the monitor failed: ${end.message}`);
        } else if (end.reason !== 'running') {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.#drain.requestStop();
    }
  }

  writeTo(descriptor: number): void {
    this.#drain.writeTo(descriptor);
  }

  /** What netmap is known not to do for such a monitor; measured on Linux 6.1. */
  static limitations({ ports, zeroCopy }: MonitorOptions): string[] {
    const found: string[] = [];
    for (const { text, rings, kernelName } of ports) {
      if (rings.kind.includes('host')) {
        found.push(`${text}: netmap delivers no frames of host rings to monitors`);
      }
      if (zeroCopy && /[{}]/.test(kernelName)) {
        found.push(`${text}: frames sent into a pipe have other bytes for zero-copy monitors`);
      }
    }
    return found;
  }

  /** Whether the capture ended because the applications of all ports left netmap mode. */
  get parentsLeft(): boolean {
    return this.#drain.end().reason === 'parents-left';
  }

  stats(): CaptureStats {
    const { rings, startedAt, endedAt } = this.#drain.counters();
    const truth = this.#truth ?? this.#readTruth();
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
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#drain.close();
    this.#truth = this.#readTruth();
    closeAll(this.#ports);
    this.#device.close();
  }

  #readTruth(): ReadonlyMap<number, RingTruth>[] {
    return this.#ports.map((port) => this.#device.truth(port));
  }

  #written(packetCount: number): Batch {
    return { bytes: NOTHING, packetCount, section: this.section, release: () => undefined };
  }

  #batch({ index, length, packetCount }: NativeBatch): Batch {
    return {
      bytes: new Uint8Array(this.#drain.memory, index * BATCH_SIZE, length),
      packetCount,
      section: this.section,
      release: () => {
        this.#drain.release(index);
      },
    };
  }
}

/** A monitor for each port; where one fails, the others are undone. */
function attach(options: MonitorOptions, device: Device): NativePort[] {
  const native = binding();
  const attached: NativePort[] = [];
  for (const port of options.ports) {
    try {
      attached.push(register(registerRequest(port, options), device.native));
    } catch (error) {
      closeAll(attached);
      throw explainAttachError(error, port, () => native.portInfo(port.kernelName, device.native));
    }
  }
  return attached;
}

function closeAll(ports: readonly NativePort[]): void {
  for (const port of ports) port.close();
}

/** With rings as large as they get where the kernel has the memory, else as large as the parent's. */
function register(request: RegisterRequest, device: NativeDevice | undefined): NativePort {
  const { Port } = binding();
  // The buffers of a zero-copy monitor are taken from the application's own memory.
  if (request.rxSlots !== undefined || (request.flags & ZERO_COPY_MONITOR) !== 0) {
    return new Port(request, device);
  }
  try {
    return new Port({ ...request, rxSlots: MOST_SLOTS }, device);
  } catch (error) {
    if (!(error instanceof NmcapError) || error.errno !== 'ENOMEM') throw error;
    return new Port(request, device);
  }
}

/** Whatever the port name's suffix says, only monitors are asked for. */
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

function describeInterface(options: MonitorOptions, port: PortName, native: NativePort): Interface {
  return {
    linkType: LINKTYPE_ETHERNET,
    snapshotLength: options.snapshotLength,
    name: port.text,
    description: describeMonitor(options, port, native),
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    os: `${os.type()} ${os.release()}`,
    ticksPerSecond: TICKS_PER_SECOND,
    secondsOffset: 0n,
  };
}

/** "zero-copy netmap monitor, rings 0-3, tx only" */
function describeMonitor(
  { zeroCopy, direction }: MonitorOptions,
  port: PortName,
  native: NativePort,
): string {
  const numbers = native.granted.rxRings.map((ring) => ring.number);
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  const rings = numbers.length === 1 ? `ring ${first}` : `rings ${first}-${last}`;
  const host = port.rings.kind.includes('host') ? ', with host rings' : '';
  const directions = direction === 'both' ? 'rx and tx' : `${direction} only`;
  return `${zeroCopy ? 'zero-copy' : 'copy'} netmap monitor, ${rings}${host}, ${directions}`;
}
