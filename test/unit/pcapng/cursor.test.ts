import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PacketCursor } from '../../../src/pcapng/cursor.js';
import { Direction } from '../../../src/pcapng/direction.js';
import type { Interface, Section } from '../../../src/pcapng/section.js';

const ETHERNET: Interface = {
  linkType: 1,
  snapshotLength: 0,
  ticksPerSecond: 1_000_000n,
  secondsOffset: 0n,
};

/** One enhanced packet block with a 5-byte frame, epb_flags and epb_queue. */
function block(little: boolean, ticks: bigint, flags: number): Uint8Array {
  const bytes = new Uint8Array(28 + 8 + 8 + 8 + 4 + 4);
  const view = new DataView(bytes.buffer);
  const words = [6, bytes.length, 0, Number(ticks >> 32n), Number(ticks & 0xffffffffn), 5, 9];
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, little);
  });
  bytes.set([1, 2, 3, 4, 5], 28);
  view.setUint16(36, 2, little);
  view.setUint16(38, 4, little);
  view.setUint32(40, flags, little);
  view.setUint16(44, 6, little);
  view.setUint16(46, 4, little);
  view.setUint32(48, 3, little);
  view.setUint32(56, bytes.length, little);
  return bytes;
}

describe('PacketCursor', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    it(`reads every field of a ${byteOrder}-endian batch`, () => {
      const section: Section = { byteOrder, interfaces: [ETHERNET] };
      const little = byteOrder === 'little';
      const ticks = 1_700_000_000_123_456n;
      const bytes = new Uint8Array([...block(little, ticks, 1), ...block(little, ticks, 2)]);
      const cursor = new PacketCursor();
      cursor.reset(bytes, section);

      assert.ok(cursor.next());
      assert.equal(cursor.seconds, 1_700_000_000);
      assert.equal(cursor.nanoseconds, 123_456_000);
      assert.equal(cursor.capturedLength, 5);
      assert.equal(cursor.originalLength, 9);
      assert.equal(cursor.direction, Direction.Inbound);
      assert.equal(cursor.ring, 3);
      assert.deepEqual(
        [...cursor.bytes.subarray(cursor.dataOffset, cursor.dataOffset + 5)],
        [1, 2, 3, 4, 5],
      );
      assert.ok(cursor.next());
      assert.equal(cursor.direction, Direction.Outbound);
      assert.equal(cursor.next(), false);
    });
  }

  it('keeps nanoseconds, and applies the offset of the interface', () => {
    const clock: Interface = { ...ETHERNET, ticksPerSecond: 1_000_000_000n, secondsOffset: -3600n };
    const cursor = new PacketCursor();
    cursor.reset(block(true, 1_700_000_000_123_456_789n, 0), {
      byteOrder: 'little',
      interfaces: [clock],
    });
    assert.ok(cursor.next());
    assert.equal(cursor.seconds, 1_699_996_400);
    assert.equal(cursor.nanoseconds, 123_456_789);
    assert.equal(cursor.direction, Direction.Unknown);
  });
});
