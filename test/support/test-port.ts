import { binding, type NativePort } from '../../src/binding.js';

/** One netmap_slot and the bytes in its buffer. */
export interface Slot {
  bytes: Uint8Array;
  flags: number;
}

/** Uses a port slot by slot, as an application does. Errors are NmcapError, code NM_SYSTEM_CALL. */
export interface TestPort {
  /** Fills the next free slot of a tx ring; false when there is none. `flags`: netmap's NS_…. */
  put(txRing: number, bytes: Uint8Array, flags: number): boolean;
  /** What an rx ring held at the last sync, copied. */
  slots(rxRing: number): Slot[];
  /** Gives the first `count` slots of an rx ring back, at the next sync. */
  release(rxRing: number, count: number): void;
  /** Writes any head into an rx ring, as a program that shares its memory can. */
  spoil(rxRing: number, head: number): void;
  rxSync(): void;
  txSync(): void;
  /** poll(2) on this port alone: revents, 0 after the time. Blocks. */
  poll(events: number, timeoutMs: number): number;
}

/** What the addon of a clone has beyond the package's: see test/addon. */
interface TestBinding {
  TestPort: new (port: NativePort) => TestPort;
}

export function testPort(port: NativePort): TestPort {
  const { TestPort } = binding() as unknown as TestBinding;
  return new TestPort(port);
}
