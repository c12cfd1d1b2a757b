import { BLOCK_OVERHEAD, BlockType, EPB_HEADER, Option, padded, SPB_HEADER } from './block.js';
import { Direction } from './direction.js';
import { readOptions } from './options.js';
import { type Interface, type Section, simplePacketLength } from './section.js';

/**
 * Both words of the ticks of a packet without a time. No clock gets that far, so that readers of the
 * file can see that it is not a time.
 */
const NO_TIME = 0xffffffff;

/** High words of nanoseconds below this are of seconds that fit into 32 bits: until the year 2106. */
const SECONDS_EXACT_BELOW = 1_000_000_000;

/**
 * Walks the packets of a batch without creating an object for any of them: one cursor is reused for
 * all batches, and its fields describe the current packet.
 *
 * The batch must be well-formed, as the drain thread and the readers make it: whole blocks. Those
 * that are neither enhanced nor simple packet blocks are stepped over.
 */
export class PacketCursor {
  /** The blocks that it walks; the frame is the `capturedLength` bytes of it from `dataOffset` on. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Index into the section's interfaces. */
  interfaceId = 0;
  /** Whether it has a time: simple packets have none, nor do pcap records whose time is invalid. */
  hasTime = false;
  /** Since 1970, whole ones; 0 where the packet has no time. */
  seconds = 0;
  /** After these seconds, 0 … 999,999,999; a monitor's times have microseconds. */
  nanoseconds = 0;
  /** Offset of the frame in `bytes`. */
  dataOffset = 0;
  /** Bytes of the frame that are there; with its FCS, where the capture has that. */
  capturedLength = 0;
  /** Bytes of the frame on the wire; with its FCS, where the capture has that. */
  originalLength = 0;

  #view: DataView = new DataView(new ArrayBuffer(0));
  #length = 0;
  #section: Section | undefined;
  #littleEndian = true;
  #blockStart = 0;
  #blockEnd = 0;
  // Options are read on demand: only printing needs the direction.
  #optionsRead = false;
  #direction: Direction = Direction.Unknown;
  #ring: number | undefined;
  #fcsLength: number | undefined;
  #commented = false;
  // The clock of the interface that the previous packet came from.
  #clockOf: Interface | undefined;
  #ticksPerSecond = 1_000_000;
  #exactTicks = 0n;
  #secondsOffset = 0;
  /** The second of the previous packet, without the offset, and its first tick. */
  #second = 0;
  #secondStart = -Infinity;

  /** Starts over with other blocks. */
  reset(bytes: Uint8Array, section: Section): void {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#length = bytes.byteLength;
    this.#section = section;
    this.#littleEndian = section.byteOrder === 'little';
    this.#blockStart = 0;
    this.#blockEnd = 0;
    this.#clockOf = undefined;
  }

  /** Moves to the next packet; false after the last one. */
  next(): boolean {
    const view = this.#view;
    const little = this.#littleEndian;
    let start = this.#blockEnd;
    for (;;) {
      if (start + BLOCK_OVERHEAD > this.#length) return false;
      const end = start + view.getUint32(start + 4, little);
      const type = view.getUint32(start, little);
      if (type === BlockType.EnhancedPacket || type === BlockType.SimplePacket) {
        this.#blockStart = start;
        this.#blockEnd = end;
        if (type === BlockType.SimplePacket) {
          this.#readSimple(start);
          return true;
        }
        break;
      }
      start = end;
    }
    this.interfaceId = view.getUint32(start + 8, little);
    this.capturedLength = view.getUint32(start + 20, little);
    this.originalLength = view.getUint32(start + 24, little);
    this.dataOffset = start + EPB_HEADER;
    this.#optionsRead = false;
    this.#readTime(view.getUint32(start + 12, little), view.getUint32(start + 16, little));
    return true;
  }

  /** Where the current packet's block begins in `bytes`. */
  get blockStart(): number {
    return this.#blockStart;
  }

  /** Where it ends. */
  get blockEnd(): number {
    return this.#blockEnd;
  }

  /** The description of the interface that the packet came from. */
  get interface(): Interface {
    const found = this.#section?.interfaces[this.interfaceId];
    if (found === undefined)
      throw new RangeError(`packet of unknown interface ${this.interfaceId}`);
    return found;
  }

  /** LINKTYPE_ number of that interface; 1 is Ethernet. */
  get linkType(): number {
    return this.interface.linkType;
  }

  /** Bytes of frame check sequence at the end of the frame as it was on the wire, where known. */
  get fcsLength(): number | undefined {
    if (!this.#optionsRead) this.#readOptions();
    return this.#fcsLength ?? this.interface.fcsLength;
  }

  /** Whether the application received or sent the frame. */
  get direction(): Direction {
    if (!this.#optionsRead) this.#readOptions();
    return this.#direction;
  }

  /** The number of the ring, if the port has several. */
  get ring(): number | undefined {
    if (!this.#optionsRead) this.#readOptions();
    return this.#ring;
  }

  /** The packet's comment (opt_comment); several are joined by newlines. */
  get comment(): string | undefined {
    if (!this.#optionsRead) this.#readOptions();
    if (!this.#commented || this.#section === undefined) return undefined;
    const block = this.bytes.subarray(this.#blockStart, this.#blockEnd);
    const optionsAt = this.dataOffset - this.#blockStart + padded(this.capturedLength);
    const decoder = new TextDecoder();
    return readOptions(block, optionsAt, this.#section.byteOrder, BlockType.EnhancedPacket)
      .sound.filter(({ code }) => code === Option.Comment)
      .map(({ value }) => decoder.decode(value))
      .join('\n');
  }

  #readSimple(start: number): void {
    this.interfaceId = 0;
    this.originalLength = this.#view.getUint32(start + 8, this.#littleEndian);
    this.capturedLength =
      this.#section === undefined
        ? 0
        : (simplePacketLength(this.#section, this.originalLength) ?? 0);
    this.dataOffset = start + SPB_HEADER;
    this.#clearTime();
    // It has no options either.
    this.#clearOptions();
  }

  #clearTime(): void {
    this.hasTime = false;
    this.seconds = 0;
    this.nanoseconds = 0;
  }

  #readTime(high: number, low: number): void {
    this.hasTime = true;
    const from = this.interface;
    if (from !== this.#clockOf) {
      this.#clockOf = from;
      this.#exactTicks = from.ticksPerSecond;
      this.#ticksPerSecond = Number(from.ticksPerSecond);
      this.#secondsOffset = Number(from.secondsOffset);
      this.#secondStart = -Infinity;
    }
    // Doubles hold microseconds since 1970 exactly until the year 2255; finer clocks need more.
    if (this.#ticksPerSecond <= 1_000_000 && high < 0x200000) {
      const ticks = high * 0x1_0000_0000 + low;
      let rest = ticks - this.#secondStart;
      // Most packets are from the same second as the previous one.
      if (rest < 0 || rest >= this.#ticksPerSecond) {
        this.#second = Math.floor(ticks / this.#ticksPerSecond);
        this.#secondStart = this.#second * this.#ticksPerSecond;
        rest = ticks - this.#secondStart;
      }
      this.seconds = this.#second;
      this.nanoseconds =
        this.#ticksPerSecond === 1_000_000
          ? rest * 1000
          : Math.floor((rest * 1_000_000_000) / this.#ticksPerSecond);
    } else if (this.#ticksPerSecond === 1_000_000_000 && high < SECONDS_EXACT_BELOW) {
      // The double is off by less than a microsecond, so the seconds are right or off by one; the rest
      // is exact, as it is computed modulo 2^32 and is smaller than that.
      let seconds = Math.floor((high * 0x1_0000_0000 + low) / 1_000_000_000);
      let rest = (low - Math.imul(seconds, 1_000_000_000)) >>> 0;
      if (rest >= 0x8000_0000) {
        seconds--;
        rest = (rest + 1_000_000_000) >>> 0;
      } else if (rest >= 1_000_000_000) {
        seconds++;
        rest -= 1_000_000_000;
      }
      this.seconds = seconds;
      this.nanoseconds = rest;
    } else if (high === NO_TIME && low === NO_TIME) {
      this.#clearTime();
      return;
    } else {
      const ticks = (BigInt(high) << 32n) | BigInt(low);
      this.seconds = Number(ticks / this.#exactTicks);
      this.nanoseconds = Number(((ticks % this.#exactTicks) * 1_000_000_000n) / this.#exactTicks);
    }
    this.seconds += this.#secondsOffset;
  }

  #clearOptions(): void {
    this.#optionsRead = true;
    this.#direction = Direction.Unknown;
    this.#ring = undefined;
    this.#fcsLength = undefined;
    this.#commented = false;
  }

  #readOptions(): void {
    const view = this.#view;
    const little = this.#littleEndian;
    this.#clearOptions();
    let at = this.dataOffset + padded(this.capturedLength);
    const end = this.#blockEnd - 4;
    while (at + 4 <= end) {
      const code = view.getUint16(at, little);
      const length = view.getUint16(at + 2, little);
      at += 4;
      if (code === Option.EndOfOptions || at + length > end) return;
      if (code === Option.PacketFlags && length === 4) {
        const flags = view.getUint32(at, little);
        const bits = flags & 3;
        this.#direction =
          bits === 1 ? Direction.Inbound : bits === 2 ? Direction.Outbound : Direction.Unknown;
        // 0: not available.
        this.#fcsLength = (flags >> 5) & 0xf || undefined;
      } else if (code === Option.PacketQueue && length === 4) {
        this.#ring = view.getUint32(at, little);
      } else if (code === Option.Comment) {
        this.#commented = true;
      }
      at += padded(length);
    }
  }
}
