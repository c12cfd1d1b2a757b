import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Output } from '../../../src/output.js';
import { PcapWriter } from '../../../src/pcap/writer.js';
import type { Section } from '../../../src/pcapng/section.js';
import { sectionPreamble } from '../../../src/pcapng/writer.js';
import { openInput } from '../../../src/savefile/open.js';
import { conversation } from '../../../src/sim/conversation.js';
import { PcapSink } from '../../../src/sink/pcap.js';
import { tsharkFields } from '../../support/oracle.js';
import { pcapFile } from '../../support/pcap.js';
import {
  ETHERNET,
  memoryInput,
  ownFile,
  packetBlock,
  simplePacketBlock,
} from '../../support/savefile.js';

/** The pcap file of what a savefile with these bytes holds, and what was lost on the way. */
async function converted(savefile: Uint8Array): Promise<{ file: Buffer; losses: string[] }> {
  const source = await openInput(memoryInput(savefile, 5000), 'savefile');
  const writer = new PcapWriter(source.section);
  const parts = [writer.header()];
  for await (const batch of source.batches(new AbortController().signal)) {
    parts.push(writer.records(batch).slice());
    batch.release();
  }
  source.close();
  return { file: Buffer.concat(parts), losses: [...writer.losses] };
}

function fileOf(section: Section, ...blocks: Uint8Array[]): Uint8Array {
  return Buffer.concat([sectionPreamble(section), ...blocks]);
}

/** What a sink writes of a savefile, and says. */
async function sunk(
  savefile: Uint8Array,
): Promise<{ written: Buffer; warnings: string[]; packets: number }> {
  const written: Uint8Array[] = [];
  const warnings: string[] = [];
  const output: Output = {
    name: 'out.pcap',
    write(bytes) {
      written.push(bytes.slice());
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const source = await openInput(memoryInput(savefile), 'savefile');
  const sink = new PcapSink(output, (message) => warnings.push(message));
  await sink.begin(source.section, () => undefined);
  for await (const batch of source.batches(new AbortController().signal)) {
    await sink.write(batch);
    batch.release();
  }
  await sink.end();
  source.close();
  return { written: Buffer.concat(written), warnings, packets: sink.packets };
}

describe('PcapWriter', () => {
  it('writes again, byte for byte, what was read from a pcap file', async () => {
    const file = pcapFile(conversation({ seed: 5, rings: 1 }));
    const result = await converted(file);
    assert.deepEqual(result.file, Buffer.from(file));
    assert.deepEqual(result.losses, []);
  });

  it('shows tshark the packets of a pcapng file, in nanoseconds where it has them', async () => {
    for (const byteOrder of ['little', 'big'] as const) {
      const fields = ['frame.time_epoch', 'frame.len', 'frame.cap_len', 'eth.src'];
      const own = ownFile(byteOrder);
      const { file } = await converted(own);
      assert.deepEqual(tsharkFields(file, fields), tsharkFields(own, fields));
    }
  });

  it('tells what it could not hold', async () => {
    assert.deepEqual((await converted(ownFile('little'))).losses, [
      'interface names',
      'the direction of packets',
      'their rings',
      'comments',
      'statistics and other blocks',
    ]);
  });

  it('leaves packets of a second link type out', async () => {
    const section: Section = {
      byteOrder: 'little',
      interfaces: [ETHERNET, { ...ETHERNET, linkType: 101 }],
    };
    const packets = [packetBlock('little'), packetBlock('little', { interfaceId: 1 })];
    const { file, losses } = await converted(fileOf(section, ...packets));
    assert.equal(file.length, 24 + 16 + 5);
    assert.deepEqual(losses, ['a second link type (1 packet left out)']);
  });

  it('cuts digits off that only a later section has', async () => {
    const fine = { ...ETHERNET, ticksPerSecond: 1_000_000_000n };
    const first = fileOf({ byteOrder: 'little', interfaces: [ETHERNET] }, packetBlock('little'));
    const second = fileOf(
      { byteOrder: 'little', interfaces: [fine] },
      packetBlock('little', { ticks: 1_700_000_000_123_456_789n }),
    );
    const { file, losses } = await converted(Buffer.concat([first, second]));
    assert.deepEqual(losses, ['digits of time stamps']);
    assert.equal(file.readUInt32LE(24 + 21 + 4), 123_456);
  });

  it('knows that 32 bits of seconds end in 2106', async () => {
    const late = packetBlock('little', { ticks: 5_000_000_000_000_000n });
    const { losses } = await converted(
      fileOf({ byteOrder: 'little', interfaces: [ETHERNET] }, late),
    );
    assert.deepEqual(losses, ['times before 1970 or after 2106']);
  });

  it('writes the nearest time that there is in place of one that it cannot hold', async () => {
    const packets = [packetBlock('little', { ticks: 5_000_000_000_000_000n })];
    const interfaces = [{ ...ETHERNET, secondsOffset: -10n }];
    packets.push(packetBlock('little', { ticks: 1_000_000n }));
    const { file } = await converted(fileOf({ byteOrder: 'little', interfaces }, ...packets));
    assert.equal(file.readUInt32LE(24), 0xffffffff);
    assert.equal(file.readUInt32LE(24 + 21), 0);
  });

  it('notes packets without a time', async () => {
    const simple = simplePacketBlock('little', Uint8Array.of(1, 2, 3));
    const section: Section = { byteOrder: 'little', interfaces: [ETHERNET] };
    const { file, losses } = await converted(fileOf(section, simple));
    assert.deepEqual(losses, ['that packets have no time']);
    assert.equal(file.length, 24 + 16 + 3);
  });

  it("does not take a savefile's word for the snapshot length", async () => {
    const claimed = { ...ETHERNET, snapshotLength: 100 };
    const packet = packetBlock('little', { data: new Uint8Array(1440) });
    const { file, losses } = await converted(
      fileOf({ byteOrder: 'little', interfaces: [claimed] }, packet),
    );
    assert.equal(file.readUInt32LE(16), 262_144);
    assert.equal(file.readUInt32LE(24 + 8), 1440);
    assert.deepEqual(losses, []);
    const own = new PcapWriter({ byteOrder: 'little', interfaces: [claimed] });
    assert.equal(Buffer.from(own.header()).readUInt32LE(16), 100);
  });

  it('cuts packets that no reader takes', async () => {
    const packet = packetBlock('little', { data: new Uint8Array(262_145) });
    const { file, losses } = await converted(
      fileOf({ byteOrder: 'little', interfaces: [ETHERNET] }, packet),
    );
    assert.deepEqual(
      [file.length, file.readUInt32LE(24 + 8), file.readUInt32LE(24 + 12)],
      [24 + 16 + 262_144, 262_144, 262_145],
    );
    assert.deepEqual(losses, ['bytes of a packet beyond 262144']);
  });

  it('keeps the length of the FCS, where it is one for all', async () => {
    const section: Section = { byteOrder: 'little', interfaces: [{ ...ETHERNET, fcsLength: 4 }] };
    const { file, losses } = await converted(fileOf(section, packetBlock('little')));
    assert.equal(file.readUInt32LE(20), 0x24000001);
    assert.deepEqual(losses, []);
    const other = packetBlock('little', { flags: 2 << 5 });
    assert.deepEqual((await converted(fileOf(section, other))).losses, [
      'different lengths of FCS',
    ]);
  });
});

describe('PcapSink', () => {
  it('writes a whole file, and warns once of what was lost', async () => {
    const own = ownFile('little');
    const { written, warnings } = await sunk(own);
    assert.deepEqual(written, (await converted(own)).file);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^out\.pcap: pcap files cannot hold interface names, the dir/);
  });

  it('has the link type of the first packet, not of the first interface', async () => {
    const interfaces = [ETHERNET, { ...ETHERNET, linkType: 101, fcsLength: 2 }];
    const packets = [1, 0, 1].map((interfaceId) => packetBlock('little', { interfaceId }));
    const file = fileOf({ byteOrder: 'little', interfaces }, ...packets);
    const { written, warnings, packets: count } = await sunk(file);
    assert.equal(written.readUInt32LE(20), 0x14000000 + 101);
    assert.equal(written.length, 24 + 2 * 21);
    assert.equal(count, 2);
    assert.deepEqual(warnings, [
      'out.pcap: pcap files cannot hold a second link type (1 packet left out); pcapng can',
    ]);
  });

  it('has a header without packets too', async () => {
    const { written } = await sunk(fileOf({ byteOrder: 'little', interfaces: [ETHERNET] }));
    assert.equal(written.length, 24);
  });
});
