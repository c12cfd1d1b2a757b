import { BLOCK_OVERHEAD, Option, padded } from './block.js';
import type { ByteOrder } from './section.js';

/** An option's length field has 16 bits. */
const MAX_OPTION_LENGTH = 0xffff;

/**
 * Builds one block: the fixed fields in order, then the options. For the few blocks that describe
 * packets; the packets themselves are encoded by native code.
 */
export class BlockBuilder {
  readonly #type: number;
  readonly #littleEndian: boolean;
  #view = new DataView(new ArrayBuffer(256));
  #length = 8;
  #hasOptions = false;

  constructor(type: number, byteOrder: ByteOrder) {
    this.#type = type;
    this.#littleEndian = byteOrder === 'little';
  }

  uint16(value: number): this {
    const at = this.#extend(2);
    this.#view.setUint16(at, value, this.#littleEndian);
    return this;
  }

  uint32(value: number): this {
    const at = this.#extend(4);
    this.#view.setUint32(at, value, this.#littleEndian);
    return this;
  }

  /** A 64-bit integer in the section's byte order; negative numbers in two's complement. */
  uint64(value: bigint): this {
    const at = this.#extend(8);
    this.#view.setBigUint64(at, BigInt.asUintN(64, value), this.#littleEndian);
    return this;
  }

  /** A time stamp: two 32-bit words, the high one first in both byte orders (section 4.3). */
  timestamp(ticks: bigint): this {
    return this.uint32(Number((ticks >> 32n) & 0xffffffffn)).uint32(Number(ticks & 0xffffffffn));
  }

  /** The bytes, padded with zeros to the next 32-bit boundary. */
  bytes(value: Uint8Array): this {
    const at = this.#extend(padded(value.length));
    new Uint8Array(this.#view.buffer).set(value, at);
    return this;
  }

  /** An option; left out if its value is undefined, or too long for the format. */
  option(code: number, value: Uint8Array | undefined): this {
    if (value === undefined || value.length > MAX_OPTION_LENGTH) return this;
    return this.#optionHeader(code, value.length).bytes(value);
  }

  textOption(code: number, text: string | undefined): this {
    return this.option(code, text === undefined ? undefined : new TextEncoder().encode(text));
  }

  uint32Option(code: number, value: number | undefined): this {
    return value === undefined ? this : this.#optionHeader(code, 4).uint32(value);
  }

  uint64Option(code: number, value: number | bigint | undefined): this {
    return value === undefined ? this : this.#optionHeader(code, 8).uint64(BigInt(value));
  }

  timestampOption(code: number, ticks: bigint | undefined): this {
    return ticks === undefined ? this : this.#optionHeader(code, 8).timestamp(ticks);
  }

  /** The whole block. */
  build(): Uint8Array {
    if (this.#hasOptions) this.uint16(Option.EndOfOptions).uint16(0);
    const total = this.#length - 8 + BLOCK_OVERHEAD;
    this.uint32(total);
    this.#view.setUint32(0, this.#type, this.#littleEndian);
    this.#view.setUint32(4, total, this.#littleEndian);
    return new Uint8Array(this.#view.buffer, 0, total);
  }

  #optionHeader(code: number, length: number): this {
    this.#hasOptions = true;
    return this.uint16(code).uint16(length);
  }

  /** Adds `count` zeroed bytes and returns where they begin. */
  #extend(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#view.byteLength) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(new Uint8Array(this.#view.buffer, 0, at));
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
