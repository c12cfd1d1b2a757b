import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { createFile, PRIVATE_MODE } from '../sink/safe-open.js';

/** What nmcap writes at once. */
const WRITE_SIZE = 256 * 1024;
const FIRST_ROUND = 4 << 20;
const MAX_TOTAL = 512 << 20;
/** Of the free space, and where that is memory, of the memory. */
const MAX_SHARE = 1 / 4;

/**
 * Opens a new file that has no name any more: whatever happens, nothing is left of it.
 *
 * @throws NmcapError, or the system's error, where the folder cannot be written to
 */
export function createNamelessFile(folder: string): number {
  const name = path.join(folder, `.nmcap-doctor-${randomBytes(6).toString('hex')}`);
  const descriptor = createFile(name, PRIVATE_MODE);
  fs.unlinkSync(name);
  return descriptor;
}

/**
 * Bytes per second that reach the disk: written and synced, in rounds that grow until a second has
 * passed, or half a gigabyte or a quarter of the free space is written. The last one counts, since in
 * small ones the sync alone takes most of the time. The bytes are random, as a file system may compress.
 *
 * @throws NmcapError, or the system's error
 */
export function measureDiskSpeed(folder: string, budgetMs = 1000): number {
  const { bavail, bsize } = fs.statfsSync(folder);
  const mostBytes = Math.min(MAX_TOTAL, bavail * bsize * MAX_SHARE);
  const descriptor = createNamelessFile(folder);
  try {
    const bytes = randomBytes(WRITE_SIZE);
    const begin = performance.now();
    let written = 0;
    for (let round = FIRST_ROUND; ; round *= 2) {
      const before = performance.now();
      for (let at = 0; at < round; at += WRITE_SIZE) writeAll(descriptor, bytes);
      fs.fsyncSync(descriptor);
      written += round;
      const now = performance.now();
      const isLast = now - begin >= budgetMs || written + 2 * round > mostBytes;
      if (isLast) return (round / (now - before)) * 1000;
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(descriptor, bytes, at);
}
