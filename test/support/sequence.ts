import assert from 'node:assert/strict';

import { PacketCursor } from '../../src/pcapng/cursor.js';
import { openSavefile } from '../../src/savefile/open.js';

/** Where a frame of the simulation's load carries its number, a big-endian u64 (native/sim/load.cc). */
const SEQUENCE_OFFSET = 42;

export interface LoadFile {
  readonly packets: number;
  /** Microseconds since 1970. */
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a file of the simulation's load. `visit` is given each packet, the number in its frame, and the
 * interface, ring and direction by which frames are numbered. `isCutOff`: what follows the last whole
 * packet is no error.
 */
export async function readLoad(
  path: string,
  visit: (packet: PacketCursor, number: number, stream: string) => void,
  isCutOff = false,
): Promise<LoadFile> {
  const source = await openSavefile(path);
  const cursor = new PacketCursor();
  let packets = 0;
  let first = Infinity;
  let last = -Infinity;
  const batches = source.batches(new AbortController().signal)[Symbol.asyncIterator]();
  for (;;) {
    const next = await batches.next().catch((error: unknown) => {
      if (!isCutOff) throw error;
      return { done: true as const, value: undefined };
    });
    if (next.done === true) break;
    const batch = next.value;
    const view = new DataView(batch.bytes.buffer, batch.bytes.byteOffset);
    cursor.reset(batch.bytes, batch.section);
    while (cursor.next()) {
      const at = cursor.dataOffset + SEQUENCE_OFFSET;
      const number = view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
      visit(cursor, number, `${cursor.interfaceId} ${cursor.ring ?? 0} ${cursor.direction}`);
      const time = cursor.seconds * 1e6 + Math.floor(cursor.nanoseconds / 1000);
      first = Math.min(first, time);
      last = Math.max(last, time);
      packets++;
    }
    batch.release();
  }
  source.close();
  return { packets, first, last };
}

/**
 * Checks files of the simulation's load one after the other: of each interface, ring and direction,
 * the numbers of the frames must rise by one from each packet to the next.
 */
export class SequenceCheck {
  readonly #next = new Map<string, number>();
  packets = 0;
  /** Numbers that are not there between those that are. */
  missing = 0;

  async add(path: string, isCutOff = false): Promise<LoadFile> {
    const visit = (_: PacketCursor, number: number, stream: string): void => {
      const expected = this.#next.get(stream) ?? 0;
      assert.ok(number >= expected, `${path}: ${stream}: ${number} after ${expected - 1}`);
      this.missing += number - expected;
      this.#next.set(stream, number + 1);
    };
    const file = await readLoad(path, visit, isCutOff);
    this.packets += file.packets;
    return file;
  }
}
