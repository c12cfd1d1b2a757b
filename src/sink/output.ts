import fs from 'node:fs';
import net from 'node:net';
import { promisify } from 'node:util';

import { NmcapError, systemReason } from '../errors.js';

const STDOUT = 1;
const STDOUT_NAME = 'standard output';

/** Where bytes go in the order they come: a file, or standard output, whatever that is. */
export interface Output {
  /** For messages. */
  readonly name: string;
  /** Settles when all bytes are with the system and their memory is free for other use. */
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Standard output; a pipe or terminal is written without blocking, so that signals still work. */
export function standardOutput(): Output {
  return standardOutputStream() ?? new FileOutput(STDOUT_NAME, STDOUT);
}

/** Standard output for text, which a file is given at once: it comes in small pieces. */
export function standardTextOutput(): Output {
  return standardOutputStream() ?? new TextFileOutput(STDOUT_NAME, STDOUT);
}

/** Undefined where standard output is a file, or a device that takes all as a file does. */
function standardOutputStream(): Output | undefined {
  const kind = fs.fstatSync(STDOUT);
  return kind.isFile() || (kind.isCharacterDevice() && !process.stdout.isTTY)
    ? undefined
    : kind.isFIFO() || kind.isSocket()
      ? pipeOutput(STDOUT_NAME, STDOUT)
      : new StreamOutput(STDOUT_NAME, process.stdout);
}

/**
 * A pipe or socket, which is the output's from now on. process.stdout writes to pipes synchronously:
 * a stalled reader would stop the signals too.
 */
export function pipeOutput(name: string, descriptor: number): Output {
  return new StreamOutput(
    name,
    new net.Socket({ fd: descriptor, readable: false, writable: true }),
  );
}

/** Writes a few words to standard output. */
export async function writeText(text: string): Promise<void> {
  const output = standardOutput();
  await output.write(Buffer.from(text));
  await output.close();
}

const writeAsync = promisify(fs.write);

/** A regular file or a device; what was written can be cut back. */
export class FileOutput implements Output {
  readonly name: string;
  readonly #descriptor: number;
  #written = 0;

  constructor(name: string, descriptor: number) {
    this.name = name;
    this.#descriptor = descriptor;
  }

  /** Where others may write as well as write(); not to a pipe, whose reader may keep them waiting. */
  get descriptor(): number | undefined {
    const kind = fs.fstatSync(this.#descriptor);
    return kind.isFile() || kind.isCharacterDevice() ? this.#descriptor : undefined;
  }

  /** Bytes that write() has brought to the system so far. */
  get written(): number {
    return this.#written;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    try {
      while (at < bytes.length) {
        const { bytesWritten } = await writeAsync(this.#descriptor, bytes, at, bytes.length - at);
        at += bytesWritten;
        this.#written += bytesWritten;
      }
    } catch (cause) {
      throw outputError(this.name, cause);
    }
  }

  /** Drops the last `count` bytes written; a device has nothing to drop. */
  cutBack(count: number): void {
    const { size } = fs.fstatSync(this.#descriptor);
    if (size === 0 || count === 0) return;
    fs.ftruncateSync(this.#descriptor, size - count);
    this.#written -= count;
  }

  close(): Promise<void> {
    if (this.#descriptor !== STDOUT) fs.closeSync(this.#descriptor);
    return Promise.resolve();
  }
}

/**
 * A file that is written on the calling thread: where all processors are busy, waking another thread
 * for a piece of text takes longer than the system does to take it.
 */
class TextFileOutput implements Output {
  readonly name: string;
  readonly #descriptor: number;

  constructor(name: string, descriptor: number) {
    this.name = name;
    this.#descriptor = descriptor;
  }

  write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(this.#descriptor, bytes, at);
      return Promise.resolve();
    } catch (cause) {
      return Promise.reject(outputError(this.name, cause));
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A pipe, a socket or a terminal. */
class StreamOutput implements Output {
  readonly name: string;
  readonly #stream: NodeJS.WritableStream;
  #failure: NmcapError | undefined;

  constructor(name: string, stream: NodeJS.WritableStream) {
    this.name = name;
    this.#stream = stream;
    this.#stream.on('error', (cause: unknown) => {
      this.#failure = outputError(name, cause);
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#stream.write(bytes, (cause) => {
        if (cause == null) resolve();
        else reject(outputError(this.name, cause));
      });
    });
  }

  close(): Promise<void> {
    // A socket that stays open keeps the process alive.
    if (this.#stream instanceof net.Socket && this.#stream !== process.stdout) {
      this.#stream.destroy();
    }
    return Promise.resolve();
  }
}

/** What went wrong with an output, in a person's words. */
export function outputError(name: string, cause: unknown): NmcapError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'EPIPE':
    case 'ECONNRESET':
      return new NmcapError('NM_BROKEN_PIPE', `${name}: the reader has gone`, { cause });
    case 'ENOSPC':
    case 'EDQUOT':
      return new NmcapError('NM_DISK_FULL', `${name}: the disk is full`, {
        cause,
        hint: 'the file ends with the last packet that fitted; free some space, or use -s to keep less of each frame',
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new NmcapError('NM_OUTPUT', `${name}: may not be written (${code})`, {
        cause,
        hint: 'choose another place',
      });
    case 'ENOENT':
      return new NmcapError('NM_OUTPUT', `${name}: there is no such folder`, {
        cause,
        hint: 'make the folder first, or choose another place',
      });
    default:
      return new NmcapError('NM_OUTPUT', `${name}: cannot be written: ${systemReason(cause)}`, {
        cause,
        hint: 'choose another place',
      });
  }
}
