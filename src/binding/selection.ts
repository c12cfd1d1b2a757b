/** Selects packets by a filter. */
export interface NativeSelection {
  /**
   * The link types of the section's interfaces from number `first` on, which are new. `snapshotLength`:
   * of interface 0; 0: no limit.
   */
  describe(first: number, linkTypes: readonly number[], snapshotLength: number): void;
  /**
   * Of the section that was described. Packets that do not pass, or come after the first `limit` that
   * do, are removed; the rest moves to the front. Other blocks stay.
   */
  select(
    blocks: Uint8Array,
    swapped: boolean,
    limit: number,
  ): { length: number; packetCount: number };
  /**
   * Makes pcapng blocks of the records from `from` to `end` of a pcap file, of those that pass and are
   * not after the first `limit`. They are written from `out` on, which is before `from`.
   */
  convert(
    memory: Uint8Array,
    from: number,
    end: number,
    out: number,
    file: {
      swapped: boolean;
      ticksPerSecond: number;
      /** Bytes; more is damage. */
      longestPacket: number;
      /** Bytes that are kept of a packet. */
      snapshotLength: number;
      recordHeaderLength: number;
      /** As src/pcap/header.ts numbers them. */
      lengthOrder: number;
      linkType: number;
    },
    limit: number,
  ): {
    /** Bytes of records, and of blocks. */
    consumed: number;
    produced: number;
    packetCount: number;
    /** Of these packets, those without a time: its fraction is a second or more. */
    timeless: number;
    /** Length of the next record, which is not all there yet; or 0. */
    needed: number;
    /** Length of the next packet, if it is more than `longestPacket`; or 0. */
    tooLong: number;
  };
  /**
   * The link types that packets have met since the last call and that the filter cannot be compiled
   * for: none of their packets passes.
   */
  takeRefusals(): { linkType: number; reason: string }[];
  /** Frames that took the filter too many steps, and so did not pass. */
  overruns(): number;
}
