import {
  binding,
  type NativeDevice,
  type NativePort,
  type PortInfo,
  type RegisterRequest,
} from '../../src/binding.js';
import { FRAME_LENGTH, type Seen } from './frame.js';
import { Mode, RequestFlag } from './netmap.js';
import { Application, Receiver } from './station.js';

/** Two ports of a VALE switch, the two ends of a pipe, or two NICs with a wire between them. */
export type Kind = 'VALE' | 'pipe' | 'wire';

/** What a scenario needs of its ports; what is left out is as the device makes it. */
export interface Shape {
  /** Ring pairs of each port. */
  rings?: number;
  /** Of each ring. VALE and the simulated device only. */
  slots?: number;
  /** Bytes. Wires only. */
  bufferSize?: number;
}

/** A pair of ports that nobody else uses. */
export interface PortPair {
  readonly device: NativeDevice | undefined;
  readonly parent: string;
  readonly peer: string;
  /** What an application must ask for to be given the shape. */
  readonly wishes: Partial<RegisterRequest>;
  dispose(): void;
}

/** A netmap device, as far as the suite knows it. */
export interface Laboratory {
  readonly name: string;
  /** Why nothing is tried on it unless it is asked for by its name, if so. */
  readonly reserved: string | undefined;
  makePair(kind: Kind, shape: Shape): PortPair;
}

/** Where the kinds differ by right, on every device. */
export interface Traits {
  /** Flags of each slot of a received frame of that many slots, less MOREFRAG. */
  receivedFlags(slots: number): number;
}

const TRAITS: Record<Kind, Traits> = {
  // A switch writes the number of a frame's slots into the flags' high byte (netmap_bdg.c).
  VALE: { receivedFlags: (slots) => slots << 8 },
  pipe: { receivedFlags: () => 0 },
  wire: { receivedFlags: () => 0 },
};

export interface MonitorRequest {
  direction?: 'rx' | 'tx' | 'both';
  zeroCopy?: boolean;
  /** That NIC ring alone. */
  ring?: number;
  mode?: number;
  rxSlots?: number;
}

/** A scenario's ports, and all that it opens on them. */
export class Fixture {
  readonly parent: string;
  readonly peer: string;
  readonly device: NativeDevice | undefined;
  readonly traits: Traits;
  readonly #pair: PortPair;
  readonly #undo: (() => void)[] = [];
  #applications = 0;

  constructor(kind: Kind, pair: PortPair) {
    this.#pair = pair;
    this.parent = pair.parent;
    this.peer = pair.peer;
    this.device = pair.device;
    this.traits = TRAITS[kind];
  }

  /** Opens a port as an application. */
  open(name: string, request: Partial<RegisterRequest> = {}): Application {
    const port = this.#register({
      name,
      mode: Mode.AllNic,
      flags: 0,
      ...this.#pair.wishes,
      ...request,
    });
    return new Application(port, ++this.#applications);
  }

  /** Both ends as applications, the parent first. */
  openBoth(): [Application, Application] {
    return [this.open(this.parent), this.open(this.peer)];
  }

  monitor(name: string, request: MonitorRequest = {}): Receiver {
    const { direction = 'both', zeroCopy = false, ring, mode = Mode.AllNic, rxSlots } = request;
    let flags = zeroCopy ? RequestFlag.ZeroCopy : 0;
    if (direction !== 'rx') flags |= RequestFlag.MonitorTx;
    if (direction !== 'tx') flags |= RequestFlag.MonitorRx;
    return new Receiver(
      this.#register({
        name,
        flags,
        ...(ring === undefined ? { mode } : { mode: Mode.OneNic, ringId: ring }),
        ...(rxSlots === undefined ? {} : { rxSlots }),
      }),
    );
  }

  info(name: string): PortInfo {
    return binding().portInfo(name, this.device);
  }

  /** How frames of one slot each look to their receiver and to its monitors. */
  received(sequences: readonly number[], length = FRAME_LENGTH): Seen[] {
    const flags = this.traits.receivedFlags(1);
    return sequences.map((sequence) => ({ sequence, length, flags }));
  }

  /** What the scenario itself must undo; last first, and before its ports are closed. */
  atEnd(undo: () => void): void {
    this.#undo.push(undo);
  }

  dispose(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#pair.dispose();
  }

  #register(request: RegisterRequest): NativePort {
    const port = new (binding().Port)(request, this.device);
    this.#undo.push(() => {
      port.close();
    });
    return port;
  }
}
