import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { binding } from '../../../src/binding.js';
import { ZstdInput } from '../../../src/savefile/zstd-input.js';
import { memoryInput, ownFile, readBytes } from '../../support/savefile.js';

/** Bytes that do not repeat, so that a frame of them has blocks as long as they get. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

async function frame(bytes: Uint8Array): Promise<Uint8Array> {
  return new (binding().Compressor)('zstd').compress(bytes, true);
}

/** All that is read, in portions of any size, and the error that ended it. */
async function readAll(compressed: Uint8Array, portion: number, room = 100_000) {
  const input = new ZstdInput(memoryInput(compressed, portion));
  const pieces: Uint8Array[] = [];
  const into = new Uint8Array(room);
  try {
    for (let count; (count = await input.read(into)) > 0;) pieces.push(into.slice(0, count));
    return { bytes: Buffer.concat(pieces), error: undefined };
  } catch (error) {
    return { bytes: Buffer.concat(pieces), error };
  }
}

describe('zstd-compressed input', () => {
  const pieces = [noise(400_000, 1), new Uint8Array(300_000), noise(10, 2)];

  it('is the same in portions of any size', async () => {
    const compressed = Buffer.concat(await Promise.all(pieces.map(frame)));
    for (const portion of [1, 7, 4096, compressed.length]) {
      const { bytes, error } = await readAll(compressed, portion);
      assert.equal(error, undefined);
      assert.ok(bytes.equals(Buffer.concat(pieces)));
    }
  });

  it('is read up to where it is cut off', async () => {
    const frames = await Promise.all(pieces.map(frame));
    const [first = new Uint8Array(0)] = frames;
    const whole = Buffer.concat(frames);
    assert.equal((await readAll(whole.subarray(0, first.length), 4096)).error, undefined);
    for (const [cut, least] of [
      [first.length + 1, 400_000],
      [300_000, 2 * 131_072],
      [first.length - 1, 3 * 131_072],
    ] as const) {
      const { bytes, error } = await readAll(whole.subarray(0, cut), 4096);
      assert.match(String(error), /inside of a frame/);
      assert.ok(bytes.length >= least, `${bytes.length} of ${least}`);
      assert.ok(bytes.equals(Buffer.concat(pieces).subarray(0, bytes.length)));
    }
  });

  it('is read up to the block that is damaged', async () => {
    const damaged = Buffer.from(await frame(pieces[0] ?? new Uint8Array(0)));
    // The header of the third block, which says now that it is of a kind that there is none of.
    const at = damaged.length - 4 - (400_000 - 2 * 131_072) - 6;
    damaged.fill(0xff, at, at + 3);
    const { bytes, error } = await readAll(damaged, 1 << 20, 1 << 20);
    assert.ok(error instanceof Error);
    assert.ok(bytes.length >= 131_072);
    assert.ok(bytes.equals(Buffer.from(pieces[0] ?? []).subarray(0, bytes.length)));
  });

  it('is recognised as a savefile', async () => {
    const plain = ownFile('little');
    const { packets, error } = await readBytes(await frame(plain));
    assert.equal(error, undefined);
    assert.deepEqual(packets, (await readBytes(plain)).packets);
  });

  it('is never an endless loop or a crash, whatever it is', async () => {
    const compressed = await frame(ownFile('little'));
    for (let i = 0; i < 300; i++) {
      const mutated = Buffer.from(compressed);
      const random = noise(4, i);
      const at = ((random[0] ?? 0) * 256 + (random[1] ?? 0)) % mutated.length;
      mutated[at] = (mutated[at] ?? 0) ^ (random[2] ?? 0);
      await readAll(mutated, 1 + (random[3] ?? 0));
    }
  });
});
