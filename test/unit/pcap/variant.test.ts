import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type PcapFile, readPcapHeader } from '../../../src/pcap/header.js';
import { guessVariant } from '../../../src/pcap/variant.js';
import { openInput } from '../../../src/savefile/open.js';
import { conversation } from '../../../src/sim/conversation.js';
import { type Layout, LAYOUTS, variantFile } from '../../support/pcap-variant.js';
import { memoryInput, readAll, readBytes } from '../../support/savefile.js';

const FRAMES = conversation({ seed: 5, rings: 1 })
  .slice(0, 6)
  .map(({ bytes }) => bytes);
const hex = (frames: readonly Uint8Array[]) =>
  frames.map((frame) => Buffer.from(frame).toString('hex'));

function guess(file: Uint8Array, length: number, ended: boolean): number | { needed: number } {
  const header = readPcapHeader(file);
  assert.ok(typeof header !== 'string');
  const found = guessVariant(header, file.subarray(24, 24 + length), ended);
  return 'needed' in found ? found : found.recordHeaderLength;
}

describe('a pcap file whose variant has no magic number of its own', () => {
  for (const layout of LAYOUTS) {
    for (const byteOrder of ['little', 'big'] as const) {
      it(`is read in any portions: ${layout.name}, ${byteOrder}-endian`, async () => {
        for (const frames of [FRAMES, FRAMES.slice(0, 1), FRAMES.slice(0, 2)]) {
          const bytes = variantFile(layout, frames, { byteOrder });
          for (const portion of [1, 7, bytes.length]) {
            const source = await openInput(memoryInput(bytes, portion), 'x', {
              slabInputLength: 64,
            });
            const { packets, error } = await readAll(source);
            assert.equal(error, undefined);
            assert.deepEqual(
              packets.map(({ data }) => data),
              hex(frames),
            );
          }
        }
      });

      it(`may have raw IP packets: ${layout.name}, ${byteOrder}-endian`, async () => {
        const frames = FRAMES.map((frame) => frame.subarray(14)).filter(
          ([first = 0]) => first >> 4 === 4 || first >> 4 === 6,
        );
        assert.ok(frames.length > 1);
        const file = variantFile(layout, frames, { byteOrder, linkType: 101 });
        const { packets } = await readBytes(file);
        assert.deepEqual(
          packets.map(({ data }) => data),
          hex(frames),
        );
      });
    }
  }
});

describe('guessVariant', () => {
  const [usual, kuznetzov] = LAYOUTS;

  it('needs of a usual file no more than its first record', () => {
    for (const layout of [usual, kuznetzov]) {
      const file = variantFile(layout, FRAMES);
      const record = layout.recordHeader + (FRAMES[0]?.length ?? 0);
      assert.equal(guess(file, record, false), layout.recordHeader);
      for (let length = 0; length < record; length++) {
        const found = guess(file, length, false);
        if (typeof found === 'object') assert.ok(found.needed > length && found.needed <= record);
      }
    }
  });

  it('needs of short packets, and of those that it does not know, no more than these', () => {
    for (let length = 0; length < 80; length++) {
      const file = variantFile(usual, [new Uint8Array(length).fill(0x42), ...FRAMES]);
      assert.equal(guess(file, usual.recordHeader + length, false), usual.recordHeader);
    }
  });

  it('waits for the second header where the first record looks like that of a variant', () => {
    for (const layout of LAYOUTS.slice(2)) {
      const file = variantFile(layout, FRAMES);
      const second = layout.recordHeader + (FRAMES[0]?.length ?? 0) + 16;
      const found = guess(file, second - 1, false);
      assert.ok(typeof found === 'object' && found.needed >= second);
      // Of the two that are thought of, the longer one's.
      assert.ok(found.needed <= second + 4);
      assert.equal(guess(file, found.needed, false), layout.recordHeader);
      assert.equal(guess(file, second - 16, true), layout.recordHeader);
    }
  });

  it('never gives up the usual layout where the second record is in its place', () => {
    // A packet that looks like eight bytes of ss990417's and an IPv4 packet after them.
    const odd = new Uint8Array(80);
    odd.set([2, 0, 0, 0, 0, 8, 0, 0]);
    odd.set([0x08, 0x00, 0x45], 20);
    // And one that makes a header of it eight bytes later, where ss990417 would have it.
    const next = new Uint8Array(60);
    next.set([10, 0, 0, 0, 20]);
    const file = variantFile(usual, [odd, next, ...FRAMES]);
    assert.equal(guess(file, file.length, true), usual.recordHeader);
    // And not where there is no second record either.
    assert.equal(guess(variantFile(usual, [odd]), 1000, true), usual.recordHeader);
    const cut = file.subarray(0, 24 + 16 + 50);
    assert.equal(guess(cut, 1000, true), usual.recordHeader);
  });

  it('changes no file of another magic number or version', () => {
    const file = variantFile(LAYOUTS[2] ?? usual, FRAMES);
    const records = file.subarray(24);
    for (const [at, bytes] of [
      [0, [0x4d, 0x3c, 0xb2, 0xa1]],
      [6, [3]],
    ] as const) {
      const changed = Uint8Array.from(file);
      changed.set(bytes, at);
      const header = readPcapHeader(changed) as PcapFile;
      assert.equal(guessVariant(header, records, true), header);
    }
  });
});

describe("AIX's FDDI", () => {
  it('has frames without the padding before them', async () => {
    const file = variantFile(
      usual16(),
      FRAMES.map((frame) => Buffer.concat([Buffer.alloc(3), frame])),
    );
    file.set([2, 0, 2, 0], 4);
    file[20] = 15;
    const { packets, error } = await readBytes(file);
    assert.equal(error, undefined);
    assert.deepEqual(
      packets.map(({ data, originalLength }) => [data, originalLength]),
      FRAMES.map((frame) => [Buffer.from(frame).toString('hex'), frame.length]),
    );
    // A record that is shorter than the padding is damaged.
    const short = Uint8Array.from(file);
    short.set([2, 0, 0, 0, 2, 0, 0, 0], 32);
    assert.match(String((await readBytes(short)).error), /is damaged at byte 24: a packet of/);
  });

  function usual16(): Layout {
    return LAYOUTS[0];
  }
});
