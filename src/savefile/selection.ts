import os from 'node:os';

import { binding, type NativeSelection } from '../binding.js';
import { explainFilterError } from '../filter/error.js';
import type { PcapFile } from '../pcap/header.js';
import { type Conversion, convertRecords } from '../pcap/reader.js';
import { LINKTYPE_ETHERNET, type Section } from '../pcapng/section.js';

/** Which packets of a savefile are read: the first `limit` that pass a filter. */
export class Selection {
  readonly #filter: string | undefined;
  #left: number;
  #loaded: NativeSelection | undefined;
  /** What the native selection knows of the interfaces. */
  #section: Section | undefined;
  #described = 0;
  #checked = false;
  #timeless = false;
  #warnings: string[] = [];

  /** `limit`: packets after which no more are wanted; 0: no limit. */
  constructor(filter?: string, limit = 0) {
    this.#filter = filter;
    this.#left = limit === 0 ? Number.MAX_SAFE_INTEGER : limit;
  }

  /** Whether the limit has been reached. */
  get isFull(): boolean {
    return this.#left === 0;
  }

  /** Packets so far that took the filter too many steps, and so did not pass. */
  get overruns(): number {
    return this.#loaded?.overruns() ?? 0;
  }

  /**
   * Refuses a filter that can be compiled for none of the link types, which are all that are known
   * when the first packet is met, or when the file turns out to have none.
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  check(linkTypes: readonly number[]): void {
    const filter = this.#filter;
    if (filter === undefined || this.#checked || linkTypes.length === 0) return;
    this.#checked = true;
    // A filter that is wrong for Ethernet too is more likely wrong by itself.
    let refused: unknown;
    for (const linkType of [...new Set(linkTypes), LINKTYPE_ETHERNET]) {
      try {
        binding().describeFilter(filter, linkType);
        if (refused === undefined || linkTypes.includes(linkType)) return;
      } catch (error) {
        if (refused === undefined || linkType === LINKTYPE_ETHERNET) refused = error;
      }
    }
    throw explainFilterError(refused, filter);
  }

  /** The warnings since the last call; none is given twice. */
  takeWarnings(): string[] {
    const warnings = this.#warnings;
    this.#warnings = [];
    for (const { linkType, reason } of this.#loaded?.takeRefusals() ?? []) {
      warnings.push(
        `packets of link type ${linkType} do not pass: the filter cannot be compiled for it (${reason})`,
      );
    }
    return warnings;
  }

  /** Moves the packets that are wanted to the front of whole pcapng blocks; other blocks stay. */
  blocks(
    blocks: Uint8Array,
    packetCount: number,
    section: Section,
  ): { bytes: Uint8Array; packetCount: number } {
    if (this.#filter === undefined && packetCount <= this.#left) {
      this.#left -= packetCount;
      return { bytes: blocks, packetCount };
    }
    if (packetCount === 0) return { bytes: blocks, packetCount };
    this.#describe(section);
    const swapped = (os.endianness() === 'LE') !== (section.byteOrder === 'little');
    const kept = this.#native.select(blocks, swapped, this.#left);
    this.#left -= kept.packetCount;
    return { bytes: blocks.subarray(0, kept.length), packetCount: kept.packetCount };
  }

  /** Makes blocks of the wanted ones among a pcap file's records, as convertRecords(). */
  records(
    memory: Uint8Array,
    range: { from: number; end: number; out: number },
    file: PcapFile,
  ): Conversion {
    this.check([file.linkType]);
    const conversion = convertRecords(memory, range, file, this.#native, this.#left);
    this.#left -= conversion.packetCount;
    if (conversion.timeless > 0 && !this.#timeless) {
      this.#timeless = true;
      this.#warnings.push(
        'packets have times whose fraction of a second is a second or more: these times are left out',
      );
    }
    return conversion;
  }

  get #native(): NativeSelection {
    this.#loaded ??= new (binding().Selection)(this.#filter);
    return this.#loaded;
  }

  /** Hands the interfaces over that are new since the last call. */
  #describe(section: Section): void {
    if (section !== this.#section) this.#described = 0;
    const { interfaces } = section;
    if (section === this.#section && interfaces.length === this.#described) return;
    const linkTypes = interfaces.slice(this.#described).map(({ linkType }) => linkType);
    this.check(linkTypes);
    this.#native.describe(this.#described, linkTypes, interfaces[0]?.snapshotLength ?? 0);
    this.#section = section;
    this.#described = interfaces.length;
  }
}
