import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Setting } from './row.js';

const MIB = 2 ** 20;

/** Bytes of a file. */
const PIECE = 64 * MIB;

/** Beyond what is asked for, since others take memory too. */
const SPARE = 256 * MIB;

/**
 * Takes so many bytes on tmpfs and gives them back: memory that a virtual machine has not used for a
 * while comes from its host at the first use, for many times what a write(2) costs.
 *
 * @param folder on tmpfs
 */
export function warmMemory(folder: string, bytes: number): void {
  const content = new Uint8Array(PIECE).fill(0x55);
  const pieces: string[] = [];
  try {
    while (pieces.length * PIECE < bytes + SPARE) {
      const piece = path.join(folder, `warm-${pieces.length}`);
      pieces.push(piece);
      writeFileSync(piece, content);
    }
  } finally {
    for (const piece of pieces) rmSync(piece, { force: true });
  }
}

/** Runs a step with a file's name, where memory is warm, and removes the file after it. */
export async function warmly<Result>(
  { folder }: Setting,
  bytes: number,
  step: (file: string) => Promise<Result>,
): Promise<Result> {
  warmMemory(folder, bytes);
  const file = path.join(folder, 'savefile');
  try {
    return await step(file);
  } finally {
    rmSync(file, { force: true });
  }
}

/** Linux' mm/page_reporting.c: free blocks of this order and larger are given to the host. */
const REPORTING_ORDER = '/sys/module/page_reporting/parameters/page_reporting_order';

/** One above the largest blocks that there are on x86; where it is refused, nothing is changed. */
const NO_ORDER = '11';

export interface KeptMemory {
  /** For the table. */
  readonly description: string;
  /** As it was before. */
  restore(): void;
}

/**
 * Keeps free memory in this virtual machine instead of giving it back to the host: the host's taking
 * it and giving it again stops a processor for milliseconds, where a ring lasts a fraction of one.
 */
export function keepFreeMemory(): KeptMemory {
  try {
    const order = readFileSync(REPORTING_ORDER, 'utf8');
    writeFileSync(REPORTING_ORDER, NO_ORDER);
    return {
      description: 'free memory kept from the host',
      restore() {
        writeFileSync(REPORTING_ORDER, order);
      },
    };
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return {
      description: absent
        ? 'free memory is not given to a host'
        : 'free memory goes to the host meanwhile',
      restore: () => undefined,
    };
  }
}
