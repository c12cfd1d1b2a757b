import fs from 'node:fs';

import type { Completion } from './completion.js';
import type { FileSource } from './files.js';
import type { FinishedFile } from './finished-file.js';
import type { OpenedFile } from './series.js';

/** A single file, already open. */
export class SingleFile implements FileSource {
  readonly sizeLimit = undefined;
  readonly isOver = true;
  readonly #file: OpenedFile;
  readonly #completion: Completion;

  constructor(path: string, descriptor: number, completion: Completion) {
    const emptyFirst = fs.fstatSync(descriptor).isFile();
    this.#file = { path, descriptor, endsAt: undefined, emptyFirst };
    this.#completion = completion;
  }

  open(): OpenedFile {
    return this.#file;
  }

  makeRoom(): boolean {
    return false;
  }

  removeOld(): void {
    // There is only one.
  }

  abandon(): void {
    // It existed before, or the user asked for it by name.
  }

  release(): void {
    fs.closeSync(this.#file.descriptor);
  }

  finished(file: FinishedFile): void {
    this.#completion.add(file);
  }
}
