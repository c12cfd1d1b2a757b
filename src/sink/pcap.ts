import { PCAP_HEADER_LENGTH, RECORD_HEADER_LENGTH } from '../pcap/header.js';
import { PcapWriter } from '../pcap/writer.js';
import type { Section } from '../pcapng/section.js';
import type { Batch } from '../source/source.js';
import type { Output } from './output.js';
import type { Sink } from './sink.js';
import { writeWhole } from './write-whole.js';

/** Writes classic pcap. At the end it tells once what the format could not hold. */
export class PcapSink implements Sink {
  readonly #output: Output;
  readonly #warn: (message: string) => void;
  #writer: PcapWriter | undefined;
  #little = true;

  constructor(output: Output, warn: (message: string) => void) {
    this.#output = output;
    this.#warn = warn;
  }

  async begin(section: Section): Promise<void> {
    this.#writer = new PcapWriter(section);
    this.#little = section.byteOrder === 'little';
    await writeWhole(this.#output, this.#writer.header(), () => PCAP_HEADER_LENGTH);
  }

  async write(batch: Batch): Promise<void> {
    if (this.#writer === undefined) throw new Error('a batch before the section');
    await writeWhole(
      this.#output,
      this.#writer.records(batch),
      (view, at) => RECORD_HEADER_LENGTH + view.getUint32(at + 8, this.#little),
    );
  }

  async end(): Promise<void> {
    const losses = this.#writer?.losses ?? [];
    if (losses.length > 0) {
      this.#warn(`${this.#output.name}: pcap files cannot hold ${losses.join(', ')}; pcapng can`);
    }
    await this.#output.close();
  }
}
