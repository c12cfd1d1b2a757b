import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { carry } from '../../../src/library/carry.js';
import type { Batch, PacketBatch } from '../../../src/pcapng/batch.js';
import type { PacketSink } from '../../../src/sink/sink.js';
import type { Segment, SegmentWriter, Source } from '../../../src/source.js';
import { ETHERNET, packetBlock } from '../../support/savefile.js';

const SECTION = { byteOrder: 'little', interfaces: [ETHERNET] } as const;
const STATS = { rings: [], startedAt: undefined, endedAt: undefined };
const unused = () => assert.fail('not called without rotation');
const NEVER = new AbortController().signal;

/** A source of one packet, and of five that it wrote itself where it was given a file. */
function sourceOf({ writes = true } = {}) {
  const log: string[] = [];
  let file: number | undefined;
  const packet: PacketBatch = {
    kind: 'packets',
    bytes: packetBlock('little'),
    packetCount: 1,
    section: SECTION,
    release: () => log.push('release'),
  };
  const source: Source = {
    section: SECTION,
    async *batches(): AsyncGenerator<Batch> {
      await Promise.resolve();
      if (file !== undefined) yield { kind: 'written', packetCount: 5 };
      yield packet;
    },
    stats: () => STATS,
    close: () => log.push('close'),
    ...(writes && {
      writer: {
        prepare: () => undefined,
        writeTo({ descriptor }: Segment) {
          file = descriptor;
        },
        endSegment: unused,
        stop: unused,
        figures: unused,
      },
    }),
  };
  return { source, log, file: () => file };
}

/** A sink that counts; with a descriptor, one for a file that the source may write. */
class CountingFile implements PacketSink {
  packets = 0;
  written = 0;
  ended = 0;
  readonly descriptor: number | undefined;

  constructor(descriptor?: number) {
    this.descriptor = descriptor;
  }

  get copiesBatches(): boolean {
    return this.descriptor !== undefined;
  }

  handOver(writer: SegmentWriter): void {
    if (this.descriptor === undefined) return;
    writer.writeTo({ descriptor: this.descriptor, interfaceCount: 1 });
  }

  begin(): void {
    // A count needs no section.
  }

  write({ packetCount }: PacketBatch): void {
    this.packets += packetCount;
  }

  addWritten(packetCount: number): void {
    this.written += packetCount;
  }

  end(): void {
    this.ended++;
  }
}

describe('carry', () => {
  it('hands the file of the only sink to the source, and counts what that writes', async () => {
    const { source, log, file } = sourceOf();
    const sink = new CountingFile(7);
    await carry(source, { packets: [sink], others: [] }, NEVER);
    assert.equal(file(), 7);
    assert.deepEqual([sink.written, sink.packets, sink.ended], [5, 1, 1]);
    assert.deepEqual(log, ['release', 'close']);
  });

  it('hands it over beside sinks that need no packets', async () => {
    const { source, file } = sourceOf();
    const other = new CountingFile();
    await carry(source, { packets: [new CountingFile(7)], others: [other] }, NEVER);
    assert.equal(file(), 7);
    assert.deepEqual([other.packets, other.ended], [0, 1]);
  });

  it('keeps it where another sink needs the packets too', async () => {
    for (const descriptors of [
      [7, undefined],
      [undefined, 7],
      [7, 8],
    ]) {
      const { source, file } = sourceOf();
      const packets = descriptors.map((descriptor) => new CountingFile(descriptor));
      await carry(source, { packets, others: [] }, NEVER);
      assert.equal(file(), undefined);
      assert.deepEqual(
        packets.map((sink) => [sink.written, sink.packets]),
        [
          [0, 1],
          [0, 1],
        ],
      );
    }
  });

  it('keeps it where the sink has to see every packet, or the source cannot write', async () => {
    for (const [descriptor, writes] of [
      [undefined, true],
      [7, false],
    ] as const) {
      const { source, file } = sourceOf({ writes });
      const sink = new CountingFile(descriptor);
      await carry(source, { packets: [sink], others: [] }, NEVER);
      assert.equal(file(), undefined);
      assert.deepEqual([sink.written, sink.packets], [0, 1]);
    }
  });

  it('releases the batch, closes the source and ends every sink where one fails', async () => {
    const { source, log } = sourceOf();
    class Failing extends CountingFile {
      override write(): void {
        throw new Error('no room');
      }

      override end(): void {
        super.end();
        throw new Error('nor for the end');
      }
    }
    const sinks = [new CountingFile(), new Failing(), new CountingFile()];
    const other = new CountingFile();
    await assert.rejects(
      carry(source, { packets: sinks, others: [other] }, NEVER),
      /^Error: no room$/,
    );
    assert.deepEqual(log, ['release', 'close']);
    assert.deepEqual(
      [...sinks, other].map(({ packets, ended }) => [packets, ended]),
      [
        [1, 1],
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    );
  });
});
