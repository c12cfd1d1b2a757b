import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { FileOutput, type Output, outputError, pipeOutput, standardOutput } from '../output.js';
import { openOrCreateFile } from './safe-open.js';

/** How often opening a named pipe is retried while it has no reader. */
const RETRY_MS = 50;

/** Where to write, and the mode of a file that is created. */
export interface WantedPlace {
  readonly path: string;
  readonly mode: number;
}

/** An open output, not emptied yet; without a descriptor it is standard output. */
interface Place {
  readonly path: string;
  readonly descriptor: number | undefined;
}

/**
 * Opens files, which are truncated by their first write(); named pipes; and standard output, which is
 * `-`; an undefined place has no output. Throws NmcapError, or the signal's
 * reason when that is aborted before a named pipe has a reader.
 */
export async function openOutputs(
  wanted: readonly (WantedPlace | undefined)[],
  signal?: AbortSignal,
): Promise<(Output | undefined)[]> {
  const places: (Place | undefined)[] = [];
  try {
    for (const place of wanted) places.push(place && (await open(place, signal)));
  } catch (error) {
    for (const { descriptor } of places.filter((place) => place !== undefined)) {
      if (descriptor !== undefined) fs.closeSync(descriptor);
    }
    throw error;
  }
  return places.map((place) => place && outputAt(place));
}

async function open({ path, mode }: WantedPlace, signal?: AbortSignal): Promise<Place> {
  if (path === '-') return { path, descriptor: undefined };
  for (;;) {
    const descriptor = tryToOpen(path, mode);
    if (descriptor !== undefined) return { path, descriptor };
    await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
    signal?.throwIfAborted();
  }
}

function tryToOpen(path: string, mode: number): number | undefined {
  try {
    return openOrCreateFile(path, mode);
  } catch (cause) {
    throw outputError(path, cause);
  }
}

function outputAt({ path, descriptor }: Place): Output {
  if (descriptor === undefined) return standardOutput();
  const kind = fs.fstatSync(descriptor);
  return kind.isFIFO()
    ? pipeOutput(path, descriptor)
    : new FileOutput(path, descriptor, { emptyFirst: kind.isFile() });
}
