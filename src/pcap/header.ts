import type { ByteOrder } from '../pcapng/section.js';

/** The magic number of a classic pcap file tells the byte order and the unit of the time stamps. */
export const MAGIC_MICROSECONDS = 0xa1b2c3d4;
export const MAGIC_NANOSECONDS = 0xa1b23c4d;
export const PCAP_HEADER_LENGTH = 24;
/** Of one packet, before its data. */
export const RECORD_HEADER_LENGTH = 16;

/** The file header of a classic pcap file (draft-ietf-opsawg-pcap, section 4). */
export interface PcapHeader {
  readonly byteOrder: ByteOrder;
  /** What a second is in units of the records' fraction of it. */
  readonly ticksPerSecond: 1_000_000 | 1_000_000_000;
  /** Bytes; 0: no limit. */
  readonly snapshotLength: number;
  readonly linkType: number;
}

/** The header of the file that begins with these 24 bytes; undefined when they are not one. */
export function readPcapHeader(bytes: Uint8Array): PcapHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, PCAP_HEADER_LENGTH);
  for (const byteOrder of ['little', 'big'] as const) {
    const little = byteOrder === 'little';
    const magic = view.getUint32(0, little);
    if (magic !== MAGIC_MICROSECONDS && magic !== MAGIC_NANOSECONDS) continue;
    return {
      byteOrder,
      ticksPerSecond: magic === MAGIC_NANOSECONDS ? 1_000_000_000 : 1_000_000,
      snapshotLength: view.getUint32(16, little),
      // The high bits tell how long the FCS is.
      linkType: view.getUint32(20, little) & 0xffff,
    };
  }
  return undefined;
}

export function writePcapHeader(header: PcapHeader): Uint8Array {
  const bytes = new Uint8Array(PCAP_HEADER_LENGTH);
  const view = new DataView(bytes.buffer);
  const little = header.byteOrder === 'little';
  const magic = header.ticksPerSecond === 1_000_000 ? MAGIC_MICROSECONDS : MAGIC_NANOSECONDS;
  view.setUint32(0, magic, little);
  view.setUint16(4, 2, little);
  view.setUint16(6, 4, little);
  view.setUint32(16, header.snapshotLength, little);
  view.setUint32(20, header.linkType, little);
  return bytes;
}
