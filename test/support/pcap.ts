/** A packet for a test's capture file. */
export interface TestPacket {
  readonly bytes: Uint8Array;
  /** Bytes that were on the wire; by default as many as there are. */
  readonly originalLength?: number;
  readonly seconds?: number;
  readonly nanoseconds?: number;
}

const START = 1_700_000_000;

/** The time of a packet that names none: a millisecond and a microsecond after the one before. */
export function timeOf(packet: TestPacket, index: number): [seconds: number, nanoseconds: number] {
  const microseconds = 123_456 + 1001 * index;
  return [
    packet.seconds ?? START + Math.floor(microseconds / 1_000_000),
    packet.nanoseconds ?? (microseconds % 1_000_000) * 1000 + 789,
  ];
}

/** A classic pcap file of nanosecond time stamps (draft-ietf-opsawg-pcap). */
export function pcapFile(packets: readonly TestPacket[], linkType = 1): Uint8Array {
  const parts: Uint8Array[] = [];
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b23c4d, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(linkType, 20);
  parts.push(header);
  for (const [index, packet] of packets.entries()) {
    const [seconds, nanoseconds] = timeOf(packet, index);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(seconds, 0);
    record.writeUInt32LE(nanoseconds, 4);
    record.writeUInt32LE(packet.bytes.length, 8);
    record.writeUInt32LE(packet.originalLength ?? packet.bytes.length, 12);
    parts.push(record, packet.bytes);
  }
  return Buffer.concat(parts);
}

/** The same packets as a batch of enhanced packet blocks, nanosecond time stamps too. */
export function epbBatch(packets: readonly TestPacket[], flags?: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const [index, packet] of packets.entries()) {
    const [seconds, nanoseconds] = timeOf(packet, index);
    const ticks = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
    const padded = (packet.bytes.length + 3) & ~3;
    const options = flags === undefined ? 0 : 12;
    const block = Buffer.alloc(32 + padded + options);
    block.writeUInt32LE(6, 0);
    block.writeUInt32LE(block.length, 4);
    block.writeUInt32LE(Number(ticks >> 32n), 12);
    block.writeUInt32LE(Number(ticks & 0xffff_ffffn), 16);
    block.writeUInt32LE(packet.bytes.length, 20);
    block.writeUInt32LE(packet.originalLength ?? packet.bytes.length, 24);
    block.set(packet.bytes, 28);
    if (flags !== undefined) {
      block.writeUInt16LE(2, 28 + padded);
      block.writeUInt16LE(4, 30 + padded);
      block.writeUInt32LE(flags, 32 + padded);
    }
    block.writeUInt32LE(block.length, block.length - 4);
    parts.push(block);
  }
  return Buffer.concat(parts);
}
