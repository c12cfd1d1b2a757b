import {
  BLOCK_OVERHEAD,
  BlockType,
  BYTE_ORDER_MAGIC,
  EPB_HEADER,
  MAX_BLOCK_LENGTH,
  SPB_HEADER,
} from './block.js';
import { type Copyable, copyableOf, isCopyable } from './copyable.js';
import { type Description, readInterfaceDescription, readSectionHeader } from './description.js';
import { readObsoletePacket } from './old-packet.js';
import { type ByteOrder, type Interface, type Section, simplePacketLength } from './section.js';

/** What is at the start of some bytes of a pcapng file. */
export type Parsed =
  /** The first block is incomplete: at least `needed` bytes from its start are required. */
  | { readonly kind: 'incomplete'; readonly needed: number }
  /** `reason` completes the sentence "damaged: ...". */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** A section begins. */
  | ({ readonly kind: 'section'; readonly length: number } & Description<Section>)
  /** The section has one more interface. */
  | ({ readonly kind: 'interface'; readonly length: number } & Description<Interface>)
  /**
   * As many consecutive blocks as can go into a batch as they are: enhanced and simple packets, and
   * whatever neither is a packet nor describes one.
   */
  | { readonly kind: 'blocks'; readonly length: number; readonly packetCount: number }
  /**
   * One block that cannot: a packet in its obsolete form, made an enhanced packet block; or one that is
   * damaged, or not to be copied, in whole or in part, without that.
   */
  | ({
      readonly kind: 'rewritten';
      readonly length: number;
      readonly packetCount: number;
    } & Copyable);

/**
 * Parses the start of `bytes`, the next bytes of the file. Pure: `section` is the one that the bytes
 * are in, with the interfaces so far, or undefined at the start of the file, where a section must
 * begin. Every returned `length` is above 0 and within the bytes.
 */
export function parse(bytes: Uint8Array, section: Section | undefined): Parsed {
  if (bytes.length < BLOCK_OVERHEAD) return { kind: 'incomplete', needed: BLOCK_OVERHEAD };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The type is a palindrome, as the block defines its own byte order.
  if (view.getUint32(0) === BlockType.SectionHeader) return parseSectionHeader(bytes, view);
  if (section === undefined) return malformed('no section header at the start');

  const run = batchableRun(view, section);
  if (run.length > 0) return { kind: 'blocks', ...run };
  return parseBlock(bytes, view, section);
}

function parseSectionHeader(bytes: Uint8Array, view: DataView): Parsed {
  const byteOrder = byteOrderOf(view.getUint32(8), view.getUint32(8, true));
  if (byteOrder === undefined) return malformed('a section header without byte-order magic');
  const little = byteOrder === 'little';
  const length = view.getUint32(4, little);
  const fault = lengthFault(view, length, 28, little);
  if (fault !== undefined) return fault;
  const major = view.getUint16(12, little);
  if (major !== 1) return malformed(`a section of unknown pcapng version ${major}`);
  const read = readSectionHeader(bytes.subarray(0, length), byteOrder);
  return { kind: 'section', length, ...read };
}

/** Parses the first block, if `batchableRun` has not accepted it. */
function parseBlock(bytes: Uint8Array, view: DataView, section: Section): Parsed {
  const { byteOrder } = section;
  const little = byteOrder === 'little';
  const type = view.getUint32(0, little);
  const length = view.getUint32(4, little);
  const fault = lengthFault(view, length, SHORTEST_OF_TYPE.get(type) ?? BLOCK_OVERHEAD, little);
  if (fault !== undefined) return fault;

  const block = bytes.subarray(0, length);
  switch (type) {
    case BlockType.InterfaceDescription: {
      const read = readInterfaceDescription(block, byteOrder);
      return typeof read === 'string' ? malformed(read) : { kind: 'interface', length, ...read };
    }
    case BlockType.CustomNotCopied: {
      const nothing = block.subarray(0, 0);
      return { kind: 'rewritten', length, packetCount: 0, block: nothing, damage: undefined };
    }
    case BlockType.ObsoletePacket: {
      const packet = readObsoletePacket(block, section);
      return typeof packet === 'string'
        ? malformed(packet)
        : { kind: 'rewritten', length, packetCount: 1, ...packet };
    }
    // batchableRun takes every sound one.
    case BlockType.SimplePacket:
      return malformed(packetFault(0, section));
    case BlockType.EnhancedPacket: {
      const id = view.getUint32(8, little);
      if (!isSoundPacket(view, 0, length, section)) return malformed(packetFault(id, section));
      const copy = copyableOf(block, type, byteOrder);
      return { kind: 'rewritten', length, packetCount: 1, ...copy };
    }
    default:
      return { kind: 'rewritten', length, packetCount: 0, ...copyableOf(block, type, byteOrder) };
  }
}

/** Whether an enhanced packet block of that length is of a known interface and holds its packet. */
function isSoundPacket(view: DataView, at: number, length: number, section: Section): boolean {
  const little = section.byteOrder === 'little';
  return (
    length >= EPB_HEADER + 4 &&
    view.getUint32(at + 8, little) < section.interfaces.length &&
    view.getUint32(at + 20, little) <= length - EPB_HEADER - 4
  );
}

/** What is wrong with a packet of that interface that is not sound. */
function packetFault(id: number, { interfaces }: Section): string {
  return id < interfaces.length
    ? 'a packet that is longer than its block'
    : `a packet of interface ${id}, which is not described`;
}

/**
 * How far the first blocks are valid and can go into a batch unchanged. Every packet of a file passes
 * through this loop: it creates no objects and looks only at lengths and codes.
 */
function batchableRun(view: DataView, section: Section): { length: number; packetCount: number } {
  const little = section.byteOrder === 'little';
  const end = view.byteLength;
  let at = 0;
  let packetCount = 0;
  while (at + BLOCK_OVERHEAD <= end) {
    const type = view.getUint32(at, little);
    const length = view.getUint32(at + 4, little);
    if (length < BLOCK_OVERHEAD || length % 4 !== 0 || length > end - at) break;
    if (length > MAX_BLOCK_LENGTH || view.getUint32(at + length - 4, little) !== length) break;
    if (type === BlockType.EnhancedPacket) {
      if (!isSoundPacket(view, at, length, section)) break;
      if (!isCopyable(view, at, length, type, little)) break;
      packetCount++;
    } else if (type === BlockType.SimplePacket) {
      const captured = simplePacketLength(section, view.getUint32(at + 8, little));
      if (captured === undefined || captured > length - SPB_HEADER - 4) break;
      packetCount++;
    } else if (
      type === BlockType.InterfaceDescription ||
      type === BlockType.ObsoletePacket ||
      type === BlockType.CustomNotCopied ||
      type === BlockType.SectionHeader ||
      !isCopyable(view, at, length, type, little)
    ) {
      break;
    }
    at += length;
  }
  return { length: at, packetCount };
}

/** Bytes of a block without options or data, for the types that nmcap parses. */
const SHORTEST_OF_TYPE: ReadonlyMap<number, number> = new Map([
  [BlockType.InterfaceDescription, 20],
  [BlockType.ObsoletePacket, 32],
  [BlockType.SimplePacket, SPB_HEADER + 4],
  [BlockType.EnhancedPacket, EPB_HEADER + 4],
]);

/** What is wrong with the total length of the first block, if anything. */
function lengthFault(
  view: DataView,
  length: number,
  shortest: number,
  little: boolean,
): Parsed | undefined {
  if (length < shortest || length % 4 !== 0 || length > MAX_BLOCK_LENGTH) {
    return malformed(`a block of ${length} bytes`);
  }
  if (length > view.byteLength) return { kind: 'incomplete', needed: length };
  const trailing = view.getUint32(length - 4, little);
  return trailing === length
    ? undefined
    : malformed(`a block that begins with length ${length} and ends with length ${trailing}`);
}

function byteOrderOf(bigEndian: number, littleEndian: number): ByteOrder | undefined {
  if (bigEndian === BYTE_ORDER_MAGIC) return 'big';
  return littleEndian === BYTE_ORDER_MAGIC ? 'little' : undefined;
}

function malformed(reason: string): Parsed {
  return { kind: 'malformed', reason };
}
