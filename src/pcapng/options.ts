import { BlockType, Option, padded } from './block.js';
import type { ByteOrder } from './section.js';

export interface OptionValue {
  readonly code: number;
  /** Without the padding. */
  readonly value: Uint8Array;
}

/** The options of a block. */
export interface OptionList {
  readonly sound: readonly OptionValue[];
  readonly malformed: readonly MalformedOption[];
}

export interface MalformedOption {
  readonly code: number;
  /** Completes "damaged: ...". */
  readonly reason: string;
  /** It runs past its block, so that it and whatever was meant to follow cannot be read. */
  readonly endless: boolean;
}

/** Custom options (section 3.5.1): a private enterprise number, and then what its owner likes. */
const CUSTOM_OPTIONS: ReadonlySet<number> = new Set([2988, 2989, 19372, 19373]);
/** Those of them that no program may copy to another file. */
const OPTIONS_NOT_COPIED: ReadonlySet<number> = new Set([19372, 19373]);
const ENTERPRISE_NUMBER_LENGTH = 4;

/**
 * Bytes that the value of an option must have, by its code; 0 or none: any number. For every type of
 * block whose options nmcap reads or copies.
 */
const LENGTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [BlockType.SectionHeader, []],
  [BlockType.InterfaceDescription, [0, 0, 0, 0, 8, 17, 6, 8, 8, 1, 4, 0, 0, 1, 8, 0, 8, 8]],
  [BlockType.ObsoletePacket, [0, 0, 4]],
  [BlockType.NameResolution, [0, 0, 0, 4, 16]],
  [BlockType.InterfaceStatistics, [0, 0, 8, 8, 8, 8, 8, 8, 8]],
  [BlockType.EnhancedPacket, [0, 0, 4, 0, 8, 8, 4]],
  [BlockType.DecryptionSecrets, []],
]);

/**
 * Reads the options of a whole block from `at` up to the end-of-options mark or the trailing length.
 * `type` is the block's, which says how long the values of its options are.
 */
export function readOptions(
  block: Uint8Array,
  at: number,
  byteOrder: ByteOrder,
  type: number,
): OptionList {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = byteOrder === 'little';
  const end = block.length - 4;
  const sound: OptionValue[] = [];
  const malformed: MalformedOption[] = [];
  while (at + 4 <= end) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    if (code === Option.EndOfOptions) break;
    at += 4;
    if (length > end - at) {
      malformed.push({ code, reason: 'an option that is longer than its block', endless: true });
      break;
    }
    if (hasLength(code, length, LENGTHS.get(type) ?? [])) {
      sound.push({ code, value: block.subarray(at, at + length) });
    } else {
      malformed.push({ code, reason: `option ${code} with a length of ${length}`, endless: false });
    }
    at += padded(length);
  }
  return { sound, malformed };
}

/** Whether an option may be copied to another file. */
export function mayBeCopied({ code }: OptionValue): boolean {
  return !OPTIONS_NOT_COPIED.has(code);
}

/**
 * Whether all options from `at` to `end`, where the block's trailing length is, are sound and may be
 * copied. Creates no objects.
 */
export function optionsAreCopyable(
  view: DataView,
  at: number,
  end: number,
  little: boolean,
  type: number,
): boolean {
  while (at + 4 <= end) {
    const head = view.getUint32(at, little);
    if (head === 0) return true;
    const code = little ? head & 0xffff : head >>> 16;
    const length = little ? head >>> 16 : head & 0xffff;
    if (code === Option.EndOfOptions) return true;
    at += 4;
    if (length > end - at || !hasLength(code, length, LENGTHS.get(type) ?? [])) return false;
    if (OPTIONS_NOT_COPIED.has(code)) return false;
    at += padded(length);
  }
  return true;
}

function hasLength(code: number, length: number, lengths: readonly number[]): boolean {
  if (code >= lengths.length) {
    return length >= ENTERPRISE_NUMBER_LENGTH || !CUSTOM_OPTIONS.has(code);
  }
  const wanted = lengths[code] ?? 0;
  return wanted === 0 || wanted === length;
}
