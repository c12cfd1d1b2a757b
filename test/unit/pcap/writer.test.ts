import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PcapWriter } from '../../../src/pcap/writer.js';
import type { Section } from '../../../src/pcapng/section.js';
import { sectionPreamble } from '../../../src/pcapng/writer.js';
import { openInput } from '../../../src/savefile/open.js';
import { conversation } from '../../../src/sim/conversation.js';
import type { Output } from '../../../src/sink/output.js';
import { PcapSink } from '../../../src/sink/pcap.js';
import { tsharkFields } from '../../support/oracle.js';
import { pcapFile } from '../../support/pcap.js';
import { ETHERNET, memoryInput, ownFile, packetBlock } from '../../support/savefile.js';

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
    assert.deepEqual(losses, ['packets of a second link type']);
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
});

describe('PcapSink', () => {
  it('writes a whole file, and warns once of what was lost', async () => {
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
    const own = ownFile('little');
    const source = await openInput(memoryInput(own), 'savefile');
    const sink = new PcapSink(output, (message) => warnings.push(message));
    await sink.begin(source.section);
    for await (const batch of source.batches(new AbortController().signal)) {
      await sink.write(batch);
      batch.release();
    }
    await sink.end();
    source.close();
    assert.deepEqual(Buffer.concat(written), (await converted(own)).file);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^out\.pcap: pcap files cannot hold interface names, the dir/);
  });
});
