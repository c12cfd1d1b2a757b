import { FileOutput, type FileState, type Output } from '../output.js';
import type { PacketBatch } from '../pcapng/batch.js';
import { BlockType } from '../pcapng/block.js';
import { FilePreamble } from '../pcapng/file-preamble.js';
import type { Section } from '../pcapng/section.js';
import type { SegmentWriter } from '../source.js';
import { type CaptureStats, delivered, totals } from '../stats/stats.js';
import { Heartbeat } from './heartbeat.js';
import type { PacketSink } from './sink.js';
import { type InterfaceFigures, statisticsBlocks } from './statistics-blocks.js';
import { writeWhole } from './write-whole.js';

/** Writes pcapng: the batches as they are, after the section's header and before its statistics. */
export class SavefileSink implements PacketSink {
  readonly #output: Output;
  readonly #preamble = new FilePreamble();
  readonly #heartbeat: Heartbeat;
  #section: Section | undefined;
  #writer: SegmentWriter | undefined;
  #failed = false;
  #packets = 0;

  constructor(output: Output) {
    this.#output = output;
    this.#heartbeat = new Heartbeat(output);
  }

  get file(): FileState | undefined {
    return this.#output.state;
  }

  get packets(): number {
    return this.#packets;
  }

  get copiesBatches(): boolean {
    return this.#descriptor !== undefined;
  }

  handOver(writer: SegmentWriter): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    this.#writer = writer;
    writer.writeTo({ descriptor, interfaceCount: this.#preamble.interfaceCount });
  }

  get #descriptor(): number | undefined {
    return this.#output instanceof FileOutput ? this.#output.descriptor : undefined;
  }

  addWritten(packetCount: number): void {
    this.#packets += packetCount;
  }

  async begin(section: Section, stop: () => void): Promise<void> {
    this.#output.watch?.(stop);
    await this.#describe(section);
    this.#heartbeat.start();
  }

  async write(batch: PacketBatch): Promise<void> {
    this.#takeOver();
    await this.#describe(batch.section);
    await this.#put(batch.bytes, batch.section);
    this.#packets += batch.packetCount;
  }

  async end(stats: CaptureStats): Promise<void> {
    this.#heartbeat.stop();
    try {
      this.#takeOver();
      if (this.#section !== undefined && !this.#failed) {
        await this.#describe(this.#section);
        const figures = interfaceFigures(this.#section, stats);
        for (const block of statisticsBlocks(this.#section, figures, stats)) {
          await this.#put(block, this.#section);
        }
      }
    } finally {
      await this.#output.close();
    }
  }

  /** The source has ended, or could not go on. */
  #takeOver(): void {
    const figures = this.#writer?.figures();
    this.#writer = undefined;
    if (figures === undefined || this.#section === undefined) return;
    this.#preamble.note(this.#section, figures.interfaceCount);
  }

  /** Writes new sections and interfaces, which turn up in the middle of savefiles being read. */
  async #describe(section: Section): Promise<void> {
    this.#section = section;
    const missing = this.#preamble.before(section);
    if (missing !== undefined) await this.#put(missing, section);
  }

  async #put(blocks: Uint8Array, section: Section): Promise<void> {
    const little = section.byteOrder === 'little';
    try {
      await this.#heartbeat.during(section, () =>
        writeWhole(
          this.#output,
          blocks,
          (view, at) => view.getUint32(at + 4, little),
          (view, at) => {
            const type = view.getUint32(at, little);
            if (type === BlockType.EnhancedPacket || type === BlockType.SimplePacket)
              this.#packets++;
          },
        ),
      );
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}

/** What each interface's rings have seen and passed on. */
function interfaceFigures({ interfaces }: Section, stats: CaptureStats): InterfaceFigures[] {
  return interfaces.flatMap((_, interfaceId) => {
    const rings = stats.rings.filter((ring) => ring.interfaceId === interfaceId);
    if (rings.length === 0) return [];
    const { total } = totals(rings);
    return [{ interfaceId, seen: total.seen, passed: total.passed, delivered: delivered(total) }];
  });
}
