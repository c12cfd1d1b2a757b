import { PCAP_HEADER_LENGTH, RECORD_HEADER_LENGTH } from '../pcap/header.js';
import { PcapWriter } from '../pcap/writer.js';
import type { PacketBatch } from '../pcapng/batch.js';
import type { Section } from '../pcapng/section.js';
import type { Output } from './output.js';
import type { PacketSink } from './sink.js';
import { writeWhole } from './write-whole.js';

/** Writes classic pcap. At the end it reports once what the format could not hold. */
export class PcapSink implements PacketSink {
  readonly #output: Output;
  readonly #warn: (message: string) => void;
  #writer: PcapWriter | undefined;
  #little = true;
  #packets = 0;

  constructor(output: Output, warn: (message: string) => void) {
    this.#output = output;
    this.#warn = warn;
  }

  get packets(): number {
    return this.#packets;
  }

  async begin(section: Section): Promise<void> {
    this.#writer = new PcapWriter(section);
    this.#little = section.byteOrder === 'little';
    const nothing = () => undefined;
    await writeWhole(this.#output, this.#writer.header(), () => PCAP_HEADER_LENGTH, nothing);
  }

  async write(batch: PacketBatch): Promise<void> {
    if (this.#writer === undefined) throw new Error('a batch before the section');
    await writeWhole(
      this.#output,
      this.#writer.records(batch),
      (view, at) => RECORD_HEADER_LENGTH + view.getUint32(at + 8, this.#little),
      () => this.#packets++,
    );
    this.#packets += batch.packetCount;
  }

  async end(): Promise<void> {
    const losses = this.#writer?.losses ?? [];
    if (losses.length > 0) {
      this.#warn(`${this.#output.name}: pcap files cannot hold ${losses.join(', ')}; pcapng can`);
    }
    await this.#output.close();
  }
}
