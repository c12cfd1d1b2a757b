/** Looks into a live capture's batches, which hold packets with times and nothing else. */
import type { InterfaceCounts } from './batch.js';
import { PacketCursor } from './cursor.js';
import type { Section } from './section.js';

/** The packets' bytes, at least one packet's. */
interface Packets {
  readonly bytes: Uint8Array;
  readonly section: Section;
}

/** Of a cursor's packet, microseconds since 1970. */
export function timeOf({ seconds, nanoseconds }: PacketCursor): number {
  return seconds * 1e6 + Math.floor(nanoseconds / 1000);
}

export function firstTime({ bytes, section }: Packets): number {
  const cursor = new PacketCursor();
  cursor.reset(bytes, section);
  cursor.next();
  return timeOf(cursor);
}

/** A block has its length at both of its ends. */
export function lastTime({ bytes, section }: Packets): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(bytes.length - 4, section.byteOrder === 'little');
  return firstTime({ bytes: bytes.subarray(bytes.length - length), section });
}

/** Where the first packet begins that is `wanted`, and how many packets are before it. */
export function findPacket(
  { bytes, section }: Packets,
  wanted: (packet: PacketCursor) => boolean,
): { readonly at: number; readonly packetsBefore: number } {
  const cursor = new PacketCursor();
  cursor.reset(bytes, section);
  let packetsBefore = 0;
  while (cursor.next()) {
    if (wanted(cursor)) return { at: cursor.blockStart, packetsBefore };
    packetsBefore++;
  }
  return { at: bytes.length, packetsBefore };
}

/** What had been counted before these packets, of what had been counted after them. */
export function countsBefore(
  counts: readonly InterfaceCounts[],
  { bytes, section }: Packets,
): InterfaceCounts[] {
  const packets = counts.map(() => 0);
  const cursor = new PacketCursor();
  cursor.reset(bytes, section);
  while (cursor.next()) packets[cursor.interfaceId] = (packets[cursor.interfaceId] ?? 0) + 1;
  return counts.map(({ seen, passed, discarded }, interfaceId) => {
    const count = packets[interfaceId] ?? 0;
    return { seen: seen - count, passed: passed - count, discarded };
  });
}
