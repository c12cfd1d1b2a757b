import { BlockType, Option } from './block.js';
import { BlockBuilder } from './block-builder.js';
import { readOptions } from './options.js';
import type { Section } from './section.js';

/**
 * The two forms of a packet besides the enhanced one, each whole and of sound length. Both functions
 * return an enhanced packet block in the section's byte order, or what is wrong with the packet.
 */

/** Of an obsolete packet block (draft-ietf-opsawg-pcapng, appendix A) before its data. */
const OBSOLETE_HEADER = 28;
const DROP_COUNT_UNKNOWN = 0xffff;

export function readObsoletePacket(block: Uint8Array, section: Section): Uint8Array | string {
  const little = section.byteOrder === 'little';
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const interfaceId = view.getUint16(8, little);
  if (interfaceId >= section.interfaces.length) {
    return `a packet of interface ${interfaceId}, which is not described`;
  }
  const dropCount = view.getUint16(10, little);
  const capturedLength = view.getUint32(20, little);
  const end = block.length - 4;
  if (capturedLength > end - OBSOLETE_HEADER) return 'a packet that is longer than its block';
  const dataEnd = OBSOLETE_HEADER + capturedLength;
  // The option codes are those of the enhanced packet block.
  const options = readOptions(block, dataEnd + (-capturedLength & 3), section.byteOrder);
  if (options === undefined) return 'an option that is longer than its block';
  const packet = new BlockBuilder(BlockType.EnhancedPacket, section.byteOrder)
    .uint32(interfaceId)
    .uint32(view.getUint32(12, little))
    .uint32(view.getUint32(16, little))
    .uint32(capturedLength)
    .uint32(view.getUint32(24, little))
    .bytes(block.subarray(OBSOLETE_HEADER, dataEnd));
  for (const { code, value } of options) packet.option(code, value);
  if (dropCount !== 0 && dropCount !== DROP_COUNT_UNKNOWN) {
    packet.uint64Option(Option.PacketDropCount, dropCount);
  }
  return packet.build();
}

/** Of a simple packet block (section 4.4): it has no time, and is of the first interface. */
export function readSimplePacket(block: Uint8Array, section: Section): Uint8Array | string {
  const little = section.byteOrder === 'little';
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const from = section.interfaces[0];
  if (from === undefined) return 'a packet of interface 0, which is not described';
  const originalLength = view.getUint32(8, little);
  const limit = from.snapshotLength === 0 ? originalLength : from.snapshotLength;
  const capturedLength = Math.min(originalLength, limit);
  if (capturedLength > block.length - 16) return 'a packet that is longer than its block';
  return new BlockBuilder(BlockType.EnhancedPacket, section.byteOrder)
    .uint32(0)
    .timestamp(0n)
    .uint32(capturedLength)
    .uint32(originalLength)
    .bytes(block.subarray(12, 12 + capturedLength))
    .build();
}
