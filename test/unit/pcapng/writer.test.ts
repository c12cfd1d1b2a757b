import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { BlockType, Option } from '../../../src/pcapng/block.js';
import { BlockBuilder } from '../../../src/pcapng/block-builder.js';
import type { ByteOrder, Section } from '../../../src/pcapng/section.js';
import { interfaceStatistics, sectionPreamble } from '../../../src/pcapng/writer.js';
import { oracle, tsharkFields } from '../../support/oracle.js';

const MICROSECONDS = 1_000_000n;

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** A section with every field that nmcap writes. */
function fullSection(byteOrder: ByteOrder): Section {
  return {
    byteOrder,
    hardware: 'x86_64',
    os: 'Linux 6.1',
    application: 'nmcap 0.1.0',
    interfaces: [
      {
        linkType: 1,
        snapshotLength: 96,
        name: 'netmap:em0',
        description: 'copy monitor, 2 rings, rx and tx',
        filter: 'udp port 53',
        os: 'Linux 6.1',
        hardware: 'em0',
        ticksPerSecond: MICROSECONDS,
        secondsOffset: -3600n,
      },
    ],
  };
}

describe('sectionPreamble', () => {
  it('matches the draft byte for byte, little-endian', () => {
    const section: Section = {
      byteOrder: 'little',
      application: 'nmcap',
      interfaces: [
        {
          linkType: 1,
          snapshotLength: 0x40000,
          name: 'em0',
          filter: 'ip',
          ticksPerSecond: MICROSECONDS,
          secondsOffset: 1n,
        },
      ],
    };
    assert.equal(
      hex(sectionPreamble(section)),
      [
        '0a0d0d0a' + '2c000000' + '4d3c2b1a' + '01000000' + 'ffffffffffffffff',
        '04000500' + '6e6d636170000000' + '00000000' + '2c000000',
        '01000000' + '3c000000' + '01000000' + '00000400',
        '02000300' + '656d3000',
        '09000100' + '06000000',
        '0b000300' + '00697000',
        '0e000800' + '0100000000000000',
        '00000000' + '3c000000',
      ].join(''),
    );
  });

  it('matches the draft byte for byte, big-endian', () => {
    const section: Section = {
      byteOrder: 'big',
      interfaces: [
        { linkType: 113, snapshotLength: 0, ticksPerSecond: 1n << 20n, secondsOffset: -1n },
      ],
    };
    assert.equal(
      hex(sectionPreamble(section)),
      [
        '0a0d0d0a' + '0000001c' + '1a2b3c4d' + '00010000' + 'ffffffffffffffff' + '0000001c',
        '00000001' + '0000002c' + '00710000' + '00000000',
        '00090001' + '94000000',
        '000e0008' + 'ffffffffffffffff',
        '00000000' + '0000002c',
      ].join(''),
    );
  });

  it('refuses a clock that if_tsresol cannot describe', () => {
    const section: Section = {
      byteOrder: 'little',
      interfaces: [{ linkType: 1, snapshotLength: 0, ticksPerSecond: 3n, secondsOffset: 0n }],
    };
    assert.throws(() => sectionPreamble(section), RangeError);
  });

  it('leaves out a text that is longer than an option can be', () => {
    const section: Section = { byteOrder: 'little', os: 'x'.repeat(0x10000), interfaces: [] };
    assert.equal(sectionPreamble(section).length, 28);
    const longest: Section = { ...section, os: 'x'.repeat(0xffff) };
    assert.equal(sectionPreamble(longest).length, 28 + 4 + 0x10000 + 4);
  });
});

describe('interfaceStatistics', () => {
  it('has only what is known', () => {
    const section: Section = { byteOrder: 'little', interfaces: [] };
    assert.equal(
      hex(interfaceStatistics(section, { interfaceId: 1, timestamp: 0x1_0000_0002n })),
      '0500000018000000' + '01000000' + '0100000002000000' + '18000000',
    );
    assert.equal(
      hex(interfaceStatistics(section, { interfaceId: 0, timestamp: 0n, received: 0 })),
      '0500000028000000' +
        '000000000000000000000000' +
        '040008000000000000000000' +
        '0000000028000000',
    );
  });

  it('puts the high word of a time first in either byte order', () => {
    const section: Section = { byteOrder: 'big', interfaces: [] };
    assert.equal(
      hex(interfaceStatistics(section, { interfaceId: 0, timestamp: 3n, endTime: 0x1_0000_0002n })),
      '0000000500000028' +
        '000000000000000000000003' +
        '000300080000000100000002' +
        '0000000000000028',
    );
  });
});

describe('a file of a preamble, a packet and the statistics', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    const section = fullSection(byteOrder);
    const ticks = 1_700_000_000_123_456n;
    const frame = Uint8Array.from({ length: 61 }, (_, i) => i);
    const packet = new BlockBuilder(BlockType.EnhancedPacket, byteOrder)
      .uint32(0)
      .timestamp(ticks)
      .uint32(frame.length)
      .uint32(frame.length)
      .bytes(frame)
      .uint32Option(Option.PacketFlags, 2)
      .uint32Option(Option.PacketQueue, 1)
      .build();
    const statistics = interfaceStatistics(section, {
      interfaceId: 0,
      timestamp: ticks,
      startTime: ticks,
      endTime: ticks + 5n,
      received: 7,
      filterAccepted: 5n,
      delivered: 1,
    });
    const file = Buffer.concat([sectionPreamble(section), packet, statistics]);

    it(`is read by tshark as it was meant, ${byteOrder}-endian`, () => {
      const rows = tsharkFields(file, [
        'frame.time_epoch',
        'frame.cap_len',
        'frame.packet_flags_direction',
        'frame.interface_queue',
        'frame.interface_name',
        'frame.interface_description',
      ]);
      assert.deepEqual(rows, [
        [
          '1699996400.123456000',
          '61',
          '0x00000002',
          '1',
          'netmap:em0',
          'copy monitor, 2 rings, rx and tx',
        ],
      ]);
    });

    it(`is described by capinfos as it was meant, ${byteOrder}-endian`, () => {
      const report = oracle('capinfos', ['FILE'], file);
      for (const part of [
        /Capture hardware: +x86_64/,
        /Capture oper-sys: +Linux 6\.1/,
        /Capture application: +nmcap 0\.1\.0/,
        /Filter string = udp port 53/,
        /Hardware = em0/,
        /Capture length = 96/,
        /Time resolution = 0x06/,
        /Number of stat entries = 1/,
        /Number of packets = 1/,
      ]) {
        assert.match(report, part);
      }
    });
  }
});
