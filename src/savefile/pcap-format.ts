import { PCAP_HEADER_LENGTH, type PcapHeader, readPcapHeader } from '../pcap/header.js';
import { convertedLimit } from '../pcap/reader.js';
import type { Section } from '../pcapng/section.js';
import { VERSION } from '../version.js';
import type { Cut, SavefileFormat } from './format.js';
import type { Selection } from './selection.js';
import type { Slab } from './slab.js';

/** Makes batches of pcapng blocks of a classic pcap file. */
export class PcapFormat implements SavefileFormat {
  readonly name = 'pcap';
  readonly #selection: Selection;
  #header: PcapHeader | undefined;
  #section: Section | undefined;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  outputLength(inputLength: number): number {
    return convertedLimit(inputLength);
  }

  cut(slab: Slab): Cut {
    if (this.#header === undefined || this.#section === undefined) return this.#begin(slab.input);
    const { consumed, produced, packetCount, stop } = this.#selection.records(
      slab.bytes,
      { from: slab.inputStart, end: slab.inputEnd, out: slab.outputEnd },
      this.#header,
    );
    if (consumed > 0) {
      const start = slab.outputEnd;
      slab.outputEnd += produced;
      const bytes = slab.bytes.subarray(start, slab.outputEnd);
      return { kind: 'batch', length: consumed, bytes, packetCount, section: this.#section };
    }
    return 'needed' in stop ? { kind: 'incomplete', ...stop } : { kind: 'malformed', ...stop };
  }

  #begin(input: Uint8Array): Cut {
    if (input.length < PCAP_HEADER_LENGTH) {
      return { kind: 'incomplete', needed: PCAP_HEADER_LENGTH };
    }
    const header = readPcapHeader(input);
    if (header === undefined) return { kind: 'malformed', reason: 'a header without its magic' };
    this.#header = header;
    // Of nmcap's making, since a pcap file has none.
    this.#section = {
      byteOrder: header.byteOrder,
      application: `nmcap ${VERSION}`,
      interfaces: [
        {
          linkType: header.linkType,
          snapshotLength: header.snapshotLength,
          ticksPerSecond: BigInt(header.ticksPerSecond),
          secondsOffset: 0n,
        },
      ],
    };
    return {
      kind: 'batch',
      length: PCAP_HEADER_LENGTH,
      bytes: input.subarray(0, 0),
      packetCount: 0,
      section: this.#section,
    };
  }
}
