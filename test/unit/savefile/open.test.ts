import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import { writePcapHeader } from '../../../src/pcap/header.js';
import { BlockType } from '../../../src/pcapng/block.js';
import { BlockBuilder } from '../../../src/pcapng/block-builder.js';
import type { Section } from '../../../src/pcapng/section.js';
import { sectionPreamble } from '../../../src/pcapng/writer.js';
import { PrefixedInput, StreamInput } from '../../../src/savefile/byte-input.js';
import { GunzipInput } from '../../../src/savefile/gunzip-input.js';
import { openInput, openSavefile } from '../../../src/savefile/open.js';
import { conversation } from '../../../src/sim/conversation.js';
import { temporaryFolder } from '../../support/folder.js';
import { tsharkFields } from '../../support/oracle.js';
import { pcapFile } from '../../support/pcap.js';
import {
  ETHERNET,
  memoryInput,
  ownFile,
  packetBlock,
  readAll,
  readBytes,
  type ReadResult,
  unknownBlock,
} from '../../support/savefile.js';

const folder = temporaryFolder();

async function readFile(name: string, bytes: Uint8Array): Promise<ReadResult> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return readAll(await openSavefile(path));
}

describe('a pcapng file that nmcap wrote', () => {
  for (const byteOrder of ['little', 'big'] as const) {
    const file = ownFile(byteOrder);

    it(`is written again byte for byte, ${byteOrder}-endian`, async () => {
      const { rewritten, error } = await readFile('own.txt', file);
      assert.equal(error, undefined);
      assert.deepEqual(Buffer.from(rewritten), file);
    });

    it(`shows all that it holds, ${byteOrder}-endian`, async () => {
      const { packets } = await readBytes(file);
      const common = { section: 0, data: '0102030405', originalLength: 5 };
      assert.deepEqual(packets, [
        {
          ...common,
          interfaceId: 0,
          time: '1700000000.123456000',
          direction: 1,
          ring: 0,
          comment: undefined,
        },
        {
          ...common,
          interfaceId: 0,
          time: '1700000000.123456000',
          direction: 2,
          ring: 1,
          comment: '3 frames were lost\nin all',
        },
        {
          ...common,
          interfaceId: 1,
          time: '1700000000.123456789',
          direction: 0,
          ring: undefined,
          comment: undefined,
        },
      ]);
    });
  }
});

describe('a foreign pcapng file', () => {
  it('may have sections of either byte order, and interfaces and other blocks anywhere', async () => {
    const little: Section = { byteOrder: 'little', interfaces: [ETHERNET] };
    const later: Section = { byteOrder: 'little', interfaces: [{ ...ETHERNET, name: 'later' }] };
    const big: Section = {
      byteOrder: 'big',
      interfaces: [{ ...ETHERNET, ticksPerSecond: 1n << 10n, secondsOffset: -10n }],
    };
    const file = Buffer.concat([
      sectionPreamble(little),
      unknownBlock('little', Uint8Array.of(1, 2, 3)),
      packetBlock('little'),
      sectionPreamble(later).subarray(28),
      packetBlock('little', { interfaceId: 1 }),
      sectionPreamble(big),
      packetBlock('big', { ticks: 1536n }),
      unknownBlock('big', Uint8Array.of(4)),
    ]);
    const { packets, rewritten, error } = await readBytes(file);
    assert.equal(error, undefined);
    assert.deepEqual(Buffer.from(rewritten), file);
    assert.deepEqual(
      packets.map(({ section, interfaceId, time }) => [section, interfaceId, time]),
      [
        [0, 0, '1700000000.123456000'],
        [0, 1, '1700000000.123456000'],
        [1, 0, '-9.500000000'],
      ],
    );
  });

  it('keeps the options that nmcap does not know', async () => {
    const header = sectionPreamble({ byteOrder: 'little', interfaces: [] });
    const interfaceWithSpeed = new BlockBuilder(BlockType.InterfaceDescription, 'little')
      .uint16(1)
      .uint16(0)
      .uint32(0)
      .uint64Option(8, 10_000_000_000)
      .textOption(1, 'a comment')
      .build();
    const file = Buffer.concat([header, interfaceWithSpeed, packetBlock('little')]);
    assert.deepEqual(Buffer.from((await readBytes(file)).rewritten), file);
  });

  it('shows tshark the same packets when its old packet blocks were made new ones', async () => {
    const old = (type: number, ...fixed: number[]) => {
      const block = new BlockBuilder(type, 'big');
      for (const word of fixed) block.uint32(word);
      return block.bytes(new Uint8Array(61).fill(1)).build();
    };
    const file = Buffer.concat([
      sectionPreamble({ byteOrder: 'big', interfaces: [ETHERNET] }),
      old(BlockType.ObsoletePacket, 0x0000ffff, 0x60a24, 0x181e4240, 61, 1000),
      old(BlockType.SimplePacket, 61),
      old(BlockType.SimplePacket, 61),
      packetBlock('big'),
    ]);
    const { rewritten, packets } = await readBytes(file);
    assert.equal(packets.length, 4);
    const fields = ['frame.len', 'frame.cap_len', 'eth.src', 'eth.type'];
    assert.deepEqual(tsharkFields(rewritten, fields), tsharkFields(file, fields));
    const [first] = tsharkFields(file, ['frame.time_epoch']);
    assert.equal(packets[0]?.time, first?.[0]);
  });
});

describe('a classic pcap file', () => {
  const frames = conversation({ seed: 3, rings: 1 });
  const classic = pcapFile(frames);

  it('shows tshark the same packets as pcapng', async () => {
    const { rewritten, packets } = await readFile('pcap.pcapng', classic);
    assert.equal(packets.length, frames.length);
    const fields = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'ip.id', 'tcp.checksum'];
    assert.deepEqual(tsharkFields(rewritten, fields), tsharkFields(classic, fields));
  });

  it('may have nanoseconds, either byte order, and no packet', async () => {
    for (const byteOrder of ['little', 'big'] as const) {
      const header = writePcapHeader({
        byteOrder,
        ticksPerSecond: 1_000_000_000,
        snapshotLength: 0,
        linkType: 113,
      });
      const { packets, rewritten } = await readBytes(header);
      assert.deepEqual(packets, []);
      assert.ok(rewritten.length > 28);
    }
  });
});

describe('input of any kind', () => {
  const file = ownFile('little');

  it('may be gzip-compressed, in several members', async () => {
    const compressed = Buffer.concat([
      gzipSync(file.subarray(0, 100)),
      gzipSync(file.subarray(100)),
    ]);
    const { rewritten, error } = await readFile('own.pcap', compressed);
    assert.equal(error, undefined);
    assert.deepEqual(Buffer.from(rewritten), file);
    const frames = conversation({ seed: 3, rings: 1 });
    assert.equal((await readBytes(gzipSync(pcapFile(frames)))).packets.length, frames.length);
  });

  it('may come in small pieces and through small slabs', async () => {
    for (const [portion, slab] of [
      [1, 16],
      [7, 50],
      [33, 64],
      [1000, 4096],
    ] as const) {
      const result = await readAll(
        await openInput(memoryInput(file, portion), 'x', { slabInputLength: slab }),
      );
      assert.equal(result.error, undefined);
      assert.deepEqual(Buffer.from(result.rewritten), file);
    }
  });

  it('may be a stream that ends, or that is cancelled while it is quiet', async () => {
    const whole = await readAll(
      await openInput(
        new StreamInput(Readable.from([file.subarray(0, 50), file.subarray(50)])),
        'x',
      ),
    );
    assert.deepEqual(Buffer.from(whole.rewritten), file);

    const quiet = new Readable({ read: () => undefined });
    quiet.push(file.subarray(0, file.length - 10));
    const source = await openInput(new StreamInput(quiet), 'x');
    const abort = new AbortController();
    const batches: number[] = [];
    for await (const batch of source.batches(abort.signal)) {
      batches.push(batch.packetCount);
      batch.release();
      setImmediate(() => {
        abort.abort();
      });
    }
    assert.deepEqual(batches, [3]);
    source.close();
  });

  it('gives nothing of what waits once it is cancelled', async () => {
    const inputs = [
      new StreamInput(Readable.from([file])),
      new PrefixedInput(file, memoryInput(file)),
      new GunzipInput(memoryInput(gzipSync(file))),
    ];
    for (const input of inputs) {
      const into = new Uint8Array(10);
      assert.equal(await input.read(into), into.length);
      input.cancel();
      assert.equal(await input.read(into), 0, input.constructor.name);
      await input.close();
    }
  });

  it('may be the standard input', () => {
    const script = `import { openSavefile } from './src/savefile/open.ts';
      const source = await openSavefile('-');
      let packets = 0;
      for await (const batch of source.batches(new AbortController().signal)) packets += batch.packetCount;
      source.close();
      console.log(packets);`;
    const run = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script],
      { input: gzipSync(file), encoding: 'utf8' },
    );
    assert.equal(run.stdout, '3\n', run.stderr);
  });
});
