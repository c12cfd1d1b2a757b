import type { PacketBatch } from '../pcapng/batch.js';
import { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import { LINKTYPE_ETHERNET, type Section } from '../pcapng/section.js';
import { type PcapHeader, RECORD_HEADER_LENGTH, writePcapHeader } from './header.js';

/** What readers take a snapshot length of 0 for (libpcap's MAXIMUM_SNAPLEN). */
const NO_SNAPSHOT_LENGTH = 262144;

/**
 * Makes a classic pcap file of batches. The file has the byte order, the link type and, where no
 * interface of the section is finer, microseconds; it has nothing to hold most else that pcapng
 * knows, which is noted as lost.
 */
export class PcapWriter {
  readonly #header: PcapHeader;
  readonly #cursor = new PacketCursor();
  readonly #losses = new Set<string>();
  /** Sections and interfaces whose losses were noted. */
  #noted: Section | undefined;
  #notedInterfaces = 0;
  #out = new Uint8Array(0);

  constructor({ byteOrder, interfaces }: Section) {
    const fine = interfaces.some(({ ticksPerSecond }) => ticksPerSecond > 1_000_000n);
    const limits = interfaces.map(({ snapshotLength }) => snapshotLength || NO_SNAPSHOT_LENGTH);
    this.#header = {
      byteOrder,
      ticksPerSecond: fine ? 1_000_000_000 : 1_000_000,
      snapshotLength: limits.length === 0 ? NO_SNAPSHOT_LENGTH : Math.max(...limits),
      linkType: interfaces[0]?.linkType ?? LINKTYPE_ETHERNET,
    };
  }

  /** What a classic pcap file could not hold of what was written, in words for a list. */
  get losses(): readonly string[] {
    return [...this.#losses];
  }

  header(): Uint8Array {
    return writePcapHeader(this.#header);
  }

  /** The records of a batch's packets; the next call uses the same memory. */
  records(batch: PacketBatch): Uint8Array {
    // No record is longer than its block.
    if (this.#out.length < batch.bytes.length) this.#out = new Uint8Array(batch.bytes.length);
    this.#noteInterfaces(batch.section);
    const view = new DataView(this.#out.buffer);
    const cursor = this.#cursor;
    cursor.reset(batch.bytes, batch.section);
    let length = 0;
    let packetBytes = 0;
    while (cursor.next()) {
      packetBytes += cursor.blockEnd - cursor.blockStart;
      if (cursor.linkType === this.#header.linkType) length = this.#putRecord(view, length);
      else this.#losses.add('packets of a second link type');
    }
    if (packetBytes < batch.bytes.length) this.#losses.add('statistics and other blocks');
    return this.#out.subarray(0, length);
  }

  /** Writes the cursor's packet to `at`; where it ends. */
  #putRecord(view: DataView, at: number): number {
    const cursor = this.#cursor;
    const { byteOrder, ticksPerSecond } = this.#header;
    const little = byteOrder === 'little';
    const nanosecondsPerTick = 1_000_000_000 / ticksPerSecond;
    const fraction = Math.floor(cursor.nanoseconds / nanosecondsPerTick);
    view.setUint32(at, cursor.seconds, little);
    view.setUint32(at + 4, fraction, little);
    view.setUint32(at + 8, cursor.capturedLength, little);
    view.setUint32(at + 12, cursor.originalLength, little);
    const { bytes, dataOffset, capturedLength } = cursor;
    this.#out.set(
      bytes.subarray(dataOffset, dataOffset + capturedLength),
      at + RECORD_HEADER_LENGTH,
    );

    if (cursor.direction !== Direction.Unknown) this.#losses.add('the direction of packets');
    if (cursor.ring !== undefined) this.#losses.add('their rings');
    if (cursor.comment !== undefined) this.#losses.add('comments');
    if (fraction * nanosecondsPerTick !== cursor.nanoseconds) {
      this.#losses.add('digits of time stamps');
    }
    if (cursor.seconds < 0 || cursor.seconds > 0xffffffff) {
      this.#losses.add('times before 1970 or after 2106');
    }
    return at + RECORD_HEADER_LENGTH + capturedLength;
  }

  #noteInterfaces(section: Section): void {
    if (section !== this.#noted) this.#notedInterfaces = 0;
    for (const { name, description } of section.interfaces.slice(this.#notedInterfaces)) {
      if (name !== undefined || description !== undefined) this.#losses.add('interface names');
    }
    this.#noted = section;
    this.#notedInterfaces = section.interfaces.length;
  }
}
