import type { PacketBatch } from '../pcapng/batch.js';
import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import { LINKTYPE_ETHERNET, type Section } from '../pcapng/section.js';
import { type PcapHeader, RECORD_HEADER_LENGTH, writePcapHeader } from './header.js';

const LAST_SECOND = 0xffffffff;

/**
 * Makes a classic pcap file of batches. The file has the section's byte order, the link type and FCS
 * length of one interface and, where none of the section is finer, microseconds; most else that pcapng
 * can hold has no place in it, and is noted as lost.
 */
export class PcapWriter {
  readonly #header: PcapHeader;
  readonly #cursor = new PacketCursor();
  readonly #losses = new Set<string>();
  /** Sections and interfaces whose losses were noted. */
  #noted: Section | undefined;
  #notedInterfaces = 0;
  #out = new Uint8Array(0);

  #packets = 0;
  #ofOtherTypes = 0;

  /** `first`: the interface of the first packet, or the one that it is going to come from. */
  constructor({ byteOrder, interfaces, block }: Section, first = interfaces[0]) {
    const fine = interfaces.some(({ ticksPerSecond }) => ticksPerSecond > 1_000_000n);
    const limits = interfaces.map(({ snapshotLength }) => snapshotLength || MAX_SNAPSHOT_LENGTH);
    // A savefile's section describes only the interfaces so far, and need not be right.
    if (block !== undefined || limits.length === 0) limits.push(MAX_SNAPSHOT_LENGTH);
    this.#header = {
      byteOrder,
      ticksPerSecond: fine ? 1_000_000_000 : 1_000_000,
      snapshotLength: limits.reduce((most, limit) => Math.max(most, limit)),
      linkType: first?.linkType ?? LINKTYPE_ETHERNET,
      fcsLength: first?.fcsLength,
    };
  }

  /** What a classic pcap file could not hold of what was written, in words for a list. */
  get losses(): readonly string[] {
    const losses = [...this.#losses];
    const count = this.#ofOtherTypes;
    if (count > 0) {
      losses.unshift(`a second link type (${count} packet${count === 1 ? '' : 's'} left out)`);
    }
    return losses;
  }

  /** Packets that records were made of. */
  get packets(): number {
    return this.#packets;
  }

  /** Of the packets that the file holds; others are lost. */
  get linkType(): number {
    return this.#header.linkType;
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
      else this.#ofOtherTypes++;
    }
    if (packetBytes < batch.bytes.length) this.#losses.add('statistics and other blocks');
    return this.#out.subarray(0, length);
  }

  /** Writes the cursor's packet to `at`; where it ends. */
  #putRecord(view: DataView, at: number): number {
    const cursor = this.#cursor;
    const { byteOrder, ticksPerSecond, snapshotLength } = this.#header;
    const little = byteOrder === 'little';
    const nanosecondsPerTick = 1_000_000_000 / ticksPerSecond;
    const fraction = Math.floor(cursor.nanoseconds / nanosecondsPerTick);
    const capturedLength = Math.min(cursor.capturedLength, snapshotLength);
    view.setUint32(at, Math.max(0, Math.min(cursor.seconds, LAST_SECOND)), little);
    view.setUint32(at + 4, fraction, little);
    view.setUint32(at + 8, capturedLength, little);
    view.setUint32(at + 12, cursor.originalLength, little);
    const { bytes, dataOffset } = cursor;
    this.#out.set(
      bytes.subarray(dataOffset, dataOffset + capturedLength),
      at + RECORD_HEADER_LENGTH,
    );
    this.#packets++;
    this.#noteLosses(fraction * nanosecondsPerTick, capturedLength);
    return at + RECORD_HEADER_LENGTH + capturedLength;
  }

  /** What the record just written lacks of the cursor's packet. */
  #noteLosses(nanoseconds: number, capturedLength: number): void {
    const cursor = this.#cursor;
    const losses = this.#losses;
    if (cursor.direction !== Direction.Unknown) losses.add('the direction of packets');
    if (cursor.ring !== undefined) losses.add('their rings');
    if (cursor.comment !== undefined) losses.add('comments');
    if (nanoseconds !== cursor.nanoseconds) losses.add('digits of time stamps');
    if (!cursor.hasTime) losses.add('that packets have no time');
    if (cursor.seconds < 0 || cursor.seconds > LAST_SECOND) {
      losses.add('times before 1970 or after 2106');
    }
    if (capturedLength < cursor.capturedLength) {
      losses.add(`bytes of a packet beyond ${capturedLength}`);
    }
    if (cursor.fcsLength !== this.#header.fcsLength) losses.add('different lengths of FCS');
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
