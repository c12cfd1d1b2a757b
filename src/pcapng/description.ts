import { BlockType, Option } from './block.js';
import { damageOf, withCopyable } from './copyable.js';
import { mayBeCopied, type OptionList, type OptionValue, readOptions } from './options.js';
import {
  type ByteOrder,
  DEFAULT_TICKS_PER_SECOND,
  type Interface,
  type Section,
} from './section.js';

/** Bytes of a section header block before its options. */
const SECTION_FIXED = 24;
const INTERFACE_FIXED = 16;
/** The options that a packet's time depends on. */
const CLOCK_OPTIONS: ReadonlySet<number> = new Set([
  Option.InterfaceTsResol,
  Option.InterfaceTsOffset,
]);

/** What a block describes, and what is wrong with it. */
export interface Description<What> {
  readonly described: What;
  /** What was left out because it is damaged; completes "damaged: ...". */
  readonly damage: string | undefined;
}

/** Reads a whole block whose length has been checked; a section without interfaces. */
export function readSectionHeader(block: Uint8Array, byteOrder: ByteOrder): Description<Section> {
  const options = readOptions(block, SECTION_FIXED, byteOrder, BlockType.SectionHeader);
  const kept = keptBlock(block, SECTION_FIXED, BlockType.SectionHeader, byteOrder, options);
  viewOf(kept).setBigInt64(16, -1n);
  const section: Section = {
    byteOrder,
    interfaces: [],
    block: kept,
    ...texts(options.sound, [
      ['hardware', Option.SectionHardware],
      ['os', Option.SectionOs],
      ['application', Option.SectionApplication],
    ]),
  };
  return { described: section, damage: damageOf(options) };
}

/**
 * Reads a whole block as above; or returns why it cannot be relied on: the clock of its packets would
 * be a guess. libpcap refuses the same (add_interface() in sf-pcapng.c).
 */
export function readInterfaceDescription(
  block: Uint8Array,
  byteOrder: ByteOrder,
): Description<Interface> | string {
  const list = readOptions(block, INTERFACE_FIXED, byteOrder, BlockType.InterfaceDescription);
  const options = list.sound;
  const fatal = list.malformed.find(({ code, endless }) => endless || CLOCK_OPTIONS.has(code));
  if (fatal !== undefined) return fatal.reason;
  const little = byteOrder === 'little';
  const view = viewOf(block);
  const offset = find(options, Option.InterfaceTsOffset);
  const filter = find(options, Option.InterfaceFilter);
  const fcs = find(options, Option.InterfaceFcsLength);
  const description: Interface = {
    linkType: view.getUint16(8, little),
    snapshotLength: view.getUint32(12, little),
    ticksPerSecond: ticksPerSecond(find(options, Option.InterfaceTsResol)?.[0]),
    secondsOffset: offset === undefined ? 0n : viewOf(offset).getBigInt64(0, little),
    block: keptBlock(block, INTERFACE_FIXED, BlockType.InterfaceDescription, byteOrder, list),
    ...(fcs === undefined ? {} : { fcsLength: fcsLength(fcs[0]) }),
    // The first byte is the filter's type; only 0, pcap-filter text, is text.
    ...(filter?.[0] === 0 ? { filter: decodeText(filter.subarray(1)) } : {}),
    ...texts(options, [
      ['name', Option.InterfaceName],
      ['description', Option.InterfaceDescription],
      ['os', Option.InterfaceOs],
      ['hardware', Option.InterfaceHardware],
    ]),
  };
  return { described: description, damage: damageOf(list) };
}

/** The block as it is written when it is copied. */
function keptBlock(
  block: Uint8Array,
  optionsAt: number,
  type: number,
  byteOrder: ByteOrder,
  options: OptionList,
): Uint8Array {
  const isWhole = options.malformed.length === 0 && options.sound.every(mayBeCopied);
  return isWhole ? block.slice() : withCopyable(block, optionsAt, type, byteOrder, options);
}

/** if_tsresol: n for 10^n ticks a second, 0x80 + n for 2^n. */
function ticksPerSecond(resolution: number | undefined): bigint {
  if (resolution === undefined) return DEFAULT_TICKS_PER_SECOND;
  const exponent = BigInt(resolution & 0x7f);
  return (resolution & 0x80) === 0 ? 10n ** exponent : 2n ** exponent;
}

/**
 * if_fcslen is in bits, but its own example is 4 (section 4.2), and writers have followed either:
 * Wireshark takes both 4 and 32 for Ethernet's four bytes.
 */
function fcsLength(value = 0): number {
  return value < 16 ? value : Math.floor(value / 8);
}

/** Those of the named text options that are there. */
function texts<Name extends string>(
  options: readonly OptionValue[],
  wanted: readonly (readonly [name: Name, code: number])[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const [name, code] of wanted) {
    const value = find(options, code);
    if (value !== undefined) found[name] = decodeText(value);
  }
  return found;
}

function find(options: readonly OptionValue[], code: number): Uint8Array | undefined {
  return options.find((option) => option.code === code)?.value;
}

/** Decodes UTF-8; some writers terminate texts with a NUL, which is dropped. */
function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0+$/, '');
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
