import { BlockType, EPB_HEADER, Option, padded } from './block.js';
import { withCopyable } from './copyable.js';
import { readOptions } from './options.js';
import type { ByteOrder } from './section.js';

/** An enhanced packet block with a comment more. */
export function withComment(block: Uint8Array, byteOrder: ByteOrder, text: string): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const optionsAt = EPB_HEADER + padded(view.getUint32(20, byteOrder === 'little'));
  const type = BlockType.EnhancedPacket;
  const { sound, malformed } = readOptions(block, optionsAt, byteOrder, type);
  const comment = { code: Option.Comment, value: new TextEncoder().encode(text) };
  return withCopyable(block, optionsAt, type, byteOrder, { sound: [...sound, comment], malformed });
}
