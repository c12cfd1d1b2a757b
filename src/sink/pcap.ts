import type { FileState, Output } from '../output.js';
import { PCAP_HEADER_LENGTH, RECORD_HEADER_LENGTH } from '../pcap/header.js';
import { PcapWriter } from '../pcap/writer.js';
import type { PacketBatch } from '../pcapng/batch.js';
import { PacketCursor } from '../pcapng/cursor.js';
import type { Interface, Section } from '../pcapng/section.js';
import type { PacketSink } from './sink.js';
import { writeWhole } from './write-whole.js';

/** Writes classic pcap. At the end it reports once what the format could not hold. */
export class PcapSink implements PacketSink {
  readonly #output: Output;
  readonly #warn: (message: string) => void;
  #section: Section | undefined;
  #writer: PcapWriter | undefined;
  #little = true;
  #packets = 0;

  constructor(output: Output, warn: (message: string) => void) {
    this.#output = output;
    this.#warn = warn;
  }

  get file(): FileState | undefined {
    return this.#output.state;
  }

  get packets(): number {
    return this.#packets;
  }

  /**
   * A savefile's first interface need not be the one that its packets come from: the header, which
   * has one link type, waits for the first packet.
   */
  async begin(section: Section, stop: () => void): Promise<void> {
    this.#output.watch?.(stop);
    this.#section = section;
    if (section.block === undefined) await this.#writeHeader(section, section.interfaces[0]);
  }

  async write(batch: PacketBatch): Promise<void> {
    if (batch.packetCount === 0 && this.#writer === undefined) return;
    const writer =
      this.#writer ?? (await this.#writeHeader(batch.section, interfaceOfFirst(batch)));
    await writeWhole(
      this.#output,
      writer.records(batch),
      (view, at) => RECORD_HEADER_LENGTH + view.getUint32(at + 8, this.#little),
      () => this.#packets++,
    );
    this.#packets = writer.packets;
  }

  async end(): Promise<void> {
    try {
      if (this.#writer === undefined && this.#section !== undefined) {
        await this.#writeHeader(this.#section, this.#section.interfaces[0]);
      }
      const losses = this.#writer?.losses ?? [];
      if (losses.length > 0) {
        this.#warn(`${this.#output.name}: pcap files cannot hold ${losses.join(', ')}; pcapng can`);
      }
    } finally {
      await this.#output.close();
    }
  }

  async #writeHeader(section: Section, first: Interface | undefined): Promise<PcapWriter> {
    const writer = new PcapWriter(section, first);
    this.#writer = writer;
    this.#little = section.byteOrder === 'little';
    const nothing = () => undefined;
    await writeWhole(this.#output, writer.header(), () => PCAP_HEADER_LENGTH, nothing);
    return writer;
  }
}

function interfaceOfFirst({ bytes, section }: PacketBatch): Interface | undefined {
  const cursor = new PacketCursor();
  cursor.reset(bytes, section);
  return cursor.next() ? cursor.interface : undefined;
}
