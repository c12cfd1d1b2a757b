import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { BlockType, BYTE_ORDER_MAGIC } from '../../../src/pcapng/block.js';
import { BlockBuilder } from '../../../src/pcapng/block-builder.js';
import { parse } from '../../../src/pcapng/reader.js';
import type { ByteOrder, Section } from '../../../src/pcapng/section.js';
import { ETHERNET } from '../../support/savefile.js';

interface TestOption {
  readonly code: number;
  readonly value: Uint8Array;
  /** What its length field says, where it is wrong. */
  readonly claims?: number;
}

const COMMENT = { code: 1, value: Buffer.from('hello') };
const FLAGS = { code: 2, value: Uint8Array.of(1, 0, 0, 0) };
const ENDLESS = { code: 1, value: Buffer.from('lost'), claims: 200 };
const SECRET = { code: 19372, value: Uint8Array.of(0, 0, 0, 1, 0x61) };
const SECRET_BINARY = { ...SECRET, code: 19373 };
const PUBLIC = { ...SECRET, code: 2988 };
const LEFT_OUT = 'nmcap: left out of this damaged block: ';
const TOO_LONG = 'an option that is longer than its block';

/** The fixed fields of a block, before its options, by its type's name. */
const FIXED: Readonly<Record<string, (builder: BlockBuilder) => BlockBuilder>> = {
  SectionHeader: (block) => block.uint32(BYTE_ORDER_MAGIC).uint16(1).uint16(0).uint64(-1n),
  InterfaceDescription: (block) => block.uint16(1).uint16(0).uint32(0),
  ObsoletePacket: (block) =>
    block
      .uint16(0)
      .uint16(0xffff)
      .timestamp(5n)
      .uint32(3)
      .uint32(60)
      .bytes(Uint8Array.of(1, 2, 3)),
  NameResolution: (block) =>
    block
      .uint16(1)
      .uint16(7)
      .bytes(Uint8Array.of(127, 0, 0, 1, 0x6c, 0x6f, 0))
      .uint32(0),
  InterfaceStatistics: (block) => block.uint32(0).timestamp(5n),
  EnhancedPacket: (block) =>
    block
      .uint32(0)
      .timestamp(5n)
      .uint32(3)
      .uint32(60)
      .bytes(Uint8Array.of(1, 2, 3)),
  DecryptionSecrets: (block) =>
    block
      .uint32(0x544c534b)
      .uint32(3)
      .bytes(Uint8Array.of(0x61, 0x62, 0x63)),
};

function blockOf(name: string, byteOrder: ByteOrder, options: readonly TestOption[]): Uint8Array {
  const type = (BlockType as Readonly<Record<string, number>>)[name] ?? NaN;
  const builder = FIXED[name]?.(new BlockBuilder(type, byteOrder)) ?? assert.fail(name);
  let end = false;
  for (const { code, value, claims } of options) {
    builder
      .uint16(code)
      .uint16(claims ?? value.length)
      .bytes(value);
    end = claims === undefined;
  }
  return (end ? builder.uint32(0) : builder).build();
}

/** What a copy of a block holds, and what is reported of the block. */
function copied(block: Uint8Array, byteOrder: ByteOrder) {
  const section: Section = { byteOrder, interfaces: [ETHERNET] };
  const parsed = parse(block, section);
  switch (parsed.kind) {
    case 'section':
    case 'interface':
      return { block: parsed.described.block, damage: parsed.damage };
    case 'rewritten':
      assert.equal(parsed.length, block.length);
      return { block: parsed.block, damage: parsed.damage };
    case 'blocks':
      return { block: block.subarray(0, parsed.length), damage: undefined };
    default:
      return assert.fail(JSON.stringify(parsed));
  }
}

for (const byteOrder of ['little', 'big'] as const) {
  describe(`a copied block, ${byteOrder}-endian`, () => {
    const comment = (...reasons: string[]) => ({
      code: 1,
      value: Buffer.from(LEFT_OUT + reasons.join(', ')),
    });

    for (const name of Object.keys(FIXED)) {
      /** An obsolete packet becomes an enhanced one. */
      const target = name === 'ObsoletePacket' ? 'EnhancedPacket' : name;
      const check = (
        options: readonly TestOption[],
        kept: readonly TestOption[],
        damage?: string,
      ) => {
        const found = copied(blockOf(name, byteOrder, options), byteOrder);
        assert.equal(found.damage, damage);
        const expected = Buffer.from(blockOf(target, byteOrder, kept)).toString('hex');
        assert.equal(Buffer.from(found.block ?? []).toString('hex'), expected);
      };

      it(`keeps the sound options of type ${name}`, () => {
        check([], []);
        check([COMMENT, PUBLIC], [COMMENT, PUBLIC]);
      });

      it(`leaves the options out that may not be copied, of type ${name}`, () => {
        check([SECRET, COMMENT, SECRET_BINARY, PUBLIC], [COMMENT, PUBLIC]);
        check([SECRET], []);
      });

      it(`notes options with a wrong length, of type ${name}`, () => {
        const short = { code: 2988, value: Uint8Array.of(1, 2) };
        const reason = 'option 2988 with a length of 2';
        check([short, COMMENT], [COMMENT, comment(reason)], reason);
        if (name === 'InterfaceDescription') return;
        check([COMMENT, ENDLESS], [COMMENT, comment(TOO_LONG)], TOO_LONG);
        check([short, ENDLESS], [comment(reason, TOO_LONG)], reason);
      });
    }

    it('has no option whose type is of another length', () => {
      for (const [name, code, right] of [
        ['EnhancedPacket', 2, 4],
        ['EnhancedPacket', 4, 8],
        ['EnhancedPacket', 5, 8],
        ['EnhancedPacket', 6, 4],
        ['ObsoletePacket', 2, 4],
        ['InterfaceStatistics', 4, 8],
        ['InterfaceStatistics', 8, 8],
        ['InterfaceDescription', 8, 8],
        ['InterfaceDescription', 13, 1],
        ['NameResolution', 3, 4],
      ] as const) {
        for (const length of [0, right - 1, right, right + 1]) {
          const block = blockOf(name, byteOrder, [
            COMMENT,
            { code, value: new Uint8Array(length) },
          ]);
          const reason = `option ${code} with a length of ${length}`;
          assert.equal(
            copied(block, byteOrder).damage,
            length === right ? undefined : reason,
            `${name} ${reason}`,
          );
        }
      }
    });

    it('is a packet whose usual options are checked as all others', () => {
      const usual = [FLAGS, { code: 6, value: new Uint8Array(4) }];
      for (const options of [usual.slice(0, 1), usual]) {
        const block = blockOf('EnhancedPacket', byteOrder, options);
        assert.equal(copied(block, byteOrder).block?.length, block.length);
        // Any other option of the same size.
        for (let at = 32; at < block.length - 4; at += 4) {
          const view = new DataView(block.slice().buffer);
          view.setUint32(
            at,
            byteOrder === 'little' ? 0x01004bac : 0x4bac0100,
            byteOrder === 'little',
          );
          const read = copied(new Uint8Array(view.buffer), byteOrder);
          const isValue = at === 36 || at === 44;
          assert.equal(read.damage, isValue ? undefined : TOO_LONG, String(at));
        }
      }
    });

    it('is left out where its own lengths are wrong', () => {
      for (const [name, at, length] of [
        ['NameResolution', 10, 900],
        ['DecryptionSecrets', 12, 0xffff],
        ['DecryptionSecrets', 14, 0xffff],
      ] as const) {
        const block = blockOf(name, byteOrder, [COMMENT]);
        new DataView(block.buffer).setUint16(at, length, byteOrder === 'little');
        const found = copied(block, byteOrder);
        assert.equal(found.block?.length, 0, name);
        assert.match(found.damage ?? '', /^a block of type \d+ with wrong lengths$/);
      }
      const short = new BlockBuilder(BlockType.InterfaceStatistics, byteOrder).uint32(0).build();
      assert.equal(copied(short, byteOrder).block?.length, 0);
    });

    it('is refused where a packet would get a wrong time', () => {
      for (const option of [
        ENDLESS,
        ...[9, 14].map((code) => ({ code, value: new Uint8Array(2) })),
      ]) {
        const block = blockOf('InterfaceDescription', byteOrder, [option]);
        assert.equal(parse(block, { byteOrder, interfaces: [] }).kind, 'malformed');
      }
    });
  });
}
