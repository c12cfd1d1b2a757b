import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { PacketCursor } from '../../../src/pcapng/cursor.js';
import { ETHERNET, packetBlock, unknownBlock } from '../../support/savefile.js';

const MAX_UINT64 = (1n << 64n) - 1n;

/** The cursor on the first packet of these little-endian blocks. */
function cursorOn(blocks: Uint8Array, ticksPerSecond = 1_000_000n): PacketCursor {
  const cursor = new PacketCursor();
  cursor.reset(blocks, { byteOrder: 'little', interfaces: [{ ...ETHERNET, ticksPerSecond }] });
  assert.ok(cursor.next());
  return cursor;
}

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
      fc.assert(
        fc.property(fc.oneof(near, any), (ticks) => {
          const cursor = cursorOn(packetBlock('little', { ticks }), ticksPerSecond);
          assert.equal(cursor.seconds, Number(ticks / ticksPerSecond));
          const rest = (ticks % ticksPerSecond) * 1_000_000_000n;
          assert.equal(cursor.nanoseconds, Number(rest / ticksPerSecond));
        }),
      );
    });
  }
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
