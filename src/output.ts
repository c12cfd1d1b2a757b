import fs from 'node:fs';
import net from 'node:net';
import { promisify } from 'node:util';

import { binding } from './binding.js';
import { NmcapError, systemReason } from './errors.js';

const STDOUT = 1;
const STDOUT_NAME = 'standard output';

/** How often it is checked whether a reader is still there: what runs over ssh should end with it. */
const LOOK_MS = 250;

/** Takes bytes in order: a file, or standard output, whatever that is connected to. */
export interface Output {
  /** For messages. */
  readonly name: string;
  /** Where it is a file on a disk that is open. */
  readonly state?: FileState | undefined;
  /** Settles when the system has all bytes and their memory may be reused. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Calls `gone` when the reader of a pipe or socket has gone, though nothing is written; what is
   * called next throws the reason then.
   */
  watch?(gone: () => void): void;
  close(): Promise<void>;
}

/** A file on a disk. */
export interface FileState {
  readonly name: string;
  readonly bytes: number;
}

/** Undefined for a device. */
export function fileState(name: string, descriptor: number): FileState | undefined {
  const found = fs.fstatSync(descriptor);
  return found.isFile() ? { name, bytes: found.size } : undefined;
}

/** Standard output; pipes and terminals are written without blocking, so that signals still work. */
export function standardOutput(): Output {
  return standardOutputStream() ?? new FileOutput(STDOUT_NAME, STDOUT);
}

/** Standard output for text, which comes in small pieces: files are written synchronously. */
export function standardTextOutput(): Output {
  return standardOutputStream() ?? new TextFileOutput(STDOUT_NAME, STDOUT);
}

/** Undefined where standard output is a file, or a device that never makes its writer wait. */
function standardOutputStream(): Output | undefined {
  const kind = fs.fstatSync(STDOUT);
  return kind.isFile() || (kind.isCharacterDevice() && !process.stdout.isTTY)
    ? undefined
    : kind.isFIFO() || kind.isSocket()
      ? pipeOutput(STDOUT_NAME, STDOUT)
      : new StreamOutput(STDOUT_NAME, process.stdout);
}

/**
 * A pipe or socket, which the output owns from now on. process.stdout writes to pipes synchronously:
 * a stalled reader would block signals too.
 */
export function pipeOutput(name: string, descriptor: number): Output {
  const stream = new net.Socket({ fd: descriptor, readable: false, writable: true });
  return new StreamOutput(name, stream, descriptor);
}

/** Writes a short text to standard output. */
export async function writeText(text: string): Promise<void> {
  const output = standardOutput();
  await output.write(Buffer.from(text));
  await output.close();
}

const writeAsync = promisify(fs.write);
const truncateAsync = promisify(fs.ftruncate);

/**
 * Bytes that are written on the calling thread. The writer thread waits for what ends one file and
 * begins the next, and when all processors are busy, a thread of node's takes a millisecond to wake up.
 */
const MOST_WRITTEN_HERE = 4096;

/** A regular file or a device; what has been written can be truncated again. */
export class FileOutput implements Output {
  readonly name: string;
  readonly #descriptor: number;
  #mustEmpty: boolean;
  #isOpen = true;
  #written = 0;

  /**
   * `emptyFirst`: the first write() empties the file. Whatever fails before that leaves it as it was,
   * and the thread that node needs for both is there by then.
   */
  constructor(name: string, descriptor: number, { emptyFirst = false } = {}) {
    this.name = name;
    this.#descriptor = descriptor;
    this.#mustEmpty = emptyFirst;
  }

  /** For others to write to instead of write(); not for a pipe, whose reader may keep them waiting. */
  get descriptor(): number | undefined {
    const kind = fs.fstatSync(this.#descriptor);
    return kind.isFile() || kind.isCharacterDevice() ? this.#descriptor : undefined;
  }

  get state(): FileState | undefined {
    return this.#isOpen ? fileState(this.name, this.#descriptor) : undefined;
  }

  /** Bytes written so far by write(). */
  get written(): number {
    return this.#written;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    try {
      if (this.#mustEmpty) {
        await truncateAsync(this.#descriptor);
        this.#mustEmpty = false;
      }
      while (at < bytes.length) {
        const left = bytes.length - at;
        const bytesWritten =
          left <= MOST_WRITTEN_HERE
            ? fs.writeSync(this.#descriptor, bytes, at, left)
            : (await writeAsync(this.#descriptor, bytes, at, left)).bytesWritten;
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

  /** A file system on a network may report only here that the disk is full. */
  close(): Promise<void> {
    this.#isOpen = false;
    try {
      if (this.#descriptor !== STDOUT) fs.closeSync(this.#descriptor);
      return Promise.resolve();
    } catch (cause) {
      return Promise.reject(outputError(this.name, cause));
    }
  }
}

/**
 * A file that is written on the calling thread: when all processors are busy, waking another thread
 * for a piece of text takes longer than the write itself.
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
  readonly #pipe: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: NmcapError | undefined;

  /** `pipe`: the descriptor, where the stream is a pipe or socket. */
  constructor(name: string, stream: NodeJS.WritableStream, pipe?: number) {
    this.name = name;
    this.#stream = stream;
    this.#pipe = pipe;
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

  watch(gone: () => void): void {
    const pipe = this.#pipe;
    if (pipe === undefined) return;
    this.#timer = setInterval(() => {
      if (!binding().readerGone(pipe)) return;
      clearInterval(this.#timer);
      this.#failure ??= readerHasGone(this.name);
      gone();
    }, LOOK_MS);
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    // A socket that stays open keeps the process alive.
    if (this.#stream instanceof net.Socket && this.#stream !== process.stdout) {
      this.#stream.destroy();
    }
    return this.#failure === undefined ? Promise.resolve() : Promise.reject(this.#failure);
  }
}

const DISK_FULL = { ENOSPC: 'the disk is full', EDQUOT: 'the disk quota is used up' };

function readerHasGone(name: string, cause?: unknown): NmcapError {
  return new NmcapError('NM_BROKEN_PIPE', `${name}: the reader has gone`, { cause });
}

/** Explains to the user what went wrong with an output. */
export function outputError(name: string, cause: unknown): NmcapError {
  if (cause instanceof NmcapError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'EPIPE':
    case 'ECONNRESET':
      return readerHasGone(name, cause);
    case 'ENOSPC':
    case 'EDQUOT':
      return new NmcapError('NM_DISK_FULL', `${name}: ${DISK_FULL[code]}`, {
        cause,
        hint: 'what fit is kept; free some space, or choose another place',
      });
    case 'EACCES':
    case 'EPERM':
      return new NmcapError('NM_OUTPUT', `${name}: permission denied`, {
        cause,
        hint: 'choose another file, or run nmcap as a user who may write there',
      });
    case 'EROFS':
      return new NmcapError('NM_OUTPUT', `${name}: read-only file system`, {
        cause,
        hint: 'choose a file on another file system',
      });
    case 'ENOENT':
      return new NmcapError('NM_OUTPUT', `${name}: no such directory`, {
        cause,
        hint: 'create the directory first, or choose another file',
      });
    default:
      return new NmcapError('NM_OUTPUT', `cannot write ${name}: ${systemReason(cause)}`, {
        cause,
        hint: 'choose another file',
      });
  }
}
