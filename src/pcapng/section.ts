/** A pcapng section as nmcap sees it: what every packet in it refers to. */
export interface Section {
  readonly byteOrder: ByteOrder;
  /** SHB options, where known. */
  readonly hardware?: string;
  readonly os?: string;
  readonly application?: string;
  /** In the order of their interface ids; a reader appends as it meets interface descriptions. */
  readonly interfaces: readonly Interface[];
  /**
   * The section header block as a savefile has it, with the options that nmcap does not know; its
   * section length is unknown (-1). It is what is written when the section is written again.
   */
  readonly block?: Uint8Array;
}

export type ByteOrder = 'little' | 'big';

/** One interface description (IDB). */
export interface Interface {
  /** LINKTYPE_ number; 1 is Ethernet. */
  readonly linkType: number;
  /** Bytes a packet was cut to; 0: no limit. */
  readonly snapshotLength: number;
  readonly name?: string;
  readonly description?: string;
  /** pcap-filter(7) text. */
  readonly filter?: string;
  readonly os?: string;
  readonly hardware?: string;
  /** Ticks a second of the time stamps: 1,000,000 unless if_tsresol says otherwise. */
  readonly ticksPerSecond: bigint;
  /** if_tsoffset: seconds to add to every time stamp. */
  readonly secondsOffset: bigint;
  /** The interface description block as a savefile has it; as with a section's. */
  readonly block?: Uint8Array;
}

export const LINKTYPE_ETHERNET = 1;

/** What if_tsresol is where it is not there. */
export const DEFAULT_TICKS_PER_SECOND = 1_000_000n;
