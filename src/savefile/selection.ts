import os from 'node:os';

import { binding, type NativeSelection } from '../binding.js';
import { explainFilterError } from '../filter/error.js';
import type { PcapHeader } from '../pcap/header.js';
import { type Conversion, convertRecords } from '../pcap/reader.js';
import type { Section } from '../pcapng/section.js';

/** Which packets of a savefile are read: those that pass a filter, as far as the first so many. */
export class Selection {
  readonly #filter: string | undefined;
  #left: number;
  #loaded: NativeSelection | undefined;

  /** `limit`: packets after which no more are wanted; 0: no limit. */
  constructor(filter?: string, limit = 0) {
    this.#filter = filter;
    this.#left = limit === 0 ? Number.MAX_SAFE_INTEGER : limit;
  }

  /** Whether there were as many packets as are wanted. */
  get isFull(): boolean {
    return this.#left === 0;
  }

  /**
   * Tells a bad filter before it meets a packet of the link type.
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  check(linkType: number): void {
    const filter = this.#filter;
    if (filter !== undefined) this.#explained(() => binding().describeFilter(filter, linkType));
  }

  /**
   * Moves the packets that are wanted to the front of whole pcapng blocks; other blocks stay.
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  blocks(
    blocks: Uint8Array,
    packetCount: number,
    { byteOrder, interfaces }: Section,
  ): { bytes: Uint8Array; packetCount: number } {
    if (this.#filter === undefined && packetCount <= this.#left) {
      this.#left -= packetCount;
      return { bytes: blocks, packetCount };
    }
    const swapped = (os.endianness() === 'LE') !== (byteOrder === 'little');
    const linkTypes = interfaces.map(({ linkType }) => linkType);
    const kept = this.#explained(() => this.#native.select(blocks, swapped, linkTypes, this.#left));
    this.#left -= kept.packetCount;
    return { bytes: blocks.subarray(0, kept.length), packetCount: kept.packetCount };
  }

  /**
   * Makes blocks of the wanted ones among a pcap file's records, as convertRecords().
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  records(
    memory: Uint8Array,
    range: { from: number; end: number; out: number },
    header: PcapHeader,
  ): Conversion {
    const conversion = this.#explained(() =>
      convertRecords(memory, range, header, this.#native, this.#left),
    );
    this.#left -= conversion.packetCount;
    return conversion;
  }

  get #native(): NativeSelection {
    this.#loaded ??= new (binding().Selection)(this.#filter);
    return this.#loaded;
  }

  #explained<T>(select: () => T): T {
    try {
      return select();
    } catch (error) {
      throw explainFilterError(error, this.#filter);
    }
  }
}
