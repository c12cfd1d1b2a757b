import { createGunzip, type Gunzip } from 'node:zlib';

import type { ByteInput } from './byte-input.js';

/** Compressed bytes are inflated in portions of this size, so that a zip bomb cannot fill memory. */
const COMPRESSED_PORTION = 1 << 14;

/**
 * The contents of gzip-compressed input, up to the first damaged byte.
 *
 * When Node's zlib finds damage, it drops what it has inflated since it last filled a chunk, and the
 * stream is unusable. So a second stream follows one portion later, on another thread, and is fed the
 * damaged portion byte by byte: it has returned everything by the time it reaches the damage itself.
 */
export class GunzipInput implements ByteInput {
  readonly #compressed: ByteInput;
  readonly #leader = new Inflater();
  readonly #follower = new Inflater();
  /** Settles when the follower has caught up with the leader. */
  #followed = Promise.resolve();
  /** The leader's portion and the follower's. */
  #portions = [new Uint8Array(COMPRESSED_PORTION), new Uint8Array(COMPRESSED_PORTION)] as const;
  /** Where the leader's portion begins in the input. */
  #position = 0;
  #inflated: Uint8Array[] = [];
  #fault: Error | undefined;
  #ended = false;
  #cancelled = false;

  constructor(compressed: ByteInput) {
    this.#compressed = compressed;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#cancelled) return 0;
    let front;
    while ((front = this.#inflated[0]) === undefined) {
      if (this.#fault !== undefined) throw this.#fault;
      if (this.#ended) return 0;
      await this.#inflateMore();
    }
    const count = Math.min(into.length, front.length);
    into.set(front.subarray(0, count));
    if (count < front.length) this.#inflated[0] = front.subarray(count);
    else this.#inflated.shift();
    return count;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#compressed.cancel();
  }

  async close(): Promise<void> {
    this.#leader.destroy();
    this.#follower.destroy();
    await this.#compressed.close();
  }

  async #inflateMore(): Promise<void> {
    const [buffer, other] = this.#portions;
    this.#portions = [other, buffer];
    const count = await this.#compressed.read(buffer);
    const portion = buffer.subarray(0, count);
    if (count > 0) await this.#leader.write(portion);
    else await this.#leader.end();
    this.#ended = count === 0;
    this.#inflated = this.#leader.take();
    this.#fault = this.#leader.fault;

    await this.#followed;
    this.#follower.take();
    if (this.#ended) return;
    if (this.#fault === undefined) this.#followed = this.#follower.write(portion);
    else await this.#recover(portion, this.#fault);
    this.#position += count;
  }

  /** Adds what precedes the damage in a portion, which has not been inflated so far. */
  async #recover(portion: Uint8Array, fault: Error): Promise<void> {
    let at = 0;
    while (this.#follower.fault === undefined && at < portion.length) {
      await this.#follower.write(portion.subarray(at, ++at));
    }
    this.#inflated = this.#follower.take();
    this.#fault = new Error(`${fault.message} at byte ${this.#position + at - 1}`, {
      cause: fault,
    });
  }
}

/** A zlib stream whose output is available as soon as the input has been written. */
class Inflater {
  readonly #gunzip: Gunzip = createGunzip();
  #output: Uint8Array[] = [];
  /** The error that ended it, if any. */
  fault: Error | undefined;

  constructor() {
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#output.push(chunk));
    this.#gunzip.on('error', (error) => {
      this.fault = error;
    });
  }

  /** Settles once zlib has inflated all of the input that it can. */
  write(input: Uint8Array): Promise<void> {
    return this.#settled((done) => this.#gunzip.write(input, done));
  }

  end(): Promise<void> {
    return this.#settled((done) => this.#gunzip.once('end', done).end());
  }

  /** The output since the last call. */
  take(): Uint8Array[] {
    const output = this.#output;
    this.#output = [];
    return output;
  }

  destroy(): void {
    this.#gunzip.destroy();
  }

  async #settled(start: (done: (error?: Error | null) => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = (error?: Error | null) => {
        this.fault ??= error ?? undefined;
        this.#gunzip.off('end', done).off('close', done);
        resolve();
      };
      // An error closes the stream, and may be followed by no other event.
      this.#gunzip.once('close', done);
      start(done);
    });
  }
}
