import fs from 'node:fs';
import net from 'node:net';
import type { Readable } from 'node:stream';
import tty from 'node:tty';
import { promisify } from 'node:util';

const STDIN = 0;

const open = promisify(fs.open);
const read = promisify(fs.read);
const close = promisify(fs.close);

/** A sequence of bytes. */
export interface ByteInput {
  /** Reads the next bytes, at least one, to the start of `into`; 0: there are no more. */
  read(into: Uint8Array): Promise<number>;
  /** Makes a waiting read() and all later ones return 0. */
  cancel(): void;
  close(): Promise<void>;
}

/** A file, or whatever its path leads to. */
export async function openFile(path: string): Promise<ByteInput> {
  // open(2) of a named pipe would wait for a writer, and could not be cancelled.
  const { O_RDONLY, O_NONBLOCK } = fs.constants;
  return inputOf(await open(path, O_RDONLY | O_NONBLOCK));
}

/** Standard input, whose descriptor stays open. */
export function openStandardInput(): ByteInput {
  return fs.fstatSync(STDIN).isFile()
    ? new FileInput(STDIN, () => Promise.resolve())
    : new StreamInput(process.stdin);
}

/** The input of a descriptor, which it owns from now on. */
function inputOf(descriptor: number): ByteInput {
  // For what may keep a reader waiting, where read(2) would return EAGAIN.
  if (tty.isatty(descriptor)) return new StreamInput(new tty.ReadStream(descriptor));
  return fs.fstatSync(descriptor).isFIFO()
    ? new StreamInput(new net.Socket({ fd: descriptor, readable: true, writable: false }))
    : new FileInput(descriptor, () => close(descriptor));
}

class FileInput implements ByteInput {
  readonly #descriptor: number;
  readonly #close: () => Promise<void>;
  #cancelled = false;
  /** Settles when no read is in progress: only then may the descriptor be closed. */
  #idle: Promise<unknown> = Promise.resolve();

  constructor(descriptor: number, close: () => Promise<void>) {
    this.#descriptor = descriptor;
    this.#close = close;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#cancelled) return 0;
    const reading = read(this.#descriptor, into, 0, into.length, null);
    this.#idle = reading.catch(() => undefined);
    return (await reading).bytesRead;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  async close(): Promise<void> {
    await this.#idle;
    await this.#close();
  }
}

/** Bytes that have been read already, followed by the rest of the input that they came from. */
export class PrefixedInput implements ByteInput {
  #prefix: Uint8Array;
  readonly #rest: ByteInput;
  #cancelled = false;

  constructor(prefix: Uint8Array, rest: ByteInput) {
    this.#prefix = prefix;
    this.#rest = rest;
  }

  async read(into: Uint8Array): Promise<number> {
    if (this.#cancelled) return 0;
    if (this.#prefix.length === 0) return this.#rest.read(into);
    const count = Math.min(into.length, this.#prefix.length);
    into.set(this.#prefix.subarray(0, count));
    this.#prefix = this.#prefix.subarray(count);
    return count;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#rest.cancel();
  }

  close(): Promise<void> {
    return this.#rest.close();
  }
}

/** The bytes of a stream, such as standard input. */
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
    if (this.#cancelled) return 0;
    while (this.#rest.length === 0) {
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
      // The iterator of a stream that is destroyed early throws.
      if (this.#cancelled) return { done: true, value: undefined };
      throw error;
    }
  }
}
