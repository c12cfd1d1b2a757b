import { PCAP_HEADER_LENGTH, type PcapFile, readPcapHeader } from '../pcap/header.js';
import { convertedLimit } from '../pcap/reader.js';
import { guessVariant } from '../pcap/variant.js';
import type { Section } from '../pcapng/section.js';
import { VERSION } from '../version.js';
import type { Cut, SavefileFormat } from './format.js';
import type { Selection } from './selection.js';
import type { Slab } from './slab.js';

/** Makes batches of pcapng blocks of a classic pcap file. */
export class PcapFormat implements SavefileFormat {
  readonly name = 'pcap';
  readonly #selection: Selection;
  #file: PcapFile | undefined;
  /** Whether it is known how the records are laid out. */
  #guessed = false;
  #section: Section | undefined;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  outputLength(inputLength: number): number {
    return convertedLimit(inputLength);
  }

  cut(slab: Slab, ended: boolean): Cut {
    if (this.#file === undefined || this.#section === undefined) return this.#begin(slab.input);
    if (!this.#guessed) {
      const guess = guessVariant(this.#file, slab.input, ended);
      if ('needed' in guess) return { kind: 'incomplete', ...guess };
      this.#file = guess;
      this.#guessed = true;
    }
    const { consumed, produced, packetCount, stop } = this.#selection.records(
      slab.bytes,
      { from: slab.inputStart, end: slab.inputEnd, out: slab.outputEnd },
      this.#file,
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
    const file = readPcapHeader(input);
    if (typeof file === 'string') return { kind: 'malformed', reason: file };
    const { byteOrder, ticksPerSecond, headerLength } = file;
    if (input.length < headerLength) return { kind: 'incomplete', needed: headerLength };
    this.#file = file;
    // Of nmcap's making, since a pcap file has none.
    this.#section = {
      byteOrder,
      application: `nmcap ${VERSION}`,
      interfaces: [
        {
          linkType: file.linkType,
          snapshotLength: file.snapshotLength,
          fcsLength: file.fcsLength,
          ticksPerSecond: BigInt(ticksPerSecond),
          secondsOffset: 0n,
        },
      ],
    };
    return {
      kind: 'batch',
      length: headerLength,
      bytes: input.subarray(0, 0),
      packetCount: 0,
      section: this.#section,
    };
  }
}
