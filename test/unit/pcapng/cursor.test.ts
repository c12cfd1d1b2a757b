import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { PacketCursor } from '../../../src/pcapng/cursor.js';
import { Direction } from '../../../src/pcapng/direction.js';
import type { Interface, Section } from '../../../src/pcapng/section.js';
import { ETHERNET, packetBlock, simplePacketBlock, unknownBlock } from '../../support/savefile.js';

const MAX_UINT64 = (1n << 64n) - 1n;

/** The cursor on the first packet of these little-endian blocks. */
function cursorOn(blocks: Uint8Array, ticksPerSecond = 1_000_000n): PacketCursor {
  const cursor = new PacketCursor();
  cursor.reset(blocks, { byteOrder: 'little', interfaces: [{ ...ETHERNET, ticksPerSecond }] });
  assert.ok(cursor.next());
  return cursor;
}

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

describe('the time of a packet', () => {
  const clocks = [1n, 1000n, 1024n, 1_000_000n, 10_000_000n, 1_000_000_000n, 1n << 32n, 10n ** 18n];
  for (const ticksPerSecond of clocks) {
    it(`is exact at ${ticksPerSecond} ticks a second, whatever the ticks`, () => {
      const near = fc
        .tuple(
          fc.bigInt({ min: 0n, max: MAX_UINT64 / ticksPerSecond }),
          fc.integer({ min: -2, max: 2 }),
        )
        .map(([seconds, off]) => BigInt.asUintN(64, seconds * ticksPerSecond + BigInt(off)));
      const any = fc.bigInt({ min: 0n, max: MAX_UINT64 });
      const sound = fc.oneof(near, any).filter((ticks) => ticks !== MAX_UINT64);
      fc.assert(
        fc.property(sound, (ticks) => {
          const cursor = cursorOn(packetBlock('little', { ticks }), ticksPerSecond);
          assert.equal(cursor.seconds, Number(ticks / ticksPerSecond));
          const rest = (ticks % ticksPerSecond) * 1_000_000_000n;
          assert.equal(cursor.nanoseconds, Number(rest / ticksPerSecond));
        }),
      );
    });
  }
});

describe('a packet without a time', () => {
  it('is a simple one, or one whose ticks no clock has', () => {
    const cursor = new PacketCursor();
    const section: Section = { byteOrder: 'big', interfaces: [{ ...ETHERNET, snapshotLength: 6 }] };
    const blocks = Buffer.concat([
      packetBlock('big', { flags: 1, queue: 3, comments: ['one'] }),
      simplePacketBlock('big', Uint8Array.of(1, 2, 3, 4, 5, 6), 60),
      packetBlock('big', { ticks: MAX_UINT64 }),
      packetBlock('big', { ticks: MAX_UINT64 - 1n }),
    ]);
    cursor.reset(blocks, section);
    const seen: unknown[] = [];
    while (cursor.next()) {
      const { hasTime, capturedLength, originalLength, direction, ring, comment } = cursor;
      seen.push([hasTime, capturedLength, originalLength, direction, ring, comment]);
    }
    assert.deepEqual(seen, [
      [true, 5, 5, 1, 3, 'one'],
      [false, 6, 60, 0, undefined, undefined],
      [false, 5, 5, 0, undefined, undefined],
      [true, 5, 5, 0, undefined, undefined],
    ]);
  });
});

describe('the FCS of a packet', () => {
  it("is what its flags say, or its interface's", () => {
    const of = (flags: number | undefined, fcsLength: number | undefined) => {
      const cursor = new PacketCursor();
      cursor.reset(packetBlock('little', { flags }), {
        byteOrder: 'little',
        interfaces: [{ ...ETHERNET, fcsLength }],
      });
      assert.ok(cursor.next());
      return cursor.fcsLength;
    };
    assert.equal(of(undefined, undefined), undefined);
    assert.equal(of(1, undefined), undefined);
    assert.equal(of(1, 0), 0);
    assert.equal(of(1, 4), 4);
    assert.equal(of((4 << 5) | 2, undefined), 4);
    assert.equal(of(2 << 5, 4), 2);
  });
});

describe('the comment of a packet', () => {
  it('is not there, or is all its comments', () => {
    assert.equal(cursorOn(packetBlock('little', { flags: 1 })).comment, undefined);
    assert.equal(cursorOn(packetBlock('little', { comments: [''] })).comment, '');
    const two = packetBlock('little', { flags: 2, comments: ['größer', 'second'] });
    assert.equal(cursorOn(two).comment, 'größer\nsecond');
  });

  it('is not the one of the packet before', () => {
    const blocks = [packetBlock('little', { comments: ['first'] }), packetBlock('little')];
    const cursor = cursorOn(Buffer.concat(blocks));
    assert.equal(cursor.comment, 'first');
    assert.ok(cursor.next());
    assert.equal(cursor.comment, undefined);
  });
});

describe('other blocks', () => {
  it('are stepped over', () => {
    const other = unknownBlock('little', Uint8Array.of(1));
    const cursor = cursorOn(Buffer.concat([other, packetBlock('little'), other]));
    assert.equal(cursor.blockStart, other.length);
    assert.equal(cursor.next(), false);
  });
});
