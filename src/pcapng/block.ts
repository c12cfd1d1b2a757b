/** Block types, option codes and sizes of draft-ietf-opsawg-pcapng that nmcap reads or writes. */
export const BlockType = {
  SectionHeader: 0x0a0d0d0a,
  InterfaceDescription: 1,
  ObsoletePacket: 2,
  SimplePacket: 3,
  NameResolution: 4,
  InterfaceStatistics: 5,
  EnhancedPacket: 6,
  DecryptionSecrets: 10,
  /** A custom block that no program may copy (section 4.7). */
  CustomNotCopied: 0x40000bad,
} as const;

/**
 * Bytes of the longest packet: no link that libpcap captures on has longer ones, and tcpdump accepts no
 * longer ones (MAXIMUM_SNAPLEN of both).
 */
export const MAX_SNAPSHOT_LENGTH = 262144;

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Bytes of the block type and the two total lengths. */
export const BLOCK_OVERHEAD = 12;
/**
 * Bytes of the longest block that is read: the same as Wireshark's limit (wiretap/pcapng.c,
 * MAX_BLOCK_SIZE). A longer one is damage, and would otherwise take its claimed length in memory.
 */
export const MAX_BLOCK_LENGTH = 1 << 24;
/** From the start of an enhanced packet block to its data, and of a simple one. */
export const EPB_HEADER = 28;
export const SPB_HEADER = 12;

export const Option = {
  EndOfOptions: 0,
  Comment: 1,
  SectionHardware: 2,
  SectionOs: 3,
  SectionApplication: 4,
  InterfaceName: 2,
  InterfaceDescription: 3,
  InterfaceTsResol: 9,
  InterfaceFilter: 11,
  InterfaceOs: 12,
  InterfaceFcsLength: 13,
  InterfaceTsOffset: 14,
  InterfaceHardware: 15,
  PacketFlags: 2,
  PacketDropCount: 4,
  PacketQueue: 6,
  StatisticsStartTime: 2,
  StatisticsEndTime: 3,
  StatisticsReceived: 4,
  StatisticsFilterAccepted: 6,
  StatisticsDelivered: 8,
} as const;

/** `length` rounded up to a 32-bit boundary, as everything in pcapng is padded. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
