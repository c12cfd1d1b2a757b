import type { PacketBatch } from '../../src/pcapng/batch.js';
import { BlockType, Option } from '../../src/pcapng/block.js';
import { BlockBuilder } from '../../src/pcapng/block-builder.js';
import { PacketCursor } from '../../src/pcapng/cursor.js';
import { FilePreamble } from '../../src/pcapng/file-preamble.js';
import type { ByteOrder, Interface, Section } from '../../src/pcapng/section.js';
import { interfaceStatistics, sectionPreamble } from '../../src/pcapng/writer.js';
import type { ByteInput } from '../../src/savefile/byte-input.js';
import { openInput } from '../../src/savefile/open.js';
import type { Source } from '../../src/source.js';

export const ETHERNET: Interface = {
  linkType: 1,
  snapshotLength: 0,
  ticksPerSecond: 1_000_000n,
  secondsOffset: 0n,
};

/** A packet as the cursor shows it. */
export interface SeenPacket {
  readonly section: number;
  readonly interfaceId: number;
  readonly time: string;
  readonly data: string;
  readonly originalLength: number;
  readonly direction: number;
  readonly ring: number | undefined;
  readonly comment: string | undefined;
}

export interface ReadResult {
  readonly packets: SeenPacket[];
  /** What a pcapng file has in which the same is written. */
  readonly rewritten: Uint8Array;
  /** What ended the reading before the end. */
  readonly error: unknown;
}

/** Reads a source to its end. */
export async function readAll(source: Source<PacketBatch>): Promise<ReadResult> {
  const packets: SeenPacket[] = [];
  const preamble = new FilePreamble();
  const written: Uint8Array[] = [];
  const cursor = new PacketCursor();
  const sections = [source.section];
  let error: unknown;
  const lead = preamble.before(source.section);
  if (lead !== undefined) written.push(lead);
  try {
    for await (const batch of source.batches(new AbortController().signal)) {
      if (batch.section !== sections.at(-1)) sections.push(batch.section);
      const missing = preamble.before(batch.section);
      if (missing !== undefined) written.push(missing);
      written.push(batch.bytes.slice());
      cursor.reset(batch.bytes, batch.section);
      let count = 0;
      for (; cursor.next(); count++) packets.push(seen(cursor, sections.length - 1));
      if (count !== batch.packetCount) throw new Error('packetCount is not that of the blocks');
      batch.release();
    }
  } catch (caught) {
    error = caught;
  }
  source.close();
  return { packets, rewritten: Buffer.concat(written), error };
}

function seen(cursor: PacketCursor, section: number): SeenPacket {
  const data = cursor.bytes.subarray(cursor.dataOffset, cursor.dataOffset + cursor.capturedLength);
  return {
    section,
    interfaceId: cursor.interfaceId,
    time: cursor.hasTime
      ? `${cursor.seconds}.${String(cursor.nanoseconds).padStart(9, '0')}`
      : 'none',
    data: Buffer.from(data).toString('hex'),
    originalLength: cursor.originalLength,
    direction: cursor.direction,
    ring: cursor.ring,
    comment: cursor.comment,
  };
}

/** Bytes in memory as an input that gives at most `portion` of them at a time. */
export function memoryInput(bytes: Uint8Array, portion = bytes.length): ByteInput {
  let rest = bytes;
  return {
    read(into) {
      const part = rest.subarray(0, Math.min(portion, into.length));
      into.set(part);
      rest = rest.subarray(part.length);
      return Promise.resolve(part.length);
    },
    cancel() {
      rest = rest.subarray(0, 0);
    },
    close() {
      return Promise.resolve();
    },
  };
}

/** What is read of a savefile with these bytes. Throws when it cannot be opened. */
export async function readBytes(bytes: Uint8Array): Promise<ReadResult> {
  return readAll(await openInput(memoryInput(bytes), 'savefile'));
}

export interface PacketFields {
  readonly interfaceId?: number;
  readonly ticks?: bigint;
  readonly data?: Uint8Array;
  readonly originalLength?: number;
  readonly flags?: number | undefined;
  readonly queue?: number;
  readonly comments?: readonly string[];
}

/** An enhanced packet block. */
export function packetBlock(byteOrder: ByteOrder, fields: PacketFields = {}): Uint8Array {
  const { data = Uint8Array.of(1, 2, 3, 4, 5) } = fields;
  const block = new BlockBuilder(BlockType.EnhancedPacket, byteOrder)
    .uint32(fields.interfaceId ?? 0)
    .timestamp(fields.ticks ?? 1_700_000_000_123_456n)
    .uint32(data.length)
    .uint32(fields.originalLength ?? data.length)
    .bytes(data)
    .uint32Option(Option.PacketFlags, fields.flags)
    .uint32Option(Option.PacketQueue, fields.queue);
  for (const comment of fields.comments ?? []) block.textOption(Option.Comment, comment);
  return block.build();
}

/** A block that nmcap does not know: a custom one, of those that may be copied. */
export function unknownBlock(byteOrder: ByteOrder, body: Uint8Array): Uint8Array {
  return new BlockBuilder(0x00000bad, byteOrder).bytes(body).build();
}

/** A simple packet block, which has no time. */
export function simplePacketBlock(
  byteOrder: ByteOrder,
  data: Uint8Array,
  originalLength = data.length,
): Uint8Array {
  return new BlockBuilder(BlockType.SimplePacket, byteOrder)
    .uint32(originalLength)
    .bytes(data)
    .build();
}

/** What nmcap writes: two interfaces, directions, rings, comments, statistics. */
export function ownFile(byteOrder: 'little' | 'big'): Buffer {
  const section: Section = {
    byteOrder,
    hardware: 'x86_64',
    os: 'Linux 6.1',
    application: 'nmcap 0.1.0',
    interfaces: [
      { ...ETHERNET, name: 'netmap:em0', description: 'copy monitor', snapshotLength: 128 },
      { ...ETHERNET, name: 'netmap:em1', filter: 'udp', ticksPerSecond: 1_000_000_000n },
    ],
  };
  return Buffer.concat([
    sectionPreamble(section),
    packetBlock(byteOrder, { flags: 1, queue: 0 }),
    packetBlock(byteOrder, { flags: 2, queue: 1, comments: ['3 frames were lost', 'in all'] }),
    packetBlock(byteOrder, { interfaceId: 1, ticks: 1_700_000_000_123_456_789n }),
    interfaceStatistics(section, { interfaceId: 0, timestamp: 5n, received: 2 }),
    interfaceStatistics(section, { interfaceId: 1, timestamp: 5n, received: 1, delivered: 1 }),
  ]);
}
