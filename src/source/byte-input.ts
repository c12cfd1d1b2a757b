import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';

/** Bytes that come one after the other. */
export interface ByteInput {
  /** Puts the next bytes, at least one, at the front of `into`; 0: there are no more. */
  read(into: Uint8Array): Promise<number>;
  /** Makes a read() that waits, and all after it, end with 0. */
  cancel(): void;
  close(): Promise<void>;
}

export async function openFile(path: string): Promise<ByteInput> {
  return new FileInput(await open(path, 'r'));
}

class FileInput implements ByteInput {
  readonly #file: FileHandle;
  #cancelled = false;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#cancelled) return 0;
    return (await this.#file.read(into, 0, into.length, null)).bytesRead;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Bytes that were read already, and then the rest of the input that they came from. */
export class PrefixedInput implements ByteInput {
  #prefix: Uint8Array;
  readonly #rest: ByteInput;

  constructor(prefix: Uint8Array, rest: ByteInput) {
    this.#prefix = prefix;
    this.#rest = rest;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#prefix.length === 0) return this.#rest.read(into);
    const count = Math.min(into.length, this.#prefix.length);
    into.set(this.#prefix.subarray(0, count));
    this.#prefix = this.#prefix.subarray(count);
    return count;
  }

  cancel(): void {
    this.#rest.cancel();
  }

  close(): Promise<void> {
    return this.#rest.close();
  }
}

/** What a stream, such as the standard input, gives. */
export class StreamInput implements ByteInput {
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);
  #cancelled = false;

  constructor(stream: Readable) {
    this.#stream = stream;
    this.#chunks = (stream as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      if (this.#cancelled) return 0;
      const next = await this.#nextChunk();
      if (next.done === true) return 0;
      this.#rest = next.value;
    }
    const count = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    return count;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#stream.destroy();
  }

  close(): Promise<void> {
    this.cancel();
    return Promise.resolve();
  }

  async #nextChunk(): Promise<IteratorResult<Uint8Array, unknown>> {
    try {
      return await this.#chunks.next();
    } catch (error) {
      // The iterator of a stream that is destroyed early ends with an error.
      if (this.#cancelled) return { done: true, value: undefined };
      throw error;
    }
  }
}

/** Compressed bytes are inflated in portions of this size, so that a bomb cannot fill the memory. */
const COMPRESSED_PORTION = 1 << 14;

/**
 * What gzip-compressed input holds. It is fed portion by portion, and its output is taken as it
 * comes, so that what was inflated before damage is not lost with the stream; where the damage is in
 * the compressed data itself, zlib withholds the last few KiB that it had inflated.
 */
export class GunzipInput implements ByteInput {
  readonly #compressed: ByteInput;
  readonly #gunzip: Gunzip = createGunzip();
  readonly #portion = new Uint8Array(COMPRESSED_PORTION);
  readonly #inflated: Uint8Array[] = [];
  #fault: Error | undefined;
  #ended = false;

  constructor(compressed: ByteInput) {
    this.#compressed = compressed;
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#inflated.push(chunk));
    this.#gunzip.on('error', (error) => {
      this.#fault = error;
    });
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#inflated.length === 0) {
      if (this.#fault !== undefined) throw this.#fault;
      if (this.#ended) return 0;
      await this.#feed();
    }
    const front = this.#inflated[0] ?? this.#portion;
    const count = Math.min(into.length, front.length);
    into.set(front.subarray(0, count));
    if (count < front.length) this.#inflated[0] = front.subarray(count);
    else this.#inflated.shift();
    return count;
  }

  cancel(): void {
    this.#compressed.cancel();
  }

  async close(): Promise<void> {
    this.#gunzip.destroy();
    await this.#compressed.close();
  }

  /** Settles once zlib has made all of the next portion that there is to make. */
  async #feed(): Promise<void> {
    const count = await this.#compressed.read(this.#portion);
    await new Promise<void>((resolve) => {
      const done = (error?: Error | null) => {
        this.#fault ??= error ?? undefined;
        this.#gunzip.off('end', done).off('close', done);
        resolve();
      };
      // A fault closes the stream, of which nothing else need come.
      this.#gunzip.once('close', done);
      if (count > 0) {
        this.#gunzip.write(this.#portion.subarray(0, count), done);
      } else {
        this.#ended = true;
        this.#gunzip.once('end', done).end();
      }
    });
  }
}
