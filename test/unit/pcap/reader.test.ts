import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { binding } from '../../../src/binding.js';
import {
  LengthOrder,
  type PcapFile,
  type PcapHeader,
  readPcapHeader,
  writePcapHeader,
} from '../../../src/pcap/header.js';
import { convertedLimit, convertRecords } from '../../../src/pcap/reader.js';
import { packetBlock } from '../../support/savefile.js';

const MICROSECONDS: PcapHeader = {
  byteOrder: 'little',
  ticksPerSecond: 1_000_000,
  snapshotLength: 0x40000,
  linkType: 1,
};

const LAYOUT = {
  headerLength: 24,
  recordHeaderLength: 16,
  lengthOrder: LengthOrder.CapturedFirst,
  mayBeVariant: false,
};

function record(byteOrder: 'little' | 'big', words: readonly number[], data: Uint8Array): Buffer {
  const header = new DataView(new ArrayBuffer(16));
  words.forEach((word, i) => {
    header.setUint32(4 * i, word, byteOrder === 'little');
  });
  return Buffer.concat([new Uint8Array(header.buffer), data]);
}

/** Converts records in memory that was used before. */
function convert(
  records: Uint8Array,
  file: PcapHeader & Partial<PcapFile>,
): ReturnType<typeof convertRecords> & { blocks: Buffer } {
  const from = convertedLimit(records.length);
  const memory = new Uint8Array(from + records.length).fill(0xee);
  memory.set(records, from);
  const conversion = convertRecords(
    memory,
    { from, end: memory.length, out: 0 },
    { ...LAYOUT, ...file },
    new (binding().Selection)(),
    Number.MAX_SAFE_INTEGER,
  );
  return { ...conversion, blocks: Buffer.from(memory.subarray(0, conversion.produced)) };
}

describe('the pcap file header', () => {
  const headers: [hex: string, PcapHeader][] = [
    ['d4c3b2a1020004000000000000000000' + '00000400' + '01000000', MICROSECONDS],
    [
      'a1b23c4d000200040000000000000000' + '00000060' + '00000071',
      { byteOrder: 'big', ticksPerSecond: 1_000_000_000, snapshotLength: 96, linkType: 113 },
    ],
  ];
  for (const [hex, header] of headers) {
    it(`reads and writes ${hex.slice(0, 8)}`, () => {
      assert.deepEqual(readPcapHeader(Buffer.from(hex, 'hex')), {
        ...LAYOUT,
        ...header,
        fcsLength: undefined,
        mayBeVariant: header.ticksPerSecond === 1_000_000,
      });
      assert.equal(Buffer.from(writePcapHeader(header)).toString('hex'), hex);
    });
  }

  it('reads and writes the length of the FCS', () => {
    const bytes = writePcapHeader(MICROSECONDS).with(23, 0x24);
    assert.deepEqual(writePcapHeader({ ...MICROSECONDS, fcsLength: 4 }), bytes);
    assert.deepEqual(readPcapHeader(bytes), {
      ...LAYOUT,
      ...MICROSECONDS,
      fcsLength: 4,
      mayBeVariant: true,
    });
  });

  it('is not recognised without its magic', () => {
    assert.equal(typeof readPcapHeader(new Uint8Array(24)), 'string');
  });

  /** A header as readPcapHeader() shows it, of the words that it may vary in. */
  function variant(magic: number, major: number, minor: number, link: number, snapshot = 96) {
    return (['little', 'big'] as const).map((byteOrder) => {
      const view = new DataView(new ArrayBuffer(24));
      const little = byteOrder === 'little';
      view.setUint32(0, magic, little);
      view.setUint16(4, major, little);
      view.setUint16(6, minor, little);
      view.setUint32(16, snapshot, little);
      view.setUint32(20, link, little);
      return { byteOrder, header: readPcapHeader(new Uint8Array(view.buffer)) };
    });
  }

  for (const [what, words, expected] of [
    ['version 2.0', [0xa1b2c3d4, 2, 0, 1], { lengthOrder: LengthOrder.OriginalFirst }],
    ['version 2.2', [0xa1b2c3d4, 2, 2, 1], { lengthOrder: LengthOrder.OriginalFirst }],
    ['version 2.3', [0xa1b2c3d4, 2, 3, 1], { lengthOrder: LengthOrder.SmallerFirst }],
    ["DG/UX's 543.0", [0xa1b2c3d4, 543, 0, 1], { lengthOrder: LengthOrder.OriginalFirst }],
    ["Kuznetzov's records", [0xa1b2cd34, 2, 4, 1], { recordHeaderLength: 24, snapshotLength: 110 }],
    [
      "Kuznetzov's, not Ethernet",
      [0xa1b2cd34, 2, 4, 113],
      { recordHeaderLength: 24, linkType: 113 },
    ],
    [
      "Ixia's hardware captures",
      [0x1c0001ac, 2, 4, 1],
      { headerLength: 28, ticksPerSecond: 1_000_000_000 },
    ],
    ["Ixia's software captures", [0x1c0001ab, 2, 4, 1], { headerLength: 28 }],
    [
      "AIX's link types",
      [0xa1b2c3d4, 2, 2, 6],
      { ticksPerSecond: 1_000_000_000, lengthOrder: LengthOrder.OriginalFirst },
    ],
    [
      "AIX's FDDI, whose frames are padded",
      [0xa1b2c3d4, 2, 2, 15],
      {
        ticksPerSecond: 1_000_000_000,
        linkType: 10,
        recordHeaderLength: 19,
        lengthOrder: LengthOrder.Padded,
      },
    ],
    ['no snapshot length', [0xa1b2c3d4, 2, 4, 1, 0x80000000], { snapshotLength: 0 }],
  ] as const) {
    it(`knows ${what}`, () => {
      const [magic, major, minor, link, snapshot] = words;
      for (const { byteOrder, header } of variant(magic, major, minor, link, snapshot)) {
        assert.deepEqual(header, {
          ...LAYOUT,
          ...MICROSECONDS,
          snapshotLength: 96,
          fcsLength: undefined,
          mayBeVariant: minor === 4 && (magic & 0xf0000000) !== 0x10000000,
          ...expected,
          byteOrder,
        });
      }
    });
  }

  it('refuses versions and reserved bits that libpcap refuses', () => {
    for (const [major, minor, link] of [
      [1, 0, 1],
      [2, 5, 1],
      [3, 0, 1],
      [543, 1, 1],
      [2, 4, 0x00010001],
      [2, 4, 0x02000001],
    ] as const) {
      for (const { header } of variant(0xa1b2c3d4, major, minor, link)) {
        assert.ok(typeof header === 'string');
        assert.match(header, /^(version|a link type with reserved bits)/);
      }
    }
  });
});

describe('convertRecords', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    const header: PcapHeader = { ...MICROSECONDS, byteOrder };

    it(`makes the block that the record is, for every length, ${byteOrder}-endian`, () => {
      for (let length = 0; length < 70; length++) {
        const data = Uint8Array.from({ length }, (_, i) => i + 1);
        const { blocks, consumed, packetCount } = convert(
          record(byteOrder, [1_700_000_000, 123_456, length, 99], data),
          header,
        );
        assert.deepEqual(blocks, Buffer.from(packetBlock(byteOrder, { data, originalLength: 99 })));
        assert.deepEqual([consumed, packetCount], [16 + length, 1]);
      }
    });
  }

  it('keeps the nanoseconds of the latest time that there can be', () => {
    const header: PcapHeader = { ...MICROSECONDS, ticksPerSecond: 1_000_000_000 };
    const data = Uint8Array.of(1);
    const { blocks } = convert(record('little', [0xffffffff, 999_999_999, 1, 1], data), header);
    const ticks = 0xffffffffn * 1_000_000_000n + 999_999_999n;
    assert.deepEqual(blocks, Buffer.from(packetBlock('little', { ticks, data })));
  });

  it('never makes more than convertedLimit of records of the length that grows most', () => {
    const records = Buffer.concat(
      Array.from({ length: 100 }, () => record('little', [0, 0, 1, 1], Uint8Array.of(7))),
    );
    const { produced, packetCount } = convert(records, MICROSECONDS);
    assert.equal(packetCount, 100);
    assert.ok(produced <= convertedLimit(records.length));
  });

  it('stops before a record that is not whole, and says what it needs', () => {
    const whole = record('little', [0, 0, 5, 5], new Uint8Array(5));
    for (let length = 0; length < whole.length; length++) {
      const { consumed, stop } = convert(
        Buffer.concat([whole, whole.subarray(0, length)]),
        MICROSECONDS,
      );
      assert.equal(consumed, whole.length);
      assert.deepEqual(stop, { needed: length < 16 ? 16 : whole.length });
    }
  });

  it('stops before a record of a length that cannot be', () => {
    const damaged = record('little', [0, 0, 0x40001, 5], new Uint8Array(5));
    assert.deepEqual(convert(damaged, MICROSECONDS).stop, { reason: 'a packet of 262145 bytes' });
    const larger: PcapHeader = { ...MICROSECONDS, snapshotLength: 0xffffffff };
    assert.deepEqual(convert(damaged, larger).stop, { needed: 0x40011 });
    const absurd = record('little', [0, 0, 0xffffffff, 5], new Uint8Array(5));
    assert.deepEqual(convert(absurd, larger).stop, { reason: 'a packet of 4294967295 bytes' });
  });
});
