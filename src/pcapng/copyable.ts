import { BlockType, EPB_HEADER, Option, padded } from './block.js';
import { BlockBuilder } from './block-builder.js';
import {
  mayBeCopied,
  type OptionList,
  optionsAreCopyable,
  type OptionValue,
  readOptions,
} from './options.js';
import type { ByteOrder } from './section.js';

/** Bytes before the options of an interface statistics block. */
const STATISTICS_HEADER = 20;
/** Bytes before the secrets of a decryption secrets block, after which its options are. */
const SECRETS_HEADER = 16;
const BLOCK_HEADER = 8;

/** Code and length of an option in one word, as a section of either byte order has them. */
const FLAGS_LITTLE = 0x00040002;
const FLAGS_BIG = 0x00020004;
const QUEUE_LITTLE = 0x00040006;
const QUEUE_BIG = 0x00060004;

/** What becomes of a block that is copied to another file. */
export interface Copyable {
  /** Empty where nothing of it can be kept. */
  readonly block: Uint8Array;
  /** What was left out because it is damaged; completes "damaged: ...". */
  readonly damage: string | undefined;
}

/**
 * Whether the block of `length` bytes at `at`, a packet or one that nmcap only copies, can be copied as
 * it is. A packet's captured length has been checked.
 */
export function isCopyable(
  view: DataView,
  at: number,
  length: number,
  type: number,
  little: boolean,
): boolean {
  const end = at + length - 4;
  if (type === BlockType.EnhancedPacket) {
    const options = at + EPB_HEADER + padded(view.getUint32(at + 20, little));
    return (
      hasUsualOptions(view, options, end, little) ||
      optionsAreCopyable(view, options, end, little, type)
    );
  }
  const options = optionsOf(view, at, end, type, little);
  if (options === 'none') return true;
  return options !== 'malformed' && optionsAreCopyable(view, options, end, little, type);
}

/**
 * Whether a packet has the options that nmcap's and most others' have: none, or epb_flags and epb_queue.
 * The packets of a file pass through this; the loop that knows every option takes thrice as long.
 */
function hasUsualOptions(view: DataView, options: number, end: number, little: boolean): boolean {
  const length = end - options;
  if (length === 0) return true;
  if (length !== 12 && length !== 20) return false;
  return (
    view.getUint32(options, little) === (little ? FLAGS_LITTLE : FLAGS_BIG) &&
    view.getUint32(end - 4, little) === 0 &&
    (length === 12 || view.getUint32(options + 8, little) === (little ? QUEUE_LITTLE : QUEUE_BIG))
  );
}

/** What can be copied of a whole block that isCopyable() refuses. */
export function copyableOf(block: Uint8Array, type: number, byteOrder: ByteOrder): Copyable {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = byteOrder === 'little';
  const at =
    type === BlockType.EnhancedPacket
      ? EPB_HEADER + padded(view.getUint32(20, little))
      : optionsOf(view, 0, block.length - 4, type, little);
  // Its options cannot be found: what else is in it cannot be relied on either.
  if (at === 'malformed') {
    return { block: block.subarray(0, 0), damage: `a block of type ${type} with wrong lengths` };
  }
  if (at === 'none') return { block, damage: undefined };
  const options = readOptions(block, at, byteOrder, type);
  return { block: withCopyable(block, at, type, byteOrder, options), damage: damageOf(options) };
}

/**
 * The block with those of its options alone that are sound and may be copied. `at`: where the options
 * begin.
 */
export function withCopyable(
  block: Uint8Array,
  at: number,
  type: number,
  byteOrder: ByteOrder,
  options: OptionList,
): Uint8Array {
  const copy = new BlockBuilder(type, byteOrder).bytes(block.subarray(BLOCK_HEADER, at));
  for (const { code, value } of copyableOptions(options)) copy.option(code, value);
  return copy.build();
}

/**
 * The options of a block that another file may have. As it is, a block with a malformed option makes
 * Wireshark refuse the whole file from there on, and without the option it would look whole: so it gets
 * a comment.
 */
export function* copyableOptions({ sound, malformed }: OptionList): Generator<OptionValue> {
  for (const option of sound) if (mayBeCopied(option)) yield option;
  const reasons = malformed.map(({ reason }) => reason).join(', ');
  if (reasons === '') return;
  const comment = `nmcap: left out of this damaged block: ${reasons}`;
  yield { code: Option.Comment, value: new TextEncoder().encode(comment) };
}

export function damageOf({ malformed }: OptionList): string | undefined {
  return malformed[0]?.reason;
}

/** Where the options begin of a block that nmcap only copies; `end` is where they end. */
function optionsOf(
  view: DataView,
  at: number,
  end: number,
  type: number,
  little: boolean,
): number | 'none' | 'malformed' {
  let options: number;
  switch (type) {
    case BlockType.InterfaceStatistics:
      options = at + STATISTICS_HEADER;
      break;
    case BlockType.NameResolution:
      options = at + BLOCK_HEADER;
      // Records like options, up to one of type 0 (section 4.5).
      for (let record = true; record && options + 4 <= end;) {
        record = view.getUint16(options, little) !== 0;
        options += record ? 4 + padded(view.getUint16(options + 2, little)) : 4;
      }
      break;
    case BlockType.DecryptionSecrets: {
      options = at + SECRETS_HEADER;
      if (options > end) return 'malformed';
      const length = view.getUint32(at + 12, little);
      if (length > end - options) return 'malformed';
      options += padded(length);
      break;
    }
    default:
      return 'none';
  }
  return options > end ? 'malformed' : options;
}
