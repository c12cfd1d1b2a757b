import { Option } from './block.js';
import { type OptionValue, readOptions } from './options.js';
import {
  type ByteOrder,
  DEFAULT_TICKS_PER_SECOND,
  type Interface,
  type Section,
} from './section.js';

/** Bytes of a section header block before its options. */
const SECTION_FIXED = 24;
const INTERFACE_FIXED = 16;

/**
 * Reads a whole block whose length has been checked. Returns a section without interfaces;
 * `undefined` when an option runs past the end of the block.
 */
export function readSectionHeader(block: Uint8Array, byteOrder: ByteOrder): Section | undefined {
  const options = readOptions(block, SECTION_FIXED, byteOrder);
  if (options === undefined) return undefined;
  const kept = block.slice();
  viewOf(kept).setBigInt64(16, -1n);
  return {
    byteOrder,
    interfaces: [],
    block: kept,
    ...texts(options, [
      ['hardware', Option.SectionHardware],
      ['os', Option.SectionOs],
      ['application', Option.SectionApplication],
    ]),
  };
}

/** Reads a whole block as above; `undefined` when an option runs past the end of the block. */
export function readInterfaceDescription(
  block: Uint8Array,
  byteOrder: ByteOrder,
): Interface | undefined {
  const options = readOptions(block, INTERFACE_FIXED, byteOrder);
  if (options === undefined) return undefined;
  const little = byteOrder === 'little';
  const view = viewOf(block);
  const offset = find(options, Option.InterfaceTsOffset);
  const filter = find(options, Option.InterfaceFilter);
  const fcs = find(options, Option.InterfaceFcsLength);
  return {
    linkType: view.getUint16(8, little),
    snapshotLength: view.getUint32(12, little),
    ticksPerSecond: ticksPerSecond(find(options, Option.InterfaceTsResol)?.[0]),
    secondsOffset: offset?.length === 8 ? viewOf(offset).getBigInt64(0, little) : 0n,
    block: block.slice(),
    ...(fcs?.length === 1 ? { fcsLength: fcsLength(fcs[0]) } : {}),
    // The first byte tells the filter's kind: 0 is pcap-filter text, the only one that is text.
    ...(filter?.[0] === 0 ? { filter: decodeText(filter.subarray(1)) } : {}),
    ...texts(options, [
      ['name', Option.InterfaceName],
      ['description', Option.InterfaceDescription],
      ['os', Option.InterfaceOs],
      ['hardware', Option.InterfaceHardware],
    ]),
  };
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
