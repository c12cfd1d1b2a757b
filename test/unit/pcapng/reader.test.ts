import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { BlockType, MAX_BLOCK_LENGTH } from '../../../src/pcapng/block.js';
import { BlockBuilder } from '../../../src/pcapng/block-builder.js';
import { parse } from '../../../src/pcapng/reader.js';
import type { Section } from '../../../src/pcapng/section.js';
import { interfaceStatistics, sectionPreamble } from '../../../src/pcapng/writer.js';
import { ETHERNET, packetBlock, simplePacketBlock, unknownBlock } from '../../support/savefile.js';

const ORDERS = ['little', 'big'] as const;
const SECTION_HEADER_LENGTH = 28;

function bytesOf(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}

function reasonOf(bytes: Uint8Array, section: Section | undefined): string {
  const parsed = parse(bytes, section);
  assert.ok(parsed.kind === 'malformed');
  return parsed.reason;
}

describe('parse', () => {
  for (const byteOrder of ORDERS) {
    const section: Section = { byteOrder, interfaces: [ETHERNET] };

    it(`reads back a section header and an interface, ${byteOrder}-endian`, () => {
      const written: Section = {
        byteOrder,
        hardware: 'arm64',
        os: 'FreeBSD 14.1',
        application: 'nmcap 0.1.0',
        interfaces: [
          {
            linkType: 113,
            snapshotLength: 128,
            name: 'netmap:em0',
            description: 'größer',
            filter: 'tcp port 80',
            os: 'FreeBSD',
            hardware: 'igb',
            ticksPerSecond: 1n << 30n,
            secondsOffset: -7200n,
          },
        ],
      };
      const bytes = sectionPreamble(written);
      const header = parse(bytes, undefined);
      assert.ok(header.kind === 'section');
      const described = parse(bytes.subarray(header.length), header.described);
      assert.ok(described.kind === 'interface');
      assert.equal(header.length + described.length, bytes.length);
      const { block: headerBlock, ...read } = header.described;
      const { block: interfaceBlock, ...description } = described.described;
      assert.deepEqual({ ...read, interfaces: [description] }, written);
      assert.deepEqual(
        Buffer.concat(
          [headerBlock ?? [], interfaceBlock ?? []].map((part) => Uint8Array.from(part)),
        ),
        Buffer.from(bytes),
      );
    });

    it(`takes packets and unknown blocks in one run, ${byteOrder}-endian`, () => {
      const blocks = [
        packetBlock(byteOrder),
        unknownBlock(byteOrder, bytesOf('0000')),
        interfaceStatistics(section, { interfaceId: 0, timestamp: 1n }),
        packetBlock(byteOrder, { data: new Uint8Array(0) }),
      ];
      const length = Buffer.concat(blocks).length;
      const next = sectionPreamble(section);
      assert.deepEqual(parse(Buffer.concat([...blocks, next]), section), {
        kind: 'blocks',
        length,
        packetCount: 2,
      });
    });

    it(`knows how much it needs, ${byteOrder}-endian`, () => {
      const packet = packetBlock(byteOrder);
      for (let length = 0; length < packet.length; length++) {
        assert.deepEqual(parse(packet.subarray(0, length), section), {
          kind: 'incomplete',
          needed: length < 12 ? 12 : packet.length,
        });
      }
      const header = sectionPreamble(section).subarray(0, SECTION_HEADER_LENGTH);
      for (let length = 0; length < header.length; length++) {
        assert.deepEqual(parse(header.subarray(0, length), undefined), {
          kind: 'incomplete',
          needed: length < 12 ? 12 : header.length,
        });
      }
    });

    it(`tells what is wrong with a packet, ${byteOrder}-endian`, () => {
      const changed = (at: number, value: number): Uint8Array => {
        const packet = packetBlock(byteOrder);
        new DataView(packet.buffer).setUint32(at, value, byteOrder === 'little');
        return packet;
      };
      const total = packetBlock(byteOrder).length;
      assert.equal(reasonOf(changed(4, 8), section), 'a block of 8 bytes');
      assert.equal(reasonOf(changed(4, 30), section), 'a block of 30 bytes');
      assert.equal(reasonOf(changed(4, 28), section), 'a block of 28 bytes');
      assert.equal(
        reasonOf(changed(4, MAX_BLOCK_LENGTH + 4), section),
        'a block of 16777220 bytes',
      );
      assert.equal(
        reasonOf(changed(total - 4, 32), section),
        `a block that begins with length ${total} and ends with length 32`,
      );
      assert.equal(
        reasonOf(changed(8, 1), section),
        'a packet of interface 1, which is not described',
      );
      assert.equal(reasonOf(changed(20, 9), section), 'a packet that is longer than its block');
      assert.equal(
        reasonOf(changed(20, 0xffffffff), section),
        'a packet that is longer than its block',
      );
    });

    it(`makes an obsolete packet block an enhanced one, ${byteOrder}-endian`, () => {
      const data = bytesOf('0102030405');
      const obsolete = new BlockBuilder(BlockType.ObsoletePacket, byteOrder)
        .uint16(0)
        .uint16(7)
        .timestamp(0x1_0000_0002n)
        .uint32(5)
        .uint32(60)
        .bytes(data)
        .uint32Option(2, 1)
        .build();
      const enhanced = new BlockBuilder(BlockType.EnhancedPacket, byteOrder)
        .uint32(0)
        .timestamp(0x1_0000_0002n)
        .uint32(5)
        .uint32(60)
        .bytes(data)
        .uint32Option(2, 1)
        .uint64Option(4, 7)
        .build();
      const parsed = parse(obsolete, section);
      assert.ok(parsed.kind === 'rewritten');
      assert.equal(parsed.length, obsolete.length);
      assert.deepEqual(Buffer.from(parsed.block), Buffer.from(enhanced));
    });

    it(`takes simple packets as they are, ${byteOrder}-endian`, () => {
      const simple = simplePacketBlock(byteOrder, bytesOf('01020304050607'), 60);
      const cut: Section = { byteOrder, interfaces: [{ ...ETHERNET, snapshotLength: 7 }] };
      assert.deepEqual(parse(simple, cut), {
        kind: 'blocks',
        length: simple.length,
        packetCount: 1,
      });
      assert.equal(reasonOf(simple, section), 'a packet that is longer than its block');
      assert.match(reasonOf(simple, { byteOrder, interfaces: [] }), /interface 0/);
    });

    it(`leaves custom blocks out that may not be copied, ${byteOrder}-endian`, () => {
      const block = new BlockBuilder(BlockType.CustomNotCopied, byteOrder).uint32(1).build();
      const packet = packetBlock(byteOrder);
      const parsed = parse(Buffer.concat([block, packet]), section);
      assert.ok(parsed.kind === 'rewritten');
      assert.deepEqual([parsed.length, parsed.block.length], [block.length, 0]);
      assert.equal(parsed.damage, undefined);
      assert.deepEqual(parse(Buffer.concat([packet, block]), section), {
        kind: 'blocks',
        length: packet.length,
        packetCount: 1,
      });
    });
  }

  it('wants a section first, with its magic and a version it knows', () => {
    assert.equal(reasonOf(packetBlock('little'), undefined), 'no section header at the start');
    const header = sectionPreamble({ byteOrder: 'little', interfaces: [] });
    assert.match(reasonOf(header.with(8, 0), undefined), /byte-order magic/);
    assert.match(reasonOf(header.with(12, 2), undefined), /version 2/);
  });

  it('refuses an interface with an option that runs past its block', () => {
    const section: Section = { byteOrder: 'little', interfaces: [] };
    const described: Section = { byteOrder: 'little', interfaces: [{ ...ETHERNET, name: 'abcd' }] };
    const block = sectionPreamble(described).subarray(SECTION_HEADER_LENGTH);
    assert.match(reasonOf(block.with(18, 200), section), /an option that is longer/);
  });

  it('begins a section of the other byte order', () => {
    const big = sectionPreamble({ byteOrder: 'big', interfaces: [] });
    const parsed = parse(big, { byteOrder: 'little', interfaces: [ETHERNET] });
    assert.ok(parsed.kind === 'section');
    assert.equal(parsed.described.byteOrder, 'big');
  });

  it('forgets the length that a section had, for it may be written again otherwise', () => {
    const header = sectionPreamble({ byteOrder: 'big', interfaces: [] });
    new DataView(header.buffer).setBigUint64(16, 4096n);
    const parsed = parse(header, undefined);
    assert.ok(parsed.kind === 'section');
    assert.equal(Buffer.from(parsed.described.block ?? []).toString('hex', 16, 24), 'f'.repeat(16));
  });
});
