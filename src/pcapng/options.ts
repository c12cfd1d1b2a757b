import { Option, padded } from './block.js';
import type { ByteOrder } from './section.js';

export interface OptionValue {
  readonly code: number;
  /** Without the padding. */
  readonly value: Uint8Array;
}

/**
 * Reads the options of a whole block from `at` up to the end-of-options mark or the trailing length;
 * `undefined` when one runs past that.
 */
export function readOptions(
  block: Uint8Array,
  at: number,
  byteOrder: ByteOrder,
): OptionValue[] | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = byteOrder === 'little';
  const end = block.length - 4;
  const options: OptionValue[] = [];
  while (at + 4 <= end) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === Option.EndOfOptions) break;
    at += 4;
    if (at + length > end) return undefined;
    options.push({ code, value: block.subarray(at, at + length) });
    at += padded(length);
  }
  return options;
}
