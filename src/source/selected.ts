import os from 'node:os';

import { binding, type NativeSelection } from '../binding.js';
import type { Section } from '../pcapng/section.js';
import { explainFilterError } from './filter-error.js';
import type { Batch, Source } from './source.js';
import type { CaptureStats } from './stats.js';

/** A savefile's packets that pass a filter, as far as the first so many. */
export class SelectedSource implements Source {
  readonly #source: Source;
  readonly #selection: NativeSelection;
  readonly #filter: string | undefined;
  #left: number;

  /**
   * `limit`: packets after which to end; 0: no limit.
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  constructor(source: Source, filter: string | undefined, limit: number) {
    const { Selection } = binding();
    this.#source = source;
    this.#filter = filter;
    this.#left = limit === 0 ? Number.MAX_SAFE_INTEGER : limit;
    this.#selection = new Selection(filter);
    // So that a bad filter is told before anything is written.
    const [first] = source.section.interfaces;
    if (filter !== undefined && first !== undefined) checkFilter(filter, first.linkType);
  }

  get section(): Section {
    return this.#source.section;
  }

  async *batches(signal: AbortSignal): AsyncGenerator<Batch> {
    for await (const batch of this.#source.batches(signal)) {
      const { bytes, section } = batch;
      const { length, packetCount } = this.#select(bytes, section);
      this.#left -= packetCount;
      yield {
        bytes: bytes.subarray(0, length),
        packetCount,
        section,
        release: () => {
          batch.release();
        },
      };
      if (this.#left === 0) return;
    }
  }

  stats(): CaptureStats {
    return this.#source.stats();
  }

  close(): void {
    this.#source.close();
  }

  #select(bytes: Uint8Array, section: Section): { length: number; packetCount: number } {
    const swapped = (os.endianness() === 'LE') !== (section.byteOrder === 'little');
    const linkTypes = section.interfaces.map(({ linkType }) => linkType);
    try {
      return this.#selection.select(bytes, swapped, linkTypes, this.#left);
    } catch (error) {
      throw explainFilterError(error, this.#filter);
    }
  }
}

/** @throws NmcapError NM_BAD_FILTER */
function checkFilter(filter: string, linkType: number): void {
  try {
    binding().describeFilter(filter, linkType);
  } catch (error) {
    throw explainFilterError(error, filter);
  }
}
