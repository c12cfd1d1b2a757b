import { BlockType, Option, padded } from './block.js';
import { BlockBuilder } from './block-builder.js';
import { type Copyable, copyableOptions, damageOf } from './copyable.js';
import { readOptions } from './options.js';
import type { Section } from './section.js';

/** Of an obsolete packet block (draft-ietf-opsawg-pcapng, appendix A) before its data. */
const OBSOLETE_HEADER = 28;
const DROP_COUNT_UNKNOWN = 0xffff;

/**
 * The packet of a whole block of sound length as an enhanced packet block in the section's byte order,
 * or what is wrong with it.
 */
export function readObsoletePacket(block: Uint8Array, section: Section): Copyable | string {
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
  const optionsAt = OBSOLETE_HEADER + padded(capturedLength);
  const options = readOptions(block, optionsAt, section.byteOrder, BlockType.ObsoletePacket);
  const packet = new BlockBuilder(BlockType.EnhancedPacket, section.byteOrder)
    .uint32(interfaceId)
    .uint32(view.getUint32(12, little))
    .uint32(view.getUint32(16, little))
    .uint32(capturedLength)
    .uint32(view.getUint32(24, little))
    .bytes(block.subarray(OBSOLETE_HEADER, dataEnd));
  for (const { code, value } of copyableOptions(options)) packet.option(code, value);
  if (dropCount !== 0 && dropCount !== DROP_COUNT_UNKNOWN) {
    packet.uint64Option(Option.PacketDropCount, dropCount);
  }
  return { block: packet.build(), damage: damageOf(options) };
}
