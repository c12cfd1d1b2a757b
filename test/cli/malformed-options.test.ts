import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { BlockType } from '../../src/pcapng/block.js';
import { BlockBuilder } from '../../src/pcapng/block-builder.js';
import { interfaceStatistics, sectionPreamble } from '../../src/pcapng/writer.js';
import { temporaryFolder } from '../support/folder.js';
import { nmcap, shell, tsharkFields } from '../support/nmcap.js';
import { ETHERNET, packetBlock } from '../support/savefile.js';

const folder = temporaryFolder();
const damaged = path.join(folder, 'damaged.pcapng');
const copy = path.join(folder, 'copy.pcapng');

const section = { byteOrder: 'little', interfaces: [ETHERNET] } as const;
const data = Uint8Array.from({ length: 60 }, (_, i) => i);
const packet = packetBlock('little', { data, flags: 2, comments: ['sound'] });
/** Flags, and a comment that is said to be longer than the block. */
const endless = packetBlock('little', { data, flags: 2, comments: ['lost'] });
endless.set([0xff, 0xff], endless.length - 14);
/** epb_flags of two bytes. */
const short = new BlockBuilder(BlockType.EnhancedPacket, 'little')
  .uint32(0)
  .timestamp(1_700_000_000_000_000n)
  .uint32(data.length)
  .uint32(data.length)
  .bytes(data)
  .option(2, Uint8Array.of(2, 0))
  .build();
const before = Buffer.concat([sectionPreamble(section), packet]);
const statistics = interfaceStatistics(section, { interfaceId: 0, timestamp: 5n, received: 4 });
writeFileSync(damaged, Buffer.concat([before, endless, short, packet, statistics]));

const TOO_LONG = 'an option that is longer than its block';
const REPORT =
  `nmcap: ${damaged} is damaged at byte ${before.length}: left out ${TOO_LONG}\n` +
  `nmcap: ${damaged} has 2 blocks with such damage\n`;

describe('a packet with a malformed option', () => {
  it('is printed, and the damage is reported once, with its place and the number of blocks', () => {
    const run = nmcap(['-r', damaged]);
    assert.equal(run.status, 0);
    assert.equal(run.stdout.match(/^\d\d:/gm)?.length, 4);
    assert.equal(run.stderr, REPORT);
  });

  it('has a comment that says so in JSON, and what precedes the damage', () => {
    const run = nmcap(['-r', damaged, '--json']);
    assert.equal(run.stderr, REPORT);
    const packets = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { comment?: string; direction?: string });
    assert.deepEqual(
      packets.map(({ comment, direction }) => [direction, comment]),
      [
        ['out', 'sound'],
        ['out', `nmcap: left out of this damaged block: ${TOO_LONG}`],
        [undefined, 'nmcap: left out of this damaged block: option 2 with a length of 2'],
        ['out', 'sound'],
      ],
    );
  });

  for (const filter of [[], ['len', '=', '60']]) {
    it(`is copied so that others can read it and see the damage ${filter.join(' ')}`, () => {
      assert.ok(shell(`tshark -r '${damaged}'`).stderr.includes('damaged or corrupt'));
      const run = nmcap(['-r', damaged, '-w', copy, ...filter]);
      assert.equal(run.stderr, REPORT);
      assert.deepEqual(tsharkFields(copy, 'frame.packet_flags', 'frame.comment'), [
        ['0x00000002', 'sound'],
        ['0x00000002', `nmcap: left out of this damaged block: ${TOO_LONG}`],
        ['', 'nmcap: left out of this damaged block: option 2 with a length of 2'],
        ['0x00000002', 'sound'],
      ]);
      assert.equal(nmcap(['-r', copy]).stderr, '');
    });
  }

  it('is no matter of comments that are not UTF-8: they are copied byte by byte', () => {
    const file = path.join(folder, 'latin1.pcapng');
    const block = packetBlock('little', { data, comments: ['gr.n'] });
    block[block.indexOf('gr.n'.charCodeAt(0), 88) + 2] = 0xfc;
    writeFileSync(file, Buffer.concat([sectionPreamble(section), block]));
    const run = nmcap(['-r', file, '--json', '-w', copy]);
    assert.equal(run.stderr, '');
    assert.match(run.stdout, /"comment":"gr\\ufffdn"/);
    assert.match(shell(`cat '${copy}' | od -An -c`).stdout.replaceAll(/\s+/g, ' '), /g r 374 n/);
  });
});

describe('a custom option that may not be copied', () => {
  it('is left out of what -w writes, with and without a filter', () => {
    const file = path.join(folder, 'custom.pcapng');
    const custom = new BlockBuilder(BlockType.EnhancedPacket, 'little')
      .uint32(0)
      .timestamp(1_700_000_000_000_000n)
      .uint32(data.length)
      .uint32(data.length)
      .bytes(data);
    for (const [code, text] of [
      [2988, 'public'],
      [19372, 'secret'],
      [19373, 'secret'],
    ] as const) {
      custom.option(code, Buffer.from(`\0\0\0\u0001${text}`));
    }
    writeFileSync(file, Buffer.concat([sectionPreamble(section), packet, custom.build(), packet]));
    for (const filter of [[], ['len', '=', '60']]) {
      const run = nmcap(['-r', file, '-w', copy, ...filter]);
      assert.equal(run.stderr, '');
      const written = shell(`cat '${copy}'`).stdout;
      assert.ok(written.includes('public'));
      assert.ok(!written.includes('secret'));
      assert.equal(tsharkFields(copy, 'frame.len').length, 3);
    }
  });
});
