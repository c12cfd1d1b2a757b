import type { ByteOrder } from '../pcapng/section.js';

export const PCAP_HEADER_LENGTH = 24;
/** Of one packet, before its data. */
export const RECORD_HEADER_LENGTH = 16;

/** The file header of a classic pcap file (draft-ietf-opsawg-pcap, section 4). */
export interface PcapHeader {
  readonly byteOrder: ByteOrder;
  /** Units of the records' fraction of a second. */
  readonly ticksPerSecond: 1_000_000 | 1_000_000_000;
  /** Bytes; 0: no limit. */
  readonly snapshotLength: number;
  readonly linkType: number;
  /** Bytes of frame check sequence that every packet ends with; undefined: unknown. */
  readonly fcsLength?: number | undefined;
}

/** A header, and how the records after it are laid out. */
export interface PcapFile extends PcapHeader {
  /** Bytes of the file's header. */
  readonly headerLength: number;
  /** Bytes of a record's header. */
  readonly recordHeaderLength: number;
  readonly lengthOrder: LengthOrder;
  /** Whether records may have longer headers without a magic number of their own: see variant.ts. */
  readonly mayBeVariant: boolean;
}

/**
 * Which of a record's two lengths comes first; numbered as in native/savefile/pcap_records.h. Padded:
 * the original one, and both include the bytes between the usual header and the packet.
 */
export const LengthOrder = {
  CapturedFirst: 0,
  OriginalFirst: 1,
  Padded: 2,
  SmallerFirst: 3,
} as const;
export type LengthOrder = (typeof LengthOrder)[keyof typeof LengthOrder];

/** What a magic number stands for. */
interface Variant {
  readonly ticksPerSecond: 1_000_000 | 1_000_000_000;
  /** Bytes beyond the usual ones in the file's header and in each record's. */
  readonly extraHeader: number;
  readonly extraRecordHeader: number;
}

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
/** Of Linux systems around 1999: each record has interface, protocol and packet type as well. */
const MAGIC_KUZNETZOV = 0xa1b2cd34;
/** Of Ixia's "lcap" files: the header ends with the length of all records (wiretap/libpcap.c). */
const MAGIC_IXIA_HARDWARE = 0x1c0001ac;
const MAGIC_IXIA_SOFTWARE = 0x1c0001ab;

const MICROSECONDS = { ticksPerSecond: 1_000_000, extraHeader: 0, extraRecordHeader: 0 } as const;
const NANOSECONDS = { ...MICROSECONDS, ticksPerSecond: 1_000_000_000 } as const;

const VARIANTS: ReadonlyMap<number, Variant> = new Map([
  [MAGIC_MICROSECONDS, MICROSECONDS],
  [MAGIC_NANOSECONDS, NANOSECONDS],
  [MAGIC_KUZNETZOV, { ...MICROSECONDS, extraRecordHeader: 8 }],
  [MAGIC_IXIA_HARDWARE, { ...NANOSECONDS, extraHeader: 4 }],
  [MAGIC_IXIA_SOFTWARE, { ...MICROSECONDS, extraHeader: 4 }],
]);

/** The link type's field: reserved bits, whether the FCS length is there, and that in words. */
const RESERVED = 0x03ff0000;
const HAS_FCS_LENGTH = 0x04000000;
const FCS_LENGTH_SHIFT = 28;
const MAX_FCS_LENGTH = 30;

/** Whether a file that begins with this number is a classic pcap file. */
export function isPcapMagic(magic: number): boolean {
  return VARIANTS.has(magic);
}

/**
 * Reads the header of the file that begins with these bytes, at least 24. What is wrong with it
 * completes the sentence "damaged: …". Refuses what libpcap refuses (pcap_check_header() in
 * sf-pcap.c).
 */
export function readPcapHeader(bytes: Uint8Array): PcapFile | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, PCAP_HEADER_LENGTH);
  const little = VARIANTS.has(view.getUint32(0, true));
  const magic = view.getUint32(0, little);
  const variant = VARIANTS.get(magic);
  if (variant === undefined) return 'bad magic number';
  const major = view.getUint16(4, little);
  const minor = view.getUint16(6, little);
  const lengthOrder = lengthOrderOf(major, minor);
  if (lengthOrder === undefined) return `version ${major}.${minor} of pcap, which is not known`;
  const link = view.getUint32(20, little);
  if ((link & RESERVED) !== 0) {
    return `a link type with reserved bits, 0x${link.toString(16).padStart(8, '0')}`;
  }
  const aix = magic === MAGIC_MICROSECONDS && minor === 2 ? AIX_LINK_TYPES.get(link) : undefined;
  const linkType = aix ?? link & 0xffff;
  const padding = aix === LINKTYPE_FDDI ? AIX_FDDI_PADDING : 0;
  return {
    byteOrder: little ? 'little' : 'big',
    ticksPerSecond: aix === undefined ? variant.ticksPerSecond : 1_000_000_000,
    snapshotLength: snapshotLengthOf(view.getUint32(16, little), magic, linkType),
    linkType,
    fcsLength: (link & HAS_FCS_LENGTH) === 0 ? undefined : (link >>> FCS_LENGTH_SHIFT) * 2,
    headerLength: PCAP_HEADER_LENGTH + variant.extraHeader,
    recordHeaderLength: RECORD_HEADER_LENGTH + variant.extraRecordHeader + padding,
    lengthOrder: padding === 0 ? lengthOrder : LengthOrder.Padded,
    mayBeVariant: minor === 4 && (magic === MAGIC_MICROSECONDS || magic === MAGIC_KUZNETZOV),
  };
}

/** 543.0 is DG/UX's; of 2.3 there are files in either order. */
function lengthOrderOf(major: number, minor: number): LengthOrder | undefined {
  if (major === 543 && minor === 0) return LengthOrder.OriginalFirst;
  if (major !== 2 || minor > 4) return undefined;
  if (minor === 4) return LengthOrder.CapturedFirst;
  return minor === 3 ? LengthOrder.SmallerFirst : LengthOrder.OriginalFirst;
}

const LINKTYPE_FDDI = 10;
/** Bytes before each frame, which the record's lengths include (wiretap/libpcap.c). */
const AIX_FDDI_PADDING = 3;

/**
 * AIX writes version 2.2, nanoseconds, and as link types those of RFC 1573: Ethernet, token ring, FDDI
 * and loopback (wiretap/libpcap.c).
 */
const AIX_LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, LINKTYPE_FDDI],
  [24, 0],
]);

function snapshotLengthOf(claimed: number, magic: number, linkType: number): number {
  // libpcap takes more for a mistake.
  if (claimed > 0x7fffffff || claimed === 0) return 0;
  // These systems cut the packet before they put an Ethernet header on it.
  return magic === MAGIC_KUZNETZOV && linkType === 1 ? claimed + 14 : claimed;
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
  view.setUint32(20, header.linkType | fcsBits(header.fcsLength), little);
  return bytes;
}

/** The header can express only even lengths. */
function fcsBits(fcsLength: number | undefined): number {
  if (fcsLength === undefined || fcsLength % 2 !== 0 || fcsLength > MAX_FCS_LENGTH) return 0;
  return HAS_FCS_LENGTH | ((fcsLength / 2) << FCS_LENGTH_SHIFT);
}
