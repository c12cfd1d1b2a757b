import type { NativePort } from '../../src/binding.js';
import { type TestPort, testPort } from '../support/test-port.js';
import { address, BROADCAST, type Ends, frame, FRAME_LENGTH, type Seen, seen } from './frame.js';

/** Frames on a real wire arrive when they do; a busy machine may take long over them. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 2;

/** Sleeps until `condition` holds or patience ends; the caller's assertion tells which. */
export function waitFor(condition: () => boolean): void {
  const end = performance.now() + PATIENCE_MS;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (!condition() && performance.now() < end) Atomics.wait(cell, 0, 0, PAUSE_MS);
}

/** The receiving half of a registered port: an application's, or a monitor. */
export class Receiver {
  readonly slots: TestPort;

  constructor(readonly port: NativePort) {
    this.slots = testPort(port);
  }

  sync(): void {
    this.slots.rxSync();
  }

  /** What is in a ring after a sync, as soon as there are `count` slots. Nothing is released. */
  look(count = 0, ring = 0): Seen[] {
    this.sync();
    if (count > 0) {
      waitFor(() => {
        if (this.visible(ring).length >= count) return true;
        this.sync();
        return false;
      });
    }
    return this.visible(ring);
  }

  /** What is in a ring as of the last sync. */
  visible(ring = 0): Seen[] {
    return this.slots.slots(ring).map(seen);
  }

  /** Gives slots back; the kernel learns of it at the next sync. */
  release(count: number, ring = 0): void {
    this.slots.release(ring, count);
  }

  /** Takes everything out of a ring, as soon as there are `count` slots, and syncs that back. */
  take(count = 0, ring = 0): Seen[] {
    const frames = this.look(count, ring);
    this.release(frames.length, ring);
    this.sync();
    return frames;
  }
}

export interface Outgoing {
  ring?: number;
  /** Bytes, without FCS. */
  length?: number;
  /** netmap_slot.flags */
  flags?: number;
  to?: Uint8Array;
}

/** A program that uses a port. */
export class Application extends Receiver {
  readonly address: Uint8Array;

  /** `number` tells its MAC address. */
  constructor(port: NativePort, number: number) {
    super(port);
    this.address = address(number);
  }

  /** Fills a tx slot for each; nothing is sent before the next sync. */
  put(sequences: readonly number[], outgoing: Outgoing = {}): void {
    const { ring = 0, length = FRAME_LENGTH, flags = 0, to = BROADCAST } = outgoing;
    const ends: Ends = { from: this.address, to };
    for (const sequence of sequences) {
      if (!this.slots.put(ring, frame(sequence, ends, length), flags)) {
        throw new Error(`no free tx slot for frame ${sequence}`);
      }
    }
  }

  /** Sends all in one sync. */
  send(sequences: readonly number[], outgoing: Outgoing = {}): void {
    this.put(sequences, outgoing);
    this.slots.txSync();
  }
}
