/** A pcapng section: what every packet in it refers to. */
export interface Section {
  /** Of the blocks' fields; frames are as they were on the wire. */
  readonly byteOrder: ByteOrder;
  /** Of the machine that captured (shb_hardware). */
  readonly hardware?: string;
  /** Of that machine (shb_os). */
  readonly os?: string;
  /** The program that captured (shb_userappl). */
  readonly application?: string;
  /** By interface id; a reader appends to it as it finds interface descriptions. */
  readonly interfaces: readonly Interface[];
  /**
   * The section header block of a savefile, including options that nmcap does not know, with the
   * section length set to unknown (-1). It is what is written when the section is copied.
   */
  readonly block?: Uint8Array;
}

/** Least or most significant byte first. */
export type ByteOrder = 'little' | 'big';

/** One interface description (IDB). */
export interface Interface {
  /** LINKTYPE_ number; 1 is Ethernet. */
  readonly linkType: number;
  /** Bytes to which packets were truncated; 0: no limit. */
  readonly snapshotLength: number;
  /** if_name: the port name as it was given, of a monitor. */
  readonly name?: string;
  /** if_description: of a monitor, its kind, rings and directions. */
  readonly description?: string;
  /** pcap-filter(7) text. */
  readonly filter?: string;
  /** if_os: the system of the machine. */
  readonly os?: string;
  /** if_hardware: the device. */
  readonly hardware?: string;
  /** Bytes of frame check sequence at the end of every packet, unless a packet says otherwise. */
  readonly fcsLength?: number | undefined;
  /** Ticks a second of the time stamps: 1,000,000 unless if_tsresol says otherwise. */
  readonly ticksPerSecond: bigint;
  /** if_tsoffset: seconds to add to every time stamp. */
  readonly secondsOffset: bigint;
  /** The interface description block of a savefile, kept for copying as a section's is. */
  readonly block?: Uint8Array;
}

/** The link type of all monitors. */
export const LINKTYPE_ETHERNET = 1;

/** The resolution without if_tsresol. */
export const DEFAULT_TICKS_PER_SECOND = 1_000_000n;

/**
 * Captured bytes of a simple packet (section 4.4) of that original length. It belongs to the first
 * interface; undefined if there is none.
 */
export function simplePacketLength(
  { interfaces }: Section,
  originalLength: number,
): number | undefined {
  const from = interfaces[0];
  if (from === undefined) return undefined;
  return from.snapshotLength === 0 ? originalLength : Math.min(originalLength, from.snapshotLength);
}
