import { binding, type NativeZstdDecompressor } from '../binding.js';
import type { ByteInput } from './byte-input.js';

/** Compressed bytes that are read at a time. */
const PORTION = 1 << 17;

/** What zstd-compressed input holds, up to the first block that is damaged. */
export class ZstdInput implements ByteInput {
  readonly #compressed: ByteInput;
  readonly #decompressor: NativeZstdDecompressor = new (binding().ZstdDecompressor)();
  readonly #buffer = new Uint8Array(PORTION);
  #portion = this.#buffer.subarray(0, 0);
  #fault: Error | undefined;
  #cancelled = false;

  constructor(compressed: ByteInput) {
    this.#compressed = compressed;
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      if (this.#cancelled) return 0;
      if (this.#fault !== undefined) throw this.#fault;
      const { consumed, produced, fault } = this.#decompressor.step(this.#portion, into);
      this.#portion = this.#portion.subarray(consumed);
      if (fault !== undefined) this.#fault = new Error(fault.toLowerCase());
      if (produced > 0) return produced;
      if (fault !== undefined || this.#portion.length > 0) continue;
      const count = await this.#compressed.read(this.#buffer);
      this.#portion = this.#buffer.subarray(0, count);
      if (count > 0) continue;
      if (this.#decompressor.betweenFrames) return 0;
      this.#fault = new Error('the file ends inside of a frame');
    }
  }

  cancel(): void {
    this.#cancelled = true;
    this.#compressed.cancel();
  }

  close(): Promise<void> {
    return this.#compressed.close();
  }
}
