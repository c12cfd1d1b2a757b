import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/** Makes a named pipe. */
export function makePipe(path: string): string {
  assert.equal(spawnSync('mkfifo', [path]).status, 0);
  return path;
}

/** A named pipe that has a reader and is full: a writer waits from the first byte on. */
export function makeFullPipe(path: string): { descriptor: number; close: () => void } {
  makePipe(path);
  // Linux and FreeBSD open both ends of a named pipe with O_RDWR, so that neither open(2) waits.
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    for (const filler = Buffer.alloc(4096); ;) writeSync(descriptor, filler);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
  return {
    descriptor,
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** What a pipe that was opened with O_NONBLOCK has for its reader by now. */
export function readAvailable(descriptor: number): Buffer {
  const piece = Buffer.alloc(1 << 16);
  try {
    return piece.subarray(0, readSync(descriptor, piece));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return piece.subarray(0, 0);
    throw error;
  }
}
