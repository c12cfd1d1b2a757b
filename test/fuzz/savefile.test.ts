import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';

import { binding } from '../../src/binding.js';
import { NmcapError } from '../../src/errors.js';
import {
  LengthOrder,
  type PcapFile,
  readPcapHeader,
  writePcapHeader,
} from '../../src/pcap/header.js';
import { convertedLimit, convertRecords } from '../../src/pcap/reader.js';
import { BlockType } from '../../src/pcapng/block.js';
import { BlockBuilder } from '../../src/pcapng/block-builder.js';
import { parse } from '../../src/pcapng/reader.js';
import type { Section } from '../../src/pcapng/section.js';
import { interfaceDescriptions, sectionPreamble } from '../../src/pcapng/writer.js';
import { openInput } from '../../src/savefile/open.js';
import { LAYOUTS, variantFile } from '../support/pcap-variant.js';
import {
  ETHERNET,
  memoryInput,
  ownFile,
  packetBlock,
  readAll,
  type ReadResult,
  unknownBlock,
} from '../support/savefile.js';

/** How many files each property is tried with. */
const numRuns = Number(process.env['NMCAP_FUZZ_RUNS'] ?? 10_000);

const byteOrder = fc.constantFrom('little' as const, 'big' as const);
const data = fc.uint8Array({ maxLength: 40 });

const wellFormedPcapng = byteOrder.chain((order) => {
  const section: Section = { byteOrder: order, application: 'nmcap', interfaces: [ETHERNET] };
  const named: Section = { byteOrder: order, interfaces: [{ ...ETHERNET, name: 'em1' }] };
  const block = fc.oneof(
    data.map((bytes) => packetBlock(order, { data: bytes, flags: 2, comments: ['c'] })),
    data.map((bytes) => unknownBlock(order, bytes)),
    data.map((bytes) =>
      new BlockBuilder(BlockType.SimplePacket, order).uint32(bytes.length).bytes(bytes).build(),
    ),
    fc.constant(sectionPreamble(section)),
    fc.constant(interfaceDescriptions(named, 0)),
  );
  return fc
    .array(block, { maxLength: 8 })
    .map((blocks) => Buffer.concat([sectionPreamble(section), ...blocks]));
});

const wellFormedPcap = fc
  .tuple(byteOrder, fc.constantFrom(1_000_000 as const, 1_000_000_000 as const), fc.array(data))
  .map(([order, ticksPerSecond, packets]) => {
    const header = { byteOrder: order, ticksPerSecond, snapshotLength: 100, linkType: 1 };
    const records = packets.flatMap((bytes) => {
      const record = new DataView(new ArrayBuffer(16));
      [1_700_000_000, 5, bytes.length, 60].forEach((word, i) => {
        record.setUint32(4 * i, word, order === 'little');
      });
      return [new Uint8Array(record.buffer), bytes];
    });
    return Buffer.concat([writePcapHeader(header), ...records]);
  });

/** Of every layout, with packets that are recognised and others. */
const variantPcap = fc
  .tuple(
    fc.constantFrom(...LAYOUTS),
    byteOrder,
    fc.array(fc.tuple(fc.boolean(), fc.uint8Array({ minLength: 20, maxLength: 40 }))),
  )
  .map(([layout, order, packets]) =>
    variantFile(
      layout,
      packets.map(([isIp, bytes]) => {
        if (isIp) bytes.set([0x08, 0x00], 12);
        return bytes;
      }),
      { byteOrder: order },
    ),
  );

/** Words that lengths, ids and types are most sensitive to. */
const nastyWord = fc.oneof(
  fc.constantFrom(0, 1, 4, 12, 28, 32, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, 1 << 24),
  fc.nat({ max: 255 }),
  fc.constantFrom(...Object.values(BlockType)),
);

/** A file that was sound before words were written over it and it was cut off. */
const damaged = fc
  .tuple(
    fc.oneof(wellFormedPcapng, wellFormedPcap, variantPcap),
    fc.array(fc.tuple(fc.nat(), nastyWord, fc.boolean()), { maxLength: 3 }),
    fc.option(fc.nat()),
  )
  .map(([file, changes, end]) => {
    const bytes = Buffer.from(file);
    for (const [place, word, little] of changes) {
      const at = (place % (bytes.length / 4)) & ~3;
      if (little) bytes.writeUInt32LE(word, at);
      else bytes.writeUInt32BE(word, at);
    }
    return bytes.subarray(0, end === null ? bytes.length : end % (bytes.length + 1));
  });

/** Compressed, with bits turned over. */
const damagedGzip = fc
  .tuple(
    fc.oneof(wellFormedPcapng, wellFormedPcap),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { maxLength: 2 }),
  )
  .map(([file, changes]) => {
    const bytes = gzipSync(file);
    for (const [place, bit] of changes) {
      const at = place % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
    }
    return bytes;
  });

const anyFile = fc.oneof(
  { weight: 8, arbitrary: damaged },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  { weight: 1, arbitrary: damaged.map((bytes) => gzipSync(bytes)) },
  { weight: 1, arbitrary: damagedGzip },
);

interface Outcome extends Omit<ReadResult, 'error'> {
  readonly fault: string;
}

/** What reading shows; the only error that it may end with is the one for users. */
async function read(file: Uint8Array, portion: number, slab: number): Promise<Outcome> {
  try {
    const source = await openInput(memoryInput(file, portion), 'savefile', {
      slabInputLength: slab,
    });
    const { error, ...result } = await readAll(source);
    return { ...result, fault: faultOf(error) };
  } catch (error) {
    return { packets: [], rewritten: new Uint8Array(0), fault: faultOf(error) };
  }
}

function faultOf(error: unknown): string {
  if (error === undefined) return '';
  assert.ok(error instanceof NmcapError);
  return `${error.code} ${error.message}`;
}

describe('reading a savefile', () => {
  it('is the same in any portions, of any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFile,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 16, max: 200 }),
        async (file, portion, slab) => {
          const whole = await read(file, file.length, 1 << 16);
          assert.deepEqual(await read(file, portion, slab), whole);
        },
      ),
      { numRuns },
    );
  });

  it('keeps every packet of a sound file, which is the same when it was written again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(wellFormedPcapng, wellFormedPcap), async (file) => {
        const first = await read(file, file.length, 1 << 12);
        assert.equal(first.fault, '');
        const second = await read(first.rewritten, 50, 64);
        assert.deepEqual(second.packets, first.packets);
        assert.deepEqual(Buffer.from(second.rewritten), Buffer.from(first.rewritten));
      }),
      { numRuns },
    );
  });

  it('inflates what was deflated', async () => {
    await fc.assert(
      fc.asyncProperty(wellFormedPcapng, fc.integer({ min: 1, max: 64 }), async (file, portion) => {
        const compressed = gzipSync(file);
        assert.deepEqual(gunzipSync(compressed), file);
        const plain = await read(file, file.length, 1 << 12);
        assert.deepEqual(await read(compressed, portion, 1 << 12), plain);
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });
});

describe('parse', () => {
  const section: Section = { byteOrder: 'little', interfaces: [ETHERNET] };
  const block = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    damaged.map((file) => file.subarray(file.length > 40 ? 68 : 0)),
    fc.constant(ownFile('little').subarray(28)),
  );

  it('consumes some of the bytes, needs more, or refuses them; always whole words', () => {
    fc.assert(
      fc.property(block, fc.boolean(), (bytes, within) => {
        const parsed = parse(bytes, within ? section : undefined);
        if (parsed.kind === 'malformed') assert.notEqual(parsed.reason, '');
        else if (parsed.kind === 'incomplete') assert.ok(parsed.needed > bytes.length);
        else assert.ok(parsed.length > 0 && parsed.length <= bytes.length);
      }),
      { numRuns },
    );
  });
});

const PLAIN: PcapFile = {
  byteOrder: 'little',
  ticksPerSecond: 1_000_000,
  snapshotLength: 0,
  linkType: 1,
  headerLength: 24,
  recordHeaderLength: 16,
  lengthOrder: LengthOrder.CapturedFirst,
  mayBeVariant: false,
};

describe('convertRecords', () => {
  it('takes whole records only, and stays within its limit', () => {
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        const header = bytes.length < 24 ? 'too short' : readPcapHeader(bytes);
        const file = typeof header === 'string' ? PLAIN : header;
        const records = typeof header === 'string' ? bytes : bytes.subarray(header.headerLength);
        const from = convertedLimit(records.length);
        const memory = new Uint8Array(from + records.length);
        memory.set(records, from);
        const { consumed, produced, packetCount, stop } = convertRecords(
          memory,
          { from, end: memory.length, out: 0 },
          file,
          new (binding().Selection)(),
          Number.MAX_SAFE_INTEGER,
        );
        assert.deepEqual(Buffer.from(memory.subarray(from)), Buffer.from(records));
        assert.ok(consumed >= 16 * packetCount && consumed <= records.length);
        assert.ok(produced <= convertedLimit(consumed));
        if ('needed' in stop) assert.ok(stop.needed > records.length - consumed);
      }),
      { numRuns },
    );
  });
});
