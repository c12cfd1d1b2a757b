import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';
import { type PcapFile, RECORD_HEADER_LENGTH } from './header.js';

/**
 * Linux distributions and devices have extended the records' headers without a magic number of their
 * own (struct pcaprec_… in wiretap/libpcap.h): ss990417 is of Red Hat 6.1, ss990915 of SuSE 6.3.
 */
interface Variant {
  readonly recordHeaderLength: number;
  /** Whether the bytes after the usual header can be the variant's, at `at`. */
  readonly fits: (view: DataView, at: number, little: boolean) => boolean;
}

const SS990417: Variant = { recordHeaderLength: RECORD_HEADER_LENGTH + 8, fits: fitsLinuxPatch };
const SS990915: Variant = { recordHeaderLength: RECORD_HEADER_LENGTH + 12, fits: fitsLinuxPatch };
const NOKIA: Variant = { recordHeaderLength: RECORD_HEADER_LENGTH + 4, fits: fitsNokia };

/** By the record header of the variant that the magic number stands for. */
const VARIANTS: ReadonlyMap<number, readonly Variant[]> = new Map([
  [RECORD_HEADER_LENGTH, [SS990417, NOKIA]],
  // Kuznetzov's, which wiretap calls ss991029.
  [RECORD_HEADER_LENGTH + 8, [SS990915]],
]);

const LINKTYPES_RAW_IP: ReadonlySet<number> = new Set([12, 14, 101, 228, 229]);
/** IPv4, ARP, VLAN tag, IPX, IPv6, PPPoE. */
const ETHERTYPES: ReadonlySet<number> = new Set([
  0x0800, 0x0806, 0x8100, 0x8137, 0x86dd, 0x8863, 0x8864,
]);
const ETHERTYPE_AT = 12;
const ETHERNET_HEADER = 14;

/** A packet is not longer on any wire (wiretap has the same limit). */
const MAX_ORIGINAL_LENGTH = 1 << 27;
/** No machine of the time had more interfaces. */
const MAX_INTERFACE_INDEX = 10_000;
/** PACKET_OUTGOING of Linux, the last one of the time. */
const MAX_PACKET_TYPE = 4;

/**
 * Finds out which variant a file is, of those that share its magic number. `records` are the bytes after
 * its header; `ended` says that there are no more. Returns the file as its records are to be read, or
 * how many bytes are needed to decide.
 *
 * Wireshark guesses from three records, and not at all on a pipe, where the first packet would wait for
 * the next ones. Here the first record alone clears a usual file: its packet is where it should be. A
 * variant is considered where the packet makes no sense there but does after the longer header. Only
 * then is the second record's header waited for; the variant needs one that makes sense, and none may
 * be where the usual layout has it.
 */
export function guessVariant(
  file: PcapFile,
  records: Uint8Array,
  ended: boolean,
): PcapFile | { readonly needed: number } {
  const variants = VARIANTS.get(file.recordHeaderLength);
  if (variants === undefined || !file.mayBeVariant) return file;
  const { recordHeaderLength: header, linkType } = file;
  const little = file.byteOrder === 'little';
  const view = new DataView(records.buffer, records.byteOffset, records.byteLength);
  if (records.length < header) return ended ? file : { needed: header };
  if (!isRecordHeader(view, 0, file)) return file;
  const captured = view.getUint32(8, little);
  // Too short for a guess without bytes of the next record.
  const front = longestHeader(variants) - header + ETHERNET_HEADER;
  if (captured < front) return file;
  if (records.length < header + front) return ended ? file : { needed: header + front };
  if (isPacket(view, header, linkType)) return file;
  const suspects = variants.filter(
    ({ recordHeaderLength, fits }) =>
      isPacket(view, recordHeaderLength, linkType) && fits(view, RECORD_HEADER_LENGTH, little),
  );
  if (suspects.length === 0) return file;
  const needed = longestHeader(suspects) + captured + RECORD_HEADER_LENGTH;
  if (records.length < needed && !ended) return { needed };
  if (isRecordHeader(view, header + captured, file)) return file;
  const found = suspects.find(({ recordHeaderLength }) => {
    const end = recordHeaderLength + captured;
    return end === records.length || isRecordHeader(view, end, file);
  });
  return found === undefined ? file : { ...file, recordHeaderLength: found.recordHeaderLength };
}

function longestHeader(variants: readonly Variant[]): number {
  return Math.max(...variants.map(({ recordHeaderLength }) => recordHeaderLength));
}

/** Whether there is a record's header at `at` that makes sense. */
function isRecordHeader(view: DataView, at: number, file: PcapFile): boolean {
  if (at + RECORD_HEADER_LENGTH > view.byteLength) return false;
  const little = file.byteOrder === 'little';
  const captured = view.getUint32(at + 8, little);
  const original = view.getUint32(at + 12, little);
  return (
    view.getUint32(at + 4, little) < file.ticksPerSecond &&
    captured <= Math.max(file.snapshotLength, MAX_SNAPSHOT_LENGTH) &&
    captured <= original &&
    original <= MAX_ORIGINAL_LENGTH
  );
}

/** Whether the packet at `at` is one that is common on links of that type. */
function isPacket(view: DataView, at: number, linkType: number): boolean {
  if (linkType === LINKTYPE_ETHERNET) return ETHERTYPES.has(view.getUint16(at + ETHERTYPE_AT));
  const version = view.getUint8(at) >>> 4;
  return LINKTYPES_RAW_IP.has(linkType) && (version === 4 || version === 6);
}

/** Interface index, Ethernet type (0 in files that Wireshark wrote) and Linux's packet type. */
function fitsLinuxPatch(view: DataView, at: number, little: boolean): boolean {
  const protocol = view.getUint16(at + 4, little);
  return (
    view.getUint32(at, little) <= MAX_INTERFACE_INDEX &&
    // In either byte order; ETH_P_802_3 and its kin are below 0x18.
    (protocol < 0x18 || protocol >= 0x600) &&
    view.getUint8(at + 6) <= MAX_PACKET_TYPE
  );
}

/** All values that wiretap has seen, in words 0x[9b]fbf[bd][69]0[12]; 0 in files that Wireshark wrote. */
function fitsNokia(view: DataView, at: number, little: boolean): boolean {
  const word = view.getUint32(at, little).toString(16).padStart(8, '0');
  return /^(?:[9b]fbf[bd][69]0[12]|0{8})$/.test(word);
}
