import type { Sink } from '../sink.js';
import type { FinishedFile } from './finished-file.js';

/** A finished file whose turn has come. */
export interface CompletedFile extends FinishedFile {
  /** Whether it has been removed meanwhile, as only the newest files are kept. */
  readonly isRemoved: boolean;
}

/** Does something with a file that is complete. */
export type FileHandler = (file: CompletedFile) => Promise<void> | void;

/**
 * What happens to files once they are complete: one at a time, in their order. Nothing here stops the
 * capture; a handler's first error is thrown at its end.
 */
export class Completion implements Sink {
  readonly #handle: FileHandler | undefined;
  readonly #removed = new Set<string>();
  readonly #failures: unknown[] = [];
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(handle: FileHandler | undefined) {
    this.#handle = handle;
  }

  begin(): void {
    // Files come later.
  }

  write(): void {
    // Packets do not matter here.
  }

  add(file: FinishedFile): void {
    const handle = this.#handle;
    if (handle === undefined) return;
    const removed = this.#removed;
    const completed: CompletedFile = {
      ...file,
      get isRemoved() {
        return removed.has(file.path);
      },
    };
    this.#waiting++;
    this.#queue = this.#queue.then(async () => {
      try {
        await handle(completed);
      } catch (error) {
        this.#failures.push(error);
      }
      removed.delete(file.path);
      this.#waiting--;
      if (this.#waiting === 0) removed.clear();
    });
  }

  /** The file no longer exists, whose turn may still come. */
  removed(path: string): void {
    if (this.#waiting > 0) this.#removed.add(path);
  }

  /** Settles once the last file has been dealt with. */
  async end(): Promise<void> {
    await this.#queue;
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}
